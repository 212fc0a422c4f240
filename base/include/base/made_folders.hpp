// SPDX-License-Identifier: Apache-2.0
/// Folders made on the way to one.
#pragma once

#include <filesystem>
#include <list>

#include "base/interrupt.hpp"

namespace base {

/// A folder and those above it, as far as they are absent, the deepest first.
std::list<std::filesystem::path> absent_folders(const std::filesystem::path& folder);

/// Makes a folder and those above it, as far as they are absent. Those that it made and that are
/// empty in the end, because the work failed or a signal ended it, are removed.
class MadeFolders {
  public:
    /// Throws std::filesystem::filesystem_error, nothing made then.
    explicit MadeFolders(const std::filesystem::path& folder);
    ~MadeFolders();
    MadeFolders(const MadeFolders&) = delete;
    MadeFolders& operator=(const MadeFolders&) = delete;

  private:
    void undo();
    std::list<std::filesystem::path> made_;  ///< the deepest first
    std::list<Leftover> leftovers_;
};

}  // namespace base
