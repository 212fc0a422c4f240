// SPDX-License-Identifier: Apache-2.0
/// A convolution or matrix product of one image as products of vectors (V, K) by weights (K, M),
/// group by group: K = (channel, ky, kx), as ONNX stores weights.
#pragma once

#include <cstddef>

#include "operators.hpp"
#include "window.hpp"

namespace network {

/// Which inputs of a product node are what; -1: none.
struct ProductKind {
    std::string_view type;
    bool convolution;
    bool integer;  ///< operands are integers less their zero points
    int x, w, bias;
    int x_scale = -1, x_zero = -1, w_scale = -1, w_zero = -1, y_scale = -1, y_zero = -1;
};
/// Null if the node is no product.
const ProductKind* product_kind(std::string_view type);

struct Lowering {
    std::size_t groups = 1, depth = 0, outputs = 0;  ///< K and M of one group
    std::size_t vectors = 0;                         ///< V of one group
    Shape shape;                                     ///< of the result
    bool windows = false;                            ///< a convolution
    Window window;
    std::size_t vector_stride = 0, depth_stride = 0;     ///< else: where x[v, k] stands
    std::size_t w_depth = 0, w_output = 0, w_group = 0;  ///< strides of the weights
    bool by_output = false;  ///< result (outputs, vectors), else (vectors, outputs)

    std::size_t weight(std::size_t g, std::size_t k, std::size_t m) const {
        return g * w_group + k * w_depth + m * w_output;
    }
    std::size_t result(std::size_t g, std::size_t v, std::size_t m) const {
        const std::size_t o = g * outputs + m;
        return by_output ? o * vectors + v : v * outputs * groups + o;
    }
    std::size_t all_outputs() const { return groups * outputs; }
};

/// Refuses shapes that do not fit. `swapped`: of a MatMul, the weights are the first operand.
Lowering lower(const Node& node, const Shape& x, const Shape& w, bool swapped = false);

}  // namespace network
