// SPDX-License-Identifier: Apache-2.0
/// Yardsticks for the golden model on an array that is not ideal, without tiling, checks or codes:
/// the bare draws of its noise, and the bare sums of products with cells' gains.
#pragma once

#include <cstddef>

#include "bare_kernel.hpp"

namespace bench {

/// Draws the noise of `steps` steps of 512 columns, each rounded and added up. Returns a digest.
long run_draws(BareForm form, std::size_t steps);
constexpr std::size_t draw_columns = 512;

/// Σ drive · cell · gain of 128 rows for `steps` steps of 512 columns, drives and gains of 16 bits,
/// two rows an instruction (VPDPWSSD, VPMADDWD), four steps at once in registers.
long run_gain_sums(BareForm form, std::size_t steps);

}  // namespace bench
