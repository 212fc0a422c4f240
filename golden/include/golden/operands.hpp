/// The tensors of one matrix product.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/output.hpp"

namespace golden {

/// Row-major integer matrix.
struct Matrix {
    std::size_t rows = 0;
    std::size_t cols = 0;
    std::vector<std::int64_t> data;
    std::int64_t operator()(std::size_t r, std::size_t c) const { return data[r * cols + c]; }
    std::int64_t& operator()(std::size_t r, std::size_t c) { return data[r * cols + c]; }
};

/// Operands of one matrix product, tensors in C order. A tensor that the spec does not take is
/// empty. Presence, sizes and ranges are checked by every function that takes operands: Error names
/// tensor, index and value.
struct Operands {
    Matrix inputs;                          ///< (V, K)
    Matrix weights;                         ///< (K, M)
    std::vector<std::int64_t> bias = {};    ///< (M,): accumulator.bias
    std::vector<std::int64_t> alpha = {};   ///< (T, planes, M): column_quant, 0 to 65535
    std::vector<std::int64_t> scale = {};   ///< (T, planes, M): column_quant, unsigned scale_bits
    std::vector<std::int64_t> center = {};  ///< (T, planes): column_quant, -128…127; may be empty
    std::vector<std::int64_t> threshold = {};  ///< (M,): binsparx.threshold, of accumulator width
    std::vector<std::int64_t> multiplier =
        {};                                ///< (M,): output.mode requant, unsigned multiplier_bits
    std::vector<std::int64_t> shift = {};  ///< (M,): output.mode requant, 1 to 63
    OutputNumbers output = {};
};

}  // namespace golden
