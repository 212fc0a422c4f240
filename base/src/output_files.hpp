// SPDX-License-Identifier: Apache-2.0
/// File-system steps of write_tree(), private to the library. All throw Error with path and reason.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/interrupt.hpp"

namespace base {

/// Throws Error: "path: error: what: reason of errno".
[[noreturn]] void fail_errno(const std::filesystem::path& path, std::string_view what, int error);

/// Writes a new file and has it on the disk when it returns; makes its folders.
/// `shown`: the path that a message names, since `path` may lie in a temporary folder.
void write_file(const std::filesystem::path& path, std::string_view contents,
                const std::filesystem::path& shown);

/// Hard-links (or copies, where links do not work) all of `from` into `to`, except files whose path
/// relative to `from` is in `skip`. Error when `to` has a file of that name already.
void link_tree(const std::filesystem::path& from, const std::filesystem::path& to,
               const std::set<std::string>& skip);

/// Holds off other runs that write into the same parent folder, until the object goes away.
class ParentLock {
  public:
    explicit ParentLock(const std::filesystem::path& parent);
    ~ParentLock();
    ParentLock(const ParentLock&) = delete;
    ParentLock& operator=(const ParentLock&) = delete;

    /// False where the file system cannot lock a folder.
    bool held() const { return held_; }

  private:
    int fd_ = -1;
    bool held_ = false;
};

/// A new folder beside `target` under a temporary name. It goes away with the object, whatever
/// stands under its name then.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const std::filesystem::path& target);
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
    std::optional<Leftover> leftover_;
};

/// Removes what killed runs left beside `target`; puts an old folder back that was moved aside.
/// To be called under the parent's lock: then no such folder belongs to a run that still works.
void clean_leftovers(const std::filesystem::path& target);

/// Puts the folder `fresh` in the place of `target`; an old folder stands under the name `fresh`
/// afterwards. One rename where the file system can exchange names.
void swap_folders(const std::filesystem::path& fresh, const std::filesystem::path& target);

}  // namespace base
