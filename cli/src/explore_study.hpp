// SPDX-License-Identifier: Apache-2.0
/// What `explore` makes of its words before any work.
#pragma once

#include <string>
#include <vector>

#include "explore.hpp"
#include "study/study_file.hpp"

namespace cli {

/// The study with what the command line says of it. Throws base::Error for a search that cannot be.
study::Study study_of(const Explore& o);

/// Throws base::Error where a report would overwrite an input.
void check_paths(const Explore& o, const study::Study& s);

/// Programs that the points may need, missed before any work.
void require_programs(const Explore& o, const study::Study& s);

/// The folder, and which study was begun in it: the file's text and what the command line says.
void begin_folder(const Explore& o, const Common& common, const study::Study& s);

/// This command for one item of a list, without what concerns the front end.
std::vector<std::string> worker_of(const Explore& o, const Common& common);

}  // namespace cli
