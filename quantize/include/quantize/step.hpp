// SPDX-License-Identifier: Apache-2.0
/// `adc.step: fit`: the step that loses least on calibration vectors.
#pragma once

#include <span>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"

namespace quantize {

/// A product of the calibration, and what one of its outputs is worth against the others.
struct StepTrial {
    golden::Operands operands;
    std::vector<double> weight;  ///< (M,)
};

/// The step p/q, q <= 4, of least squared error of the outputs against those of an ADC that loses
/// nothing, on an ideal array; of equal ones the largest. The ADC keeps the bits it has in
/// `design`. Where more than 256 steps are possible, those that differ by 3 % and more are tried.
/// A bias is left out. Throws base::Error for a scheme whose results are not in steps.
generator::Rational best_step(const generator::Design& design, std::span<const StepTrial> trials);

}  // namespace quantize
