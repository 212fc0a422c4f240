// SPDX-License-Identifier: Apache-2.0
/// Built simulations, kept by content: one folder a key, the program in it. Private to the library.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/made_folders.hpp"

namespace sim {

/// What the programs of this machine depend on beside their sources: processor and compiler.
std::string machine();

/// The program of a key if it is there, whole, and starts on this system.
std::optional<std::filesystem::path> find_program_of(const std::string& key);

/// The folder of all programs, made if absent. Error before a build that could not be kept or not
/// be run from there: no writable folder, or one whose files cannot be executed. A folder that it
/// made goes with the object if it stayed empty.
class CacheFolder {
  public:
    CacheFolder();
    /// Takes a built program in. Error if there is no room; nothing is left behind then.
    std::filesystem::path keep(const std::string& key, const std::filesystem::path& built) const;

    /// Verilator's runtime is compiled once for a key and lent to each build's folder of objects,
    /// where make finds it done: half of a small design's build. What cannot be kept is compiled
    /// again.
    void lend_runtime(const std::string& key, const std::filesystem::path& folder) const;
    void keep_runtime(const std::string& key, const std::filesystem::path& folder) const;

  private:
    std::filesystem::path path_;
    std::optional<base::MadeFolders> made_;
};

}  // namespace sim
