// SPDX-License-Identifier: Apache-2.0
/// What stands below the table of the front, and on the page.
#pragma once

#include <string>
#include <vector>

#include "explore/exploration.hpp"

namespace explore {

/// "every point", "NSGA-II, 50 points, population 24, seed 1".
std::string method_text(const study::Search& search);

/// Sentences: what was looked for and how, what became of the points, what the figures mean.
std::vector<std::string> note_lines(const Result& result);

}  // namespace explore
