// SPDX-License-Identifier: Apache-2.0
/// Temporary folders.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/interrupt.hpp"

namespace base {

/// A fresh folder below the system's temporary folder, removed with all it holds at the end, also
/// at an end by a signal.
class ScratchFolder {
  public:
    enum class For {
        us,    ///< any path
        tools  ///< a path that make and abc take: plain_temporary_folder()
    };
    explicit ScratchFolder(const std::string& prefix, For use = For::us);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    /// Writes a file below it, and the folders on the way. Error with the reason.
    void write(const std::string& name, const std::string& bytes) const;

    /// What to say behind a failure here: a line that names the folder and TMPDIR if nothing more
    /// can be written into it (disk full, quota), else nothing.
    std::string complaint() const;

  private:
    std::filesystem::path path_;
    std::optional<Leftover> leftover_;
};

}  // namespace base
