// SPDX-License-Identifier: Apache-2.0
/// A convolution or matrix product of one image as products of vectors (V, K) by weights (K, M),
/// group by group: K = (channel, ky, kx), as ONNX stores weights.
#pragma once

#include <algorithm>
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

/// Vectors `from` … `to` − 1 of a group: element k of the first goes to out[0 … depth), the next
/// `pitch` elements on. `value(x)` makes an element, `empty` is what pads hold.
template <class S, class T, class F>
void gather_vectors(const Lowering& l, const S* x, std::size_t group, std::size_t from,
                    std::size_t to, T* out, std::size_t pitch, T empty, F&& value) {
    if (!l.windows) {
        for (std::size_t v = from; v < to; ++v, out += pitch) {
            const S* at = x + v * l.vector_stride;
            for (std::size_t k = 0; k < l.depth; ++k) out[k] = value(at[k * l.depth_stride]);
        }
        return;
    }
    const std::size_t kernel = l.window.kernel_size(), plane = l.window.in_size(),
                      channels = l.depth / kernel;
    const S* image = x + group * channels * plane;
    for (std::size_t v = from; v < to; ++v, out += pitch) {
        std::size_t inside = 0;
        for_window(l.window, v, [&](std::size_t k, std::size_t at) {
            ++inside;
            const S* element = image + at;
            T* to_element = out + k;
            for (std::size_t c = 0; c < channels; ++c)
                to_element[c * kernel] = value(element[c * plane]);
        });
        if (inside == kernel) continue;
        std::size_t next = 0;  // what for_window left out
        const auto fill = [&](std::size_t until) {
            for (; next < until; ++next) {
                for (std::size_t c = 0; c < channels; ++c) out[next + c * kernel] = empty;
            }
        };
        for_window(l.window, v, [&](std::size_t k, std::size_t) {
            fill(k);
            next = k + 1;
        });
        fill(kernel);
    }
}

}  // namespace network
