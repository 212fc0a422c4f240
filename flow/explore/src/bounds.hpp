// SPDX-License-Identifier: Apache-2.0
/// What a figure of synthesis is at least, known before synthesis.
#pragma once

#include <optional>
#include <string>

#include "generator/design.hpp"
#include "study/measure.hpp"

namespace explore {

/// Flip-flops that hold what has to be held: the input tile, twice where the next one is loaded
/// meanwhile, and a sum for each output. Every netlist has them.
long least_flops(const generator::Design& design);

/// Of `flops`, `cells` and areas: least_flops() of the library's smallest flip-flop. None for other
/// columns.
std::optional<double> lower_bound(const std::string& column, const generator::Design& design,
                                  const study::MeasureOptions& options);

}  // namespace explore
