#include "base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.hpp"
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
int open_temporary(const fs::path& folder, std::string& name) {
    for (int n = 0;; ++n) {
        name = (folder / fmt::format(".cimrtl-{}-{}.tmp", ::getpid(), n)).string();
        const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST) return descriptor;
    }
}

}  // namespace

PendingFile::PendingFile(std::string path, std::string bytes)
    : path_(std::move(path)), target_(path_), bytes_(std::move(bytes)) {
    struct stat info {};
    const bool exists = ::stat(path_.c_str(), &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) throw failure(path_, EISDIR);
    if (exists && !S_ISREG(info.st_mode)) return;
    if (exists && ::access(path_.c_str(), W_OK) != 0) throw failure(path_, errno);
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(path_, error))) {
        target_ = fs::canonical(path_, error).string();
        if (error) throw failure(path_, error.value());
    }
    const fs::path folder = fs::path(target_).parent_path();
    std::string name;
    const int descriptor = open_temporary(folder.empty() ? "." : folder, name);
    if (descriptor < 0) throw failure(path_, errno);
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
    for (PendingFile& file : pending) {
        if (!file.in_place()) file.commit();
    }
}

}  // namespace base
