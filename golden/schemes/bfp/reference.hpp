// SPDX-License-Identifier: Apache-2.0
/// Range-aware rounding with dynamic block floating point: inputs cut to m-bit mantissas under a
/// shared exponent, one-bit cells. Source: specification, bfp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "golden/scheme.hpp"

namespace golden::bfp {

/// m of this run.
inline int run_mantissa(const Parameters& own) {
    return own.mantissa == 0 ? own.mantissa_max : own.mantissa;
}

/// R(q, s): q / 2^s rounded to the nearest integer, half upwards.
std::int64_t shift_round(std::int64_t q, int shift);

/// One pass of a group: the rows of one shift with their mantissas, 0 in rows that are not driven.
struct BfpPass {
    int shift = 0;
    std::vector<std::int64_t> mantissas;  ///< (present rows,)

    /// Rows with a 1 in step t. Without any the step is skipped.
    std::size_t active_rows(int t) const;
};

/// The passes of a group with inputs of `input_bits` bits, ascending by shift; none for all zeros.
/// `static`: one pass of all rows under the exponent of their greatest input; `dynamic`: each input
/// in the pass of its own shift.
std::vector<BfpPass> static_passes(std::span<const std::int64_t> inputs, int mantissa);
std::vector<BfpPass> dynamic_passes(std::span<const std::int64_t> inputs, int mantissa,
                                    int input_bits);

/// What the statistics are made of; steps and passes of one column block.
struct BfpCounts {
    std::size_t passes = 0, driven = 0;
    std::size_t most_rows = 0;   ///< with a 1 in one step
    std::int64_t value_max = 0;  ///< greatest v

    void add(const BfpCounts& other);
};

/// Result::statistics for `blocks` column blocks.
Statistics bfp_statistics(const BfpCounts& counts, int mantissa, std::size_t blocks,
                          const Adc& adc);

}  // namespace golden::bfp
