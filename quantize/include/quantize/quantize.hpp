// SPDX-License-Identifier: Apache-2.0
/// Float tensors to a scheme's integers by least squared error (docs/spec/contract.md, `quantize`).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "generator/config.hpp"
#include "operands/npy.hpp"
#include "quantize/next_scale.hpp"

namespace quantize {

struct QuantizeOptions {
    bool per_output = false;  ///< one scale per column of the weights instead of one for all
    bool one_alpha = false;   ///< column_quant: one ADC step for the whole macro
    bool fit_step = false;    ///< adc.step: fit, the best for these inputs
    std::optional<NextLayer> next = {};  ///< output.mode requant: the scale that outputs shall have
};

/// Integers and what one unit of them is worth:
///
///     weights ~ weight_scale[o] * integer
///     inputs  ~ input_scale * (integer - input_zero_point)
///     X * W   ~ output_scale[o] * Y,  Y the macro's output with `bias` as its starting value
///
/// All scales are positive. A tensor of zeros gets the scale 1.
struct Quantized {
    operands::Tensor<std::int64_t> weights;  ///< (K, M)
    operands::Tensor<std::int64_t> inputs;   ///< (V, K)
    double input_scale = 1;
    std::vector<double> weight_scale;  ///< 1 or M
    std::vector<double> output_scale;  ///< 1 or M: input_scale * weight_scale * unit of Y
    std::int64_t input_zero_point = 0;
    std::optional<generator::Rational> step;  ///< adc.step that was found
    std::vector<std::int64_t> bias;  ///< (M,) in units of the result; empty without a zero point
    double input_sqnr_db = 0;        ///< of each tensor after rounding, see sqnr_db
    double weight_sqnr_db = 0;

    /// column_quant: alpha, scale (T, planes, M) and center (T, planes) by the config's
    /// granularity, for the calibration inputs; and the SQNR of the partial sums there, every
    /// conversion counted with its power of two, beside that with the rule of the largest
    /// magnitude.
    std::map<std::string, operands::Tensor<std::int64_t>> operands;
    double partial_sum_sqnr_db = 0;
    double max_abs_sqnr_db = 0;

    /// With QuantizeOptions::next: the output stage's registers.
    std::optional<Requantization> requantization;
    /// ... and of the results for these inputs, against the product of the same integers. With a
    /// zero point it says what the partial sums do not: most of those is a constant that `bias`
    /// takes away again.
    double result_sqnr_db = 0;
    std::size_t alphas_at_limit = 0;  ///< entries of alpha that are 65535: the search ended there
};

/// Weights (K, M) and inputs (V, K), finite. Each scale (and zero point) minimizes the squared
/// error of its tensor after the scheme's own rounding: found by a search, never worse than the
/// largest magnitude on the largest integer; see `best_scale` in quantize_search.hpp. zebra's
/// integers are levels, so that its encoder leaves them as they are; binsparx's are signs (0 is
/// +1); bfp's are what its encoder leaves as it is with mantissas of `bfp.mantissa_bits`, block by
/// block. column_quant: the inputs are the calibration set of `operands`, see fit_columns. Throws
/// base::Error if the shapes do not fit, a tensor is empty, the scheme has no row in the table of
/// roundings, a scale is not a normal number (zero, subnormal, infinite), a zero point is needed
/// and the config has `accumulator.bias: false`, or its starting values do not fit
/// `accumulator.bits`.
Quantized quantize_layer(const generator::Config& config, const operands::Tensor<double>& weights,
                         const operands::Tensor<double>& inputs,
                         const QuantizeOptions& options = {});

/// The same from file to file: reads two .npy files (f4, f8 or integers), writes `weights.npy`,
/// `inputs.npy` and `scales.json` into `out_dir` (made if absent), and `bias.npy` if and only if
/// the config has `accumulator.bias: true` (zeros without a zero point): an old one is removed
/// otherwise; column_quant: also `alpha.npy`, `scale.npy`, `center.npy`. The folder is made, and
/// found to be writable, before the work; a folder where an output would replace `weights` or
/// `inputs` is an error. The files appear after all of them have been written; a failure leaves
/// older ones as they were.
Quantized quantize_files(const generator::Config& config, const std::string& weights,
                         const std::string& inputs, const std::string& out_dir,
                         const QuantizeOptions& options = {});

/// 10 log10(sum reference^2 / sum (reference - estimate)^2) in dB. +infinity if they are equal (all
/// zeros included), -infinity if only the reference is all zeros. The sizes must be equal.
double sqnr_db(std::span<const double> reference, std::span<const double> estimate);

}  // namespace quantize
