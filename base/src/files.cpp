// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/pending_file.hpp"

namespace base {

namespace fs = std::filesystem;

namespace {

Error failure(const std::string& path, int reason) {
    return Error(
        fmt::format("{}: error: cannot be written: {}; expected a writable file in "
                    "a folder that exists",
                    path, std::strerror(reason)));
}

/// Writes all and closes; the errno of what failed, or 0.
int write_and_close(int descriptor, const std::string& bytes) {
    int reason = 0;
    for (std::size_t done = 0; done < bytes.size() && reason == 0;) {
        const ssize_t n = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (n >= 0) {
            done += static_cast<std::size_t>(n);
        } else if (errno != EINTR) {
            reason = errno;
        }
    }
    if (::close(descriptor) != 0 && reason == 0) reason = errno;
    return reason;
}

/// Opens a new file of an unused short name in `folder`.
int open_temporary(const fs::path& folder, mode_t mode, std::string& name) {
    for (int n = 0;; ++n) {
        name = (folder / fmt::format(".cimrtl-{}-{}.tmp", ::getpid(), n)).string();
        const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0 || errno != EEXIST) return descriptor;
    }
}

}  // namespace

fs::path through_links(const fs::path& path) {
    constexpr int most_links = 40;
    std::error_code error;
    fs::path here = path;
    for (int n = 0; fs::is_symlink(fs::symlink_status(here, error)); ++n) {
        const fs::path next = fs::read_symlink(here, error);
        if (error || n == most_links) return path;
        here = here.parent_path() / next;  // an absolute one stands alone
    }
    return here;
}

PendingFile::PendingFile(std::string path, std::string bytes, bool is_program)
    : path_(std::move(path)), target_(path_), bytes_(std::move(bytes)) {
    struct stat info {};
    const bool exists = ::stat(path_.c_str(), &info) == 0;
    if (!exists && errno == ELOOP) throw failure(path_, ELOOP);
    if (exists && S_ISDIR(info.st_mode)) throw failure(path_, EISDIR);
    if (exists && !S_ISREG(info.st_mode)) return;
    if (exists && ::access(path_.c_str(), W_OK) != 0) throw failure(path_, errno);
    target_ = through_links(path_).string();
    const fs::path folder = fs::path(target_).parent_path();
    std::string name;
    int descriptor = -1;
    {
        const Uninterrupted made_and_noted;
        descriptor = open_temporary(folder.empty() ? "." : folder, is_program ? 0777 : 0666, name);
        if (descriptor < 0) throw failure(path_, errno);
        leftover_ = std::make_unique<Leftover>(name, Leftover::Kind::whole);
    }
    temporary_ = name;
    if (exists) (void)!::fchmod(descriptor, info.st_mode & 07777);
    if (const int reason = write_and_close(descriptor, bytes_)) {
        ::unlink(temporary_.c_str());
        throw failure(path_, reason);
    }
    bytes_.clear();
}

PendingFile::~PendingFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      leftover_(std::move(other.leftover_)),
      bytes_(std::move(other.bytes_)) {}

void PendingFile::commit() {
    if (temporary_.empty()) {
        const int descriptor = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
        const int reason = descriptor < 0 ? errno : write_and_close(descriptor, bytes_);
        if (reason != 0) throw failure(path_, reason);
        return;
    }
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) throw failure(path_, errno);
    temporary_.clear();
    leftover_.reset();
}

void write_file(const std::string& path, const std::string& bytes) {
    PendingFile(path, bytes).commit();
}

void write_together(std::vector<FileBytes> files) {
    std::vector<PendingFile> pending;
    for (FileBytes& f : files) pending.emplace_back(f.path, std::move(f.bytes));
    for (PendingFile& file : pending) {
        if (file.in_place()) file.commit();
    }
    const Uninterrupted all_or_none;
    for (PendingFile& file : pending) {
        if (!file.in_place()) file.commit();
    }
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string readable_bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw Error(path.string() + ": error: cannot be read");
    return bytes;
}

}  // namespace base
