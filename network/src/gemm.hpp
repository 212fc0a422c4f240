// SPDX-License-Identifier: Apache-2.0
/// The dense product of the digital layers.
#pragma once

#include <cstddef>

namespace network {

/// Columns of a weight matrix are kept in a multiple of this.
inline constexpr std::size_t gemm_block = 16;
inline std::size_t gemm_width(std::size_t columns) {
    return (columns + gemm_block - 1) / gemm_block * gemm_block;
}

/// Rows of which no copy is made: x[r, k] = data[starts[r] + offsets[k]].
struct GemmRows {
    const double* data;
    const std::size_t *starts, *offsets;
    std::size_t depth;
};

/// y[v, m] = sum over k, in order, of x[v, k] · w[k, m], in double: products of float32 are exact
/// there, so that every instruction set gives the same bits. w (depth, width) and y (rows, width)
/// row-major, width a multiple of gemm_block.
void gemm(const GemmRows& x, std::size_t rows, const double* w, std::size_t width, double* y);

}  // namespace network
