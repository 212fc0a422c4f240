// SPDX-License-Identifier: Apache-2.0
/// Inputs whose rows share a shift (bfp, static blocks): what they become depends on their
/// neighbours, so that the scale is searched on whole vectors.
#pragma once

#include <cstdint>
#include <vector>

#include "operands/npy.hpp"
#include "quantize_search.hpp"

namespace quantize {

/// The block of `count` values x ~ scale * (q - zero_point), each the nearest of the integers q
/// that the scheme's encoder leaves as they are: multiples of the block's 2^s below 2^(m + s).
/// Levels 0 .. 2^a - 1 of `rounding`; `q` gets the integers.
void round_block(const double* x, std::size_t count, const Rounding& rounding, const Fit& fit,
                 std::int64_t* q);

/// Scale and zero point of least squared error after round_block on every block of `inputs` (V, K)
/// that is found in a grid around best_fit's: two octaves, the neighbourhood of the best, then
/// integers and scale in turn. Never worse than best_fit's choice.
Fit best_block_fit(const operands::Tensor<double>& inputs, const Rounding& rounding);

}  // namespace quantize
