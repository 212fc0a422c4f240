/// File-system steps of write_tree(), private to the library. All throw Error with path and reason.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace cimrtl {

/// Throws Error: "path: error: what: reason of errno".
[[noreturn]] void fail_errno(const std::filesystem::path& path, std::string_view what, int error);

/// Writes a new file and has it on the disk when it returns; makes its folders.
void write_file(const std::filesystem::path& path, std::string_view contents);

/// Hard-links (or copies, where links do not work) all of `from` into `to`, except files whose path
/// relative to `from` is in `skip`. Error when `to` has a file of that name already.
void link_tree(const std::filesystem::path& from, const std::filesystem::path& to,
               const std::set<std::string>& skip);

/// A new folder beside `target` under a temporary name. It goes away with the object, whatever
/// stands under its name then; locked meanwhile, so that no other run takes it for a leftover.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const std::filesystem::path& target);
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    bool create(const std::filesystem::path& path);

    std::filesystem::path path_;
    int lock_ = -1;
};

/// Removes what killed runs left beside `target`; puts an old folder back that was moved aside.
void clean_leftovers(const std::filesystem::path& target);

/// Puts the folder `fresh` in the place of `target`; an old folder stands under the name `fresh`
/// afterwards. One rename where the file system can exchange names.
void swap_folders(const std::filesystem::path& fresh, const std::filesystem::path& target);

}  // namespace cimrtl
