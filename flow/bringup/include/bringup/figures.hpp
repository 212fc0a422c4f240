// SPDX-License-Identifier: Apache-2.0
/// What codes say of an ADC: offset, gain, noise, INL, DNL, each with its standard error. All in
/// ADC steps, the gain as a factor (1: ideal).
///
/// The law (docs/spec/analog.md): an ideal code y, not rounded, becomes round(gain·y + offset + INL
/// + noise). What is measured is the *level* gain·y + offset + INL of each cell of the experiment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace bringup {

struct Estimate {
    double value = 0;
    double error = 0;  ///< standard error
};

/// The ADC's codes; those at the ends say only that the value was beyond.
struct CodeRange {
    std::int64_t least = 0, greatest = 0;
};

/// Conversions of one column with the same rows driven.
struct Cell {
    double ideal = 0;  ///< y
    CodeRange range;
    std::size_t group = 0;                        ///< column and turn: cells that share their error
    std::map<std::int64_t, std::uint32_t> codes;  ///< how often each came
};

/// All cells of an ADC with the same ideal code.
struct LevelFigure {
    double ideal = 0;
    double mean = 0, deviation = 0;  ///< of the codes as they came
    bool used = false;               ///< no code at an end of the range; the rest is 0 without it
    Estimate level;
    Estimate inl;  ///< level − (gain·y + offset)
};

/// The transition from code to code + 1: where lines between neighbouring levels cross code + 1/2.
struct CodeFigure {
    std::int64_t code = 0;
    Estimate inl;  ///< code + 1/2 − (gain·y + offset) at the crossing
    Estimate dnl;  ///< gain · (y of this crossing − y of the one before) − 1
    bool has_dnl = false;
};

struct AdcFigures {
    bool measured = false;  ///< false: fewer than 3 levels inside the range; no other figure then
    Estimate offset, gain, noise;
    bool noise_seen = false;        ///< some cell gave two codes; else the error is what could hide
    Estimate worst_inl, worst_dnl;  ///< of largest magnitude, with sign
    std::vector<LevelFigure> levels;
    std::vector<CodeFigure> codes;
};

/// Offset and gain: least squares of the levels over the ideal codes, every cell inside the range
/// counts 1. Their error adds, in squares, the scatter (of the levels' own errors, or from group to
/// group if that is larger) and what cells of one code hide, as if they all were off to the same
/// side. Noise: deviation within a
/// cell, over all of them; its error knows that the noise need not be quite normal.
AdcFigures figures_of(const std::vector<Cell>& cells);

}  // namespace bringup
