// SPDX-License-Identifier: Apache-2.0
/// The tensors of one matrix product.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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
    // What was measured of a chip, in place of what would be drawn (docs/spec/analog.md), and the
    // registers that correct it. Any of them may be empty.
    std::vector<std::int64_t> cell_gain = {};   ///< (banks or 1, N, O · planes), 2^-16
    std::vector<std::int64_t> adc_offset = {};  ///< (ADCs,), 2^-16 of a step
    std::vector<std::int64_t> adc_gain = {};    ///< (ADCs,), 2^-16
    std::vector<std::int64_t> adc_inl = {};     ///< (ADCs, 2^bits), 2^-16 of a step
    std::vector<std::int64_t> correction = {};  ///< (ADCs,): adc.correction_bits, signed
    /// n at which each vector begins, (blocks, sets, V): golden/steps.hpp. Empty: the vectors are
    /// a run, n running on from Analog::first_step.
    std::vector<std::uint64_t> first_steps = {};
    /// Stream of the conversions' noise (a layer of a network has its own). Absent:
    /// Analog::noise_stream.
    std::optional<std::uint32_t> noise_stream = {};
};

}  // namespace golden
