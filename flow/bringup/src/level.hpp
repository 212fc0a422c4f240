// SPDX-License-Identifier: Apache-2.0
/// The level of one cell, and the noise of many.
#pragma once

#include <vector>

#include "bringup/figures.hpp"

namespace bringup {

/// Of a level, given σ, all levels being as likely before.
struct LevelPosterior {
    double mean = 0, deviation = 0;
    double log_evidence = 0;    ///< of σ
    double log_likelihood = 0;  ///< of the codes, at the most likely level
};
LevelPosterior level_of(const Cell& cell, double sigma);

/// σ of the conversions. `cells`: none clipped, some with two codes.
struct Noise {
    double sigma = 0;
    double low = 0, high = 0;  ///< a standard error to each side; low at least `least_sigma`
    double error() const { return high - sigma > sigma - low ? high - sigma : sigma - low; }
};
constexpr double least_sigma = 0.01;
/// The mean of σ, all values of it and all levels being as likely before. The range: that, or as
/// far as the codes are nearly as likely as at best with levels of any kind, if that is farther:
/// where all levels lie at the same place between two codes, no more is known. And the noise need
/// not be quite normal.
Noise noise_of(const std::vector<const Cell*>& cells);

/// Mean and deviation of a cell's codes, and how many there are.
struct CodeMoments {
    double count = 0, mean = 0, deviation = 0;
};
CodeMoments moments_of(const Cell& cell);

}  // namespace bringup
