// SPDX-License-Identifier: Apache-2.0
#include "build_cache.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "../harness/job_format.h"
#include "base/environment.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pending_file.hpp"
#include "base/process.hpp"
#include "sim/rtl.hpp"

namespace fs = std::filesystem;

namespace sim {

namespace {

constexpr std::size_t key_length = 24;

fs::path program_of(const std::string& key) {
    return cache_folder() / key.substr(0, key_length) / "harness";
}

/// Stands behind the program's own bytes, where the system does not look: a damaged file is known
/// by it. Not a defence against anybody.
std::string seal(std::string_view bytes) {
    std::uint64_t sum = bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += sizeof sum) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min(sizeof word, bytes.size() - at));
        sum = (sum ^ word) * 0x9e3779b97f4a7c15U;
        sum ^= sum >> 29;
    }
    return fmt::format("\ncimrtl {:016x}\n", sum);
}

/// The bytes before the seal; none of a file that is absent or damaged.
std::optional<std::string> whole_bytes_of(const fs::path& file) {
    const std::string bytes = base::bytes_of(file);
    const std::string_view all = bytes;
    const std::size_t length = seal("").size();
    if (all.size() <= length) return std::nullopt;
    const std::string_view body = all.substr(0, all.size() - length);
    if (all.substr(body.size()) != seal(body)) return std::nullopt;
    return std::string(body);
}

/// Writes it with its seal, whole or not at all.
void keep_file(const fs::path& path, std::string bytes, bool executable) {
    bytes += seal(bytes);
    const base::MadeFolders entry(path.parent_path());
    base::PendingFile(path.string(), std::move(bytes), executable).commit();
}

fs::path runtime_of(const fs::path& cache, const std::string& key) {
    return cache / ("runtime-" + key.substr(0, key_length));
}

/// The objects of Verilator's runtime have names of their own among those of a design.
bool is_runtime(const fs::path& object) {
    return object.extension() == ".o" && object.stem().string().starts_with("verilated");
}

/// Without a job it says how it is used: the system can load and start it.
bool starts(const fs::path& program) {
    try {
        const base::ProcessResult answer = base::run_process({{program.string()}, {}, {}});
        return answer.exit_code == job::exit_usage && answer.output.starts_with("usage:");
    } catch (const base::Error&) {
        return false;
    }
}

[[noreturn]] void refuse(const fs::path& folder, std::string_view why, std::string_view expected) {
    throw base::Error(fmt::format(
        "{}: error: built simulations cannot be kept: {}; expected {} (CIMRTL_CACHE names one)",
        folder.string(), why, expected));
}

void check_execution(const fs::path& folder) {
    std::string trial = (folder / ".cimrtl-trial-XXXXXX").string();
    const int descriptor = mkostemp(trial.data(), O_CLOEXEC);
    if (descriptor < 0) refuse(folder, std::strerror(errno), "a writable folder");
    const bool executable = fchmod(descriptor, 0700) == 0 && access(trial.c_str(), X_OK) == 0;
    close(descriptor);
    unlink(trial.c_str());
    if (!executable) {
        refuse(folder, "files there cannot be executed (mounted noexec?)",
               "a folder whose files can be executed");
    }
}

}  // namespace

fs::path cache_folder() {
    if (const auto own = base::folder_of("CIMRTL_CACHE")) return *own;
    if (const auto xdg = base::folder_of("XDG_CACHE_HOME")) return *xdg / "cimrtl";
    if (const auto home = base::folder_of("HOME")) return *home / ".cache" / "cimrtl";
    return base::temporary_folder() / fmt::format("cimrtl-cache-{}", getuid());
}

std::string machine() {
    utsname name{};
    uname(&name);
    return fmt::format("{} {}", name.machine, base::tool_version("g++", "--version"));
}

std::optional<fs::path> find_program_of(const std::string& key) {
    const fs::path program = program_of(key);
    const bool good =
        base::find_program(program.string()) && whole_bytes_of(program) && starts(program);
    return good ? std::optional(program) : std::nullopt;
}

CacheFolder::CacheFolder() : path_(cache_folder()) {
    try {
        made_.emplace(path_);
    } catch (const fs::filesystem_error& e) {
        refuse(path_, e.code().message(), "a writable folder");
    }
    if (access(path_.c_str(), W_OK | X_OK) != 0) {
        refuse(path_, std::strerror(errno), "a writable folder");
    }
    check_execution(path_);
}

fs::path CacheFolder::keep(const std::string& key, const fs::path& built) const {
    fs::path program = program_of(key);
    try {
        keep_file(program, base::bytes_of(built), true);
    } catch (const fs::filesystem_error& e) {
        refuse(program.parent_path(), e.code().message(), "a folder with room for them");
    } catch (const base::Error& e) {
        throw base::Error(
            fmt::format("{} (CIMRTL_CACHE names another folder for built simulations)", e.what()));
    }
    return program;
}

void CacheFolder::lend_runtime(const std::string& key, const fs::path& folder) const {
    std::error_code none;
    for (const auto& file : fs::directory_iterator(runtime_of(path_, key), none)) {
        const auto object = whole_bytes_of(file.path());
        if (object) base::write_file((folder / file.path().filename()).string(), *object);
    }
}

void CacheFolder::keep_runtime(const std::string& key, const fs::path& folder) const {
    for (const auto& file : fs::directory_iterator(folder)) {
        const fs::path kept = runtime_of(path_, key) / file.path().filename();
        if (!is_runtime(file.path()) || whole_bytes_of(kept)) continue;
        try {
            keep_file(kept, base::bytes_of(file.path()), false);
        } catch (const std::exception&) {
            return;  // without room for it, the next build compiles it again
        }
    }
}

}  // namespace sim
