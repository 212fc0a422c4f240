// SPDX-License-Identifier: Apache-2.0
#include "base/environment.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "base/error.hpp"

namespace base {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 4> temporary_variables = {"TMPDIR", "TMP", "TEMP", "TEMPDIR"};

/// GNU make's own, the variables of its built-in rules, and those that Verilator's make file adds
/// to or takes from the environment.
constexpr std::array<std::string_view, 40> make_variables = {
    "MAKEFLAGS", "MFLAGS",        "GNUMAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL",
    "MAKEFILES", "MAKE",          "MAKE_COMMAND", "MAKE_TERMOUT",  "MAKE_TERMERR",
    "MAKE_HOST", "MAKE_RESTARTS", "MAKECMDGOALS", "VPATH",         "GPATH",
    "AR",        "ARFLAGS",       "AS",           "ASFLAGS",       "CC",
    "CFLAGS",    "CPP",           "CPPFLAGS",     "CXX",           "CXXFLAGS",
    "LD",        "LDFLAGS",       "LDLIBS",       "LOADLIBES",     "LINK",
    "RM",        "TARGET_ARCH",   "TARGET_MACH",  "OUTPUT_OPTION", "OBJCACHE",
    "OPT",       "M32",           "SC_LIBS",      "CDPATH",        "VERILATOR_BIN"};
constexpr std::array<std::string_view, 9> make_prefixes = {"OPT_",
                                                           "USER_",
                                                           "VM_",
                                                           "VK_",
                                                           "CFG_",
                                                           "SYSTEMC",
                                                           "VERILATOR_TEST",
                                                           "VERILATOR_GDB",
                                                           "VERILATOR_VALGRIND"};

bool is_for_make(std::string_view name) {
    return std::ranges::find(make_variables, name) != make_variables.end() ||
           std::ranges::any_of(make_prefixes,
                               [&](auto prefix) { return name.starts_with(prefix); });
}

std::string value_of(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string joined(const std::vector<fs::path>& folders) {
    std::string text;
    for (const fs::path& folder : folders) text += (text.empty() ? "" : ":") + folder.string();
    return text;
}

bool is_plain(const fs::path& path) {
    return std::ranges::all_of(path.string(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0 ||
               std::string_view("/._-+@,").find(c) != std::string_view::npos;
    });
}

/// Why no file can be made in a folder, or nothing.
std::string obstacle(const fs::path& folder) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (!fs::exists(status)) return "no such folder";
    if (!fs::is_directory(status)) return "not a folder";
    if (::access(folder.c_str(), W_OK | X_OK) == 0) return "";
    return errno == EROFS ? "read-only" : "without the right to write into it";
}

}  // namespace

fs::path absolute_path(const fs::path& path) {
    std::error_code error;
    fs::path whole = fs::absolute(path, error);
    if (!error) return whole;
    throw Error(fmt::format("{}: error: relative to the current folder, which cannot be found: {}",
                            path.string(), error.message()));
}

std::optional<fs::path> folder_of(const char* variable) {
    const std::string value = value_of(variable);
    if (value.empty()) return std::nullopt;
    return absolute_path(value);
}

std::vector<fs::path> search_path() {
    const char* variable = std::getenv("PATH");
    const std::string path = variable ? variable : "/usr/local/bin:/usr/bin:/bin";
    std::vector<fs::path> folders;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find(':', begin), path.size());
        const std::string entry = path.substr(begin, end - begin);
        std::error_code error;
        const fs::path folder =
            entry.empty() ? fs::current_path(error) : fs::absolute(entry, error);
        if (!error) folders.push_back(folder);
        begin = end + 1;
    }
    return folders;
}

fs::path temporary_folder() {
    for (const char* variable : temporary_variables) {
        const auto folder = folder_of(variable);
        if (!folder) continue;
        const std::string why = obstacle(*folder);
        if (why.empty()) return *folder;
        throw Error(fmt::format("error: {}: found {}, {}; expected a folder that can be written",
                                variable, value_of(variable), why));
    }
    const std::string why = obstacle("/tmp");
    if (why.empty()) return "/tmp";
    throw Error(fmt::format(
        "error: TMPDIR: not set, and /tmp is {}; expected a folder that can be written", why));
}

fs::path plain_temporary_folder() {
    fs::path first = temporary_folder();
    if (is_plain(first)) return first;
    for (const char* folder : {"/tmp", "/var/tmp"}) {
        if (obstacle(folder).empty()) return folder;
    }
    throw Error(
        fmt::format("error: TMPDIR: found {}, with blanks or signs that make and abc do not "
                    "take; expected a folder of letters, digits and . _ - +",
                    first.string()));
}

std::vector<std::string> child_environment(const fs::path& temporary) {
    std::vector<std::string> entries;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        const bool ours = name == "PATH" || name == "VERILATOR_ROOT" ||
                          std::ranges::find(temporary_variables, name) != temporary_variables.end();
        if (!ours && !is_for_make(name)) entries.emplace_back(text);
    }
    entries.push_back("PATH=" + joined(search_path()));
    if (const auto root = folder_of("VERILATOR_ROOT")) {
        entries.push_back("VERILATOR_ROOT=" + root->string());
    }
    for (const char* variable : temporary_variables) {
        const auto folder = temporary.empty() ? folder_of(variable) : std::optional(temporary);
        if (folder) entries.push_back(std::string(variable) + '=' + folder->string());
    }
    return entries;
}

}  // namespace base
