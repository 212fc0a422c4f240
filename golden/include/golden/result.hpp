// SPDX-License-Identifier: Apache-2.0
/// What a run of the model gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "golden/operands.hpp"

namespace golden {

/// Numbers by name, in a fixed order.
using Statistics = std::vector<std::pair<std::string, double>>;

struct Result {
    Matrix outputs;  ///< (V, M)
    /// (V,): 1 if any addition of an output below M saturated
    std::vector<std::uint8_t> saturated;
    /// All physical columns in every driven step, over all column blocks.
    std::uint64_t conversions = 0;
    /// Conversions of outputs below M whose delivered code was clipped at lo or hi.
    std::uint64_t adc_clipped = 0;
    std::uint64_t inputs_clipped = 0;  ///< inputs clipped by the scheme's code
    std::uint64_t weights_clipped = 0;
    /// Further numbers of the scheme; none for most.
    /// bfp: steps_driven, steps_skipped (of the passes formed) and passes over all column blocks,
    /// max_active_rows (rows with a 1 in one step), adc_bits_no_clip (smallest ADC that, at this
    /// step, clips no v that occurred).
    /// binsparx, per group, over present rows and outputs below M, as driven and stored and, with
    /// suffix _plain, as both would be without sparsification: ones_per_vector, ones_per_column
    /// (means), analog_mean, analog_max (of v).
    Statistics statistics;
    std::uint64_t outputs_clamped = 0;  ///< results that the output stage clamped
    /// Conversions of outputs below M in which the wire kept less than half of the column's sum.
    std::uint64_t lost_half = 0;
};

/// One ADC conversion, for the report of a mismatch.
struct Conversion {
    std::size_t tile = 0, group = 0;
    std::size_t step = 0;    ///< input plane driven (the scheme's t or i)
    std::size_t column = 0;  ///< physical column = output · planes + plane
    std::int64_t value = 0;  ///< ideal analog value v
    std::int64_t code = 0;   ///< as the ADC delivers it (column_quant: u)
    std::size_t pass = 0;    ///< bfp: shift s of the pass
};

}  // namespace golden
