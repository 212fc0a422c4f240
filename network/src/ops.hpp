// SPDX-License-Identifier: Apache-2.0
/// The operators' functions, by file. Each takes a node's inputs for one image and gives its
/// outputs, shapes checked; definitions: ONNX's operator pages, QONNX's, ONNX Runtime's contrib
/// page.
#pragma once

#include "operators.hpp"

namespace network {

using Results = std::vector<Tensor>;

// ops_elementwise.cpp: one element at a time, computed in double and rounded once
Results relu(const Call&), leaky_relu(const Call&), sigmoid(const Call&), tanh_op(const Call&);
Results hard_sigmoid(const Call&), hard_swish(const Call&), sign(const Call&), neg(const Call&);
Results abs_op(const Call&), sqrt_op(const Call&), exp_op(const Call&), reciprocal(const Call&);
Results floor_op(const Call&), ceil_op(const Call&), round_op(const Call&), clip(const Call&);
Results batch_normalization(const Call&), cast(const Call&);
// ops_broadcast.cpp: two operands of shapes that broadcast
Results add(const Call&), sub(const Call&), mul(const Call&), div_op(const Call&);
Results max_op(const Call&), min_op(const Call&), prelu(const Call&);
// ops_power.cpp
Results pow_op(const Call&);
// ops_shape.cpp: where elements stand
Results identity(const Call&), dropout(const Call&), flatten(const Call&), reshape(const Call&);
Results transpose(const Call&), squeeze(const Call&), unsqueeze(const Call&),
    expand_op(const Call&);
Results constant(const Call&), constant_of_shape(const Call&), shape_op(const Call&);
// ops_select.cpp: which elements stay
Results concat(const Call&), split(const Call&), slice(const Call&), pad(const Call&);
Results gather(const Call&), resize(const Call&);
// ops_pool.cpp
Results max_pool(const Call&), average_pool(const Call&);
Results global_max_pool(const Call&), global_average_pool(const Call&);
// ops_reduce.cpp: along an axis
Results softmax(const Call&), log_softmax(const Call&), reduce_mean(const Call&);
Results arg_max(const Call&), top_k(const Call&);
// ops_quantize.cpp
Results quantize_linear(const Call&), dequantize_linear(const Call&);
Results quant(const Call&), bipolar_quant(const Call&);
// ops_product.cpp: convolutions and matrix products, sums in double, rounded once
Results product(const Call&);
// ops_qlinear.cpp: integers in, integers out
Results qlinear_add(const Call&), qlinear_mul(const Call&), qlinear_concat(const Call&);
Results qlinear_sigmoid(const Call&), qlinear_leaky_relu(const Call&);
Results qlinear_average_pool(const Call&), qlinear_global_average_pool(const Call&);

/// Half to even, in whatever rounding mode the process runs.
double round_even(double x);
/// Toward zero, clamped to int64; NaN becomes 0.
std::int64_t truncated(double x);
/// A number as the nearest integer of a type, half to even, clamped; NaN becomes the zero point.
std::int64_t requantized(double x, std::int64_t zero_point, Type type);

}  // namespace network
