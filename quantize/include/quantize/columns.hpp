// SPDX-License-Identifier: Apache-2.0
/// What column_quant needs besides integers: alpha, scale and centre of each column, plane and
/// tile, fitted to calibration inputs.
#pragma once

#include <cstdint>
#include <vector>

#include "generator/design.hpp"
#include "operands/npy.hpp"

namespace quantize {

/// Operands of `run` and what they are worth. The result of the macro is in units of `unit` times
/// the unit of an analog value.
struct ColumnScales {
    operands::Tensor<std::int64_t> alpha;   ///< (T, planes, M)
    operands::Tensor<std::int64_t> scale;   ///< (T, planes, M)
    operands::Tensor<std::int64_t> center;  ///< (T, planes)
    double unit = 1;
    /// Over all conversions of the calibration inputs, each counted with the square of its power of
    /// two: sum of (v - code · scale · unit)², and of v².
    double error = 0, signal = 0;
    double max_abs_error =
        0;  ///< ... with the rule of the largest magnitude in place of the search
};

/// Least squared error of the dequantized partial sums by search over alpha and centre with the
/// scale in closed form, then integer scales under one unit. A granularity's result is never worse
/// than that of a coarser one or of the rule of the largest magnitude, which are among its
/// candidates. `one_alpha`: one alpha for the macro, the scales still by the config's granularity.
/// Weights (K, M) and inputs (V, K): the scheme's integers.
ColumnScales fit_columns(const generator::Design& design,
                         const operands::Tensor<std::int64_t>& weights,
                         const operands::Tensor<std::int64_t>& inputs, bool one_alpha);

}  // namespace quantize
