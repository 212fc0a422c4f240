// SPDX-License-Identifier: Apache-2.0
/// The level of one cell, and the noise of many.
#pragma once

#include <vector>

#include "bringup/figures.hpp"

namespace bringup {

/// Of a level, given σ, all levels being as likely before.
struct LevelPosterior {
    double mean = 0, deviation = 0;
    double log_evidence = 0;  ///< of σ
};
LevelPosterior level_of(const Cell& cell, double sigma);

/// σ of the conversions, all values of it being as likely before. `cells`: none clipped.
Estimate noise_of(const std::vector<const Cell*>& cells);

/// Mean and deviation of a cell's codes, and how many there are.
struct CodeMoments {
    double count = 0, mean = 0, deviation = 0;
};
CodeMoments moments_of(const Cell& cell);

}  // namespace bringup
