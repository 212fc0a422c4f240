// SPDX-License-Identifier: Apache-2.0
#include "output_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace base {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view aside_suffix = "-old";

/// Beginning of all temporary names for this target, short whatever the target's name is.
std::string temporary_prefix(const fs::path& target) {
    return fmt::format(".cimrtl-{}-", sha256(target.filename().string()).substr(0, 12));
}

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

  private:
    int fd_;
};

void link_or_copy(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(from))) {
        fs::copy_symlink(from, to, error);
    } else {
        fs::create_hard_link(from, to, error);
        if (error && error != std::errc::file_exists) {
            error.clear();
            fs::copy_file(from, to, error);
        }
    }
    if (error == std::errc::file_exists) {
        throw Error(fmt::format("{}: error: a file that cimrtl did not write is in the way",
                                from.string()));
    }
    if (error) fail_errno(from, "cannot keep the file", error.value());
}

}  // namespace

void fail_errno(const fs::path& path, std::string_view what, int error) {
    throw Error(fmt::format("{}: error: {}: {}", path.string(), what, std::strerror(error)));
}

void write_file(const fs::path& path, std::string_view contents, const fs::path& shown) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) fail_errno(shown.parent_path(), "cannot make the folder", error.value());
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0) fail_errno(shown, "cannot create the file", errno);
    while (!contents.empty()) {
        const ssize_t written = ::write(file.get(), contents.data(), contents.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail_errno(shown, "cannot write", errno);
        contents.remove_prefix(static_cast<std::size_t>(written));
    }
    // Some file systems tell of a full disk only here.
    if (::fsync(file.get()) != 0 && errno != EINVAL) fail_errno(shown, "cannot write", errno);
    if (::close(file.release()) != 0) fail_errno(shown, "cannot write", errno);
}

void link_tree(const fs::path& from, const fs::path& to, const std::set<std::string>& skip) {
    for (auto it = fs::recursive_directory_iterator(from); it != fs::end(it); ++it) {
        const fs::path relative = it->path().lexically_relative(from);
        const std::string name = relative.generic_string();
        if (it->is_directory() && !it->is_symlink()) {
            // A folder that the old files made is made again only if something in it stays.
            const auto below = skip.lower_bound(name + "/");
            const bool ours = below != skip.end() && below->starts_with(name + "/");
            if (!ours) fs::create_directories(to / relative);
        } else if (!skip.contains(name)) {
            fs::create_directories((to / relative).parent_path());
            link_or_copy(it->path(), to / relative);
        }
    }
}

ParentLock::ParentLock(const fs::path& parent)
    : fd_(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (fd_ < 0) return;
    int status = ::flock(fd_, LOCK_EX);
    while (status != 0 && errno == EINTR) status = ::flock(fd_, LOCK_EX);
    held_ = status == 0;
}

ParentLock::~ParentLock() {
    if (fd_ >= 0) ::close(fd_);
}

TemporaryFolder::TemporaryFolder(const fs::path& target) {
    const std::string prefix = temporary_prefix(target);
    for (int n = 0;; ++n) {
        path_ = target.parent_path() / fmt::format("{}{}-{}", prefix, ::getpid(), n);
        const Uninterrupted made_and_noted;
        if (::mkdir(path_.c_str(), 0777) == 0) {
            leftover_.emplace(path_, Leftover::Kind::whole);
            return;
        }
        if (errno != EEXIST) {
            fail_errno(target.parent_path(), "cannot write into the folder", errno);
        }
    }
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;  // the next run removes what stays here
    fs::remove_all(path_, ignored);
}

void clean_leftovers(const fs::path& target) {
    const std::string prefix = temporary_prefix(target);
    std::error_code error;
    std::vector<fs::path> leftovers;
    for (const auto& entry : fs::directory_iterator(target.parent_path(), error)) {
        const bool leftover = entry.path().filename().string().starts_with(prefix);
        if (leftover) leftovers.push_back(entry.path());
    }
    for (const fs::path& path : leftovers) {
        const bool aside = path.string().ends_with(aside_suffix);
        if (aside && !fs::exists(target)) fs::rename(path, target, error);
    }
    for (const fs::path& path : leftovers) fs::remove_all(path, error);
}

void swap_folders(const fs::path& fresh, const fs::path& target) {
    const Uninterrupted in_one;
    if (!fs::exists(target)) {
        if (::rename(fresh.c_str(), target.c_str()) != 0) {
            fail_errno(target, "cannot make the folder", errno);
        }
        return;
    }
    if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0)
        return;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) {
        fail_errno(target, "cannot replace the folder", errno);
    }
    const fs::path aside = fresh.string() + std::string(aside_suffix);
    if (::rename(target.c_str(), aside.c_str()) != 0) {
        fail_errno(target, "cannot replace the folder", errno);
    }
    if (::rename(fresh.c_str(), target.c_str()) != 0) {
        const int error = errno;
        ::rename(aside.c_str(), target.c_str());
        fail_errno(target, "cannot replace the folder", error);
    }
    ::rename(aside.c_str(), fresh.c_str());
}

}  // namespace base
