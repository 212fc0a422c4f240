/// Temporary folders.
#pragma once

#include <filesystem>
#include <string>

namespace base {

/// A fresh folder below the system's temporary folder, removed with all it holds at the end.
class ScratchFolder {
  public:
    explicit ScratchFolder(const std::string& prefix);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace base
