// SPDX-License-Identifier: Apache-2.0
/// The tables of each scheme.
#pragma once

#include "measure.hpp"

namespace bench {

void bench_planes();
/// The first case on arrays that are not ideal. Noise: beside the bare draws; mismatch: beside bare
/// sums of products with gains; the others beside the case without.
void bench_analog();
/// The yardstick: conventional with the same array, weights and ADC. Its conversions are more or
/// fewer; what counts is the time of one.
void bench_bfp(const Shape& shape);
/// The same with an ADC that neither clips nor rounds: the plain product of both.
void bench_bfp_product(const Shape& shape);
/// The yardstick: as many dot products of bytes over as many rows.
void bench_column_quant(const Shape& shape, int cell_bits, int dac_bits);
/// The yardstick: bits that differ, of packed operands. The last row is what no form can exceed
/// that takes operands of 64 bits an element: the time to look at each of them once.
void bench_binsparx(const Shape& shape);

}  // namespace bench
