// SPDX-License-Identifier: Apache-2.0
/// The output stage's numbers from scales: what brings results to the next layer's inputs.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "generator/config.hpp"

namespace quantize {

/// The next layer's inputs: real value ~ scale · (integer − zero_point).
struct NextLayer {
    double scale = 1;
    std::int64_t zero_point = 0;
    bool relu = false;  ///< outputs below the zero point become it
};

/// Registers of the output stage (docs/spec/output.md).
struct Requantization {
    std::vector<std::int64_t> multiplier, shift;  ///< of each output
    std::int64_t zero_point = 0;
    std::pair<std::int64_t, std::int64_t> clamp;  ///< L, H
};

/// For each output the ratio output_scale[o] / next.scale (one entry stands for all `outputs`) as
/// M / 2^S: M the largest that `multiplier_bits` hold, rounded to the nearest, so that the ratio's
/// error is at most 2^-multiplier_bits of it. Throws base::Error, all of what is wrong at once:
/// output.mode raw; a scale that is not a positive finite number; a zero point outside output.bits
/// + 1 bits or, with relu, outside the output's type; a ratio that no S from 1 to 63 reaches, with
/// its output.
Requantization requantization(const generator::Config& config,
                              const std::vector<double>& output_scale, std::size_t outputs,
                              const NextLayer& next);

}  // namespace quantize
