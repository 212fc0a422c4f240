// SPDX-License-Identifier: Apache-2.0
/// A file that is written but does not stand under its name yet.
#pragma once

#include <memory>
#include <string>

#include "base/interrupt.hpp"

namespace base {

/// Writes to a temporary name beside `path`; `commit` renames. Several of these make several files
/// appear together: every write that can fail for lack of room has then been made.
///
/// A path that exists and is not a regular file (a device, a pipe) is written in place by `commit`.
/// A link is followed, also one to a file that is not there yet. The temporary vanishes at an end
/// by a signal too. An older file keeps its permissions, and one that may not be written is an
/// error.
class PendingFile {
  public:
    /// Throws base::Error naming `path`; leaves nothing then. `is_program`: a new file that may be
    /// executed.
    PendingFile(std::string path, std::string bytes, bool is_program = false);
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
    std::unique_ptr<Leftover> leftover_;
    std::string bytes_;  ///< kept for what is written in place
};

}  // namespace base
