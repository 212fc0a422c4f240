/// A file that is written but does not stand under its name yet.
#pragma once

#include <cstdint>
#include <string>

namespace base {

/// Writes to a temporary name beside `path`; `commit` renames. Several of these make several files
/// appear together: every write that can fail for lack of room has then been made.
///
/// A path that exists and is not a regular file (a device, a pipe) is written in place by `commit`.
/// A link is followed. An older file keeps its permissions, and one that may not be written is an
/// error.
class PendingFile {
  public:
    /// Throws base::Error naming `path`; leaves nothing then.
    PendingFile(std::string path, std::string bytes);
    /// Removes the temporary of a file that was not committed.
    ~PendingFile();
    PendingFile(PendingFile&& other) noexcept;
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;

    void commit();
    /// `commit` writes, instead of renaming.
    bool in_place() const { return temporary_.empty(); }

  private:
    std::string path_;
    std::string target_;     ///< `path` with links followed
    std::string temporary_;  ///< empty: nothing to rename or remove
    std::string bytes_;      ///< kept for what is written in place
};

}  // namespace base
