// SPDX-License-Identifier: Apache-2.0
/// What `explore` makes of its words before any work.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/made_folders.hpp"
#include "explore.hpp"
#include "study/study_file.hpp"

namespace cli {

/// The study with what the command line says of it. Throws base::Error for a search that cannot be.
study::Study study_of(const Explore& o);

/// Throws base::Error where a report would overwrite an input.
void check_paths(const Explore& o, const study::Study& s);

/// Programs that the points may need, missed before any work.
void require_programs(const Explore& o, const study::Study& s);

/// The folder, and which study was begun in it: the file's text and what the command line says. Of
/// a search that fails without a row nothing is left.
class BegunFolder {
  public:
    BegunFolder(const Explore& o, const Common& common, const study::Study& s);
    ~BegunFolder();
    BegunFolder(const BegunFolder&) = delete;
    BegunFolder& operator=(const BegunFolder&) = delete;
    /// It stays, with rows or without.
    void keep() { keep_ = true; }

  private:
    std::filesystem::path dir_;
    std::optional<base::MadeFolders> made_;  ///< removes what is empty when all else is done
    bool is_new_ = false, keep_ = false;
};

/// This command for one item of a list, without what concerns the front end.
std::vector<std::string> worker_of(const Explore& o, const Common& common);

}  // namespace cli
