// SPDX-License-Identifier: Apache-2.0
/// Windows over the spatial axes of an image: kernels, strides, dilations, pads, auto_pad.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "operators.hpp"

namespace network {

/// Always three spatial axes; absent ones (before the others) are 1.
struct Window {
    std::array<std::int64_t, 3> in{1, 1, 1}, kernel{1, 1, 1}, stride{1, 1, 1}, dilation{1, 1, 1};
    std::array<std::int64_t, 3> before{0, 0, 0}, after{0, 0, 0}, out{1, 1, 1};
    std::size_t spatial = 0;  ///< axes that the model has

    std::size_t in_size() const { return static_cast<std::size_t>(in[0] * in[1] * in[2]); }
    std::size_t out_size() const { return static_cast<std::size_t>(out[0] * out[1] * out[2]); }
    std::size_t kernel_size() const {
        return static_cast<std::size_t>(kernel[0] * kernel[1] * kernel[2]);
    }
    /// The spatial extents of the output.
    Shape out_shape() const;
};

/// By the node's attributes for an input (N, C, spatial…). `kernel`: the weights' extents, empty
/// for a pool, which has the attribute. Refuses what has no output, or bad attributes.
Window window_of(const Node& node, const Shape& input, const Shape& kernel);

/// Calls f(o, k, at) for output position o, position k of the kernel and the element `at` of the
/// channel's plane, for each that lies inside the image.
template <class F>
void for_window(const Window& w, std::size_t o, F&& f) {
    std::array<std::int64_t, 3> origin{};
    auto rest = static_cast<std::int64_t>(o);
    for (std::size_t d = 3; d-- > 0;) {
        origin[d] = rest % w.out[d] * w.stride[d] - w.before[d];
        rest /= w.out[d];
    }
    std::size_t k = 0;
    for (std::int64_t a = 0; a < w.kernel[0]; ++a) {
        const std::int64_t z = origin[0] + a * w.dilation[0];
        for (std::int64_t b = 0; b < w.kernel[1]; ++b) {
            const std::int64_t y = origin[1] + b * w.dilation[1];
            const bool line = z >= 0 && z < w.in[0] && y >= 0 && y < w.in[1];
            for (std::int64_t e = 0; e < w.kernel[2]; ++e, ++k) {
                const std::int64_t x = origin[2] + e * w.dilation[2];
                if (!line || x < 0 || x >= w.in[2]) continue;
                f(k, static_cast<std::size_t>((z * w.in[1] + y) * w.in[2] + x));
            }
        }
    }
}

}  // namespace network
