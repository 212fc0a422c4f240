// SPDX-License-Identifier: Apache-2.0
/// What one unit of the macro's result is worth.
#pragma once

#include "generator/config.hpp"

namespace quantize {

/// Real value of one unit of the macro's result for inputs and weights that stand for themselves:
/// adc.step where results count steps, else 1. Not for column_quant, whose unit is in its scales.
double output_unit(const generator::Config& config);

}  // namespace quantize
