// SPDX-License-Identifier: Apache-2.0
/// One code for the elements of either kind of tensor.
#pragma once

#include "network/tensor.hpp"

namespace network {

/// Calls `f(from, to)` with the vectors of two tensors of one type.
template <class F>
void with_data(const Tensor& from, Tensor& to, F&& f) {
    if (from.is_float()) {
        f(from.f, to.f);
    } else {
        f(from.i, to.i);
    }
}

/// Extents before, at and behind an axis.
struct Split {
    std::size_t outer = 1, extent = 1, inner = 1;
};
inline Split split_at(const Shape& shape, std::size_t axis) {
    Split s;
    for (std::size_t k = 0; k < shape.size(); ++k) {
        (k < axis ? s.outer : k == axis ? s.extent : s.inner) *= static_cast<std::size_t>(shape[k]);
    }
    return s;
}

}  // namespace network
