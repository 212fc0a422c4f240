// SPDX-License-Identifier: Apache-2.0
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemm.cpp"
#include <hwy/foreach_target.h>
// foreach_target includes this file once for each instruction set.
#include <hwy/highway.h>

#include "gemm.hpp"

HWY_BEFORE_NAMESPACE();
namespace network::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// `Rows` rows by two vectors of columns, held in registers over the whole depth.
template <std::size_t Rows, class D>
HWY_INLINE void block(D d, const GemmRows& x, std::size_t row, const double* w, std::size_t width,
                      double* y) {
    using V = hn::Vec<D>;
    V low[Rows], high[Rows];
    const std::size_t lanes = hn::Lanes(d);
    const double* from[Rows];
    for (std::size_t r = 0; r < Rows; ++r) {
        low[r] = high[r] = hn::Zero(d);
        from[r] = x.data + x.starts[row + r];
    }
    for (std::size_t k = 0; k < x.depth; ++k) {
        const std::size_t offset = x.offsets[k];
        const V a = hn::LoadU(d, w + k * width), b = hn::LoadU(d, w + k * width + lanes);
        for (std::size_t r = 0; r < Rows; ++r) {
            const V s = hn::Set(d, from[r][offset]);
            low[r] = hn::MulAdd(s, a, low[r]);
            high[r] = hn::MulAdd(s, b, high[r]);
        }
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        hn::StoreU(low[r], d, y + r * width);
        hn::StoreU(high[r], d, y + r * width + lanes);
    }
}

void Gemm(const GemmRows& x, std::size_t rows, const double* w, std::size_t width, double* y) {
    constexpr std::size_t together = 6;
    const hn::CappedTag<double, gemm_block / 2> d;
    const std::size_t step = 2 * hn::Lanes(d);
    std::size_t v = 0;
    for (; v + together <= rows; v += together) {
        for (std::size_t m = 0; m < width; m += step)
            block<together>(d, x, v, w + m, width, y + v * width + m);
    }
    for (; v < rows; ++v) {
        for (std::size_t m = 0; m < width; m += step)
            block<1>(d, x, v, w + m, width, y + v * width + m);
    }
}

}  // namespace network::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace network {

HWY_EXPORT(Gemm);

void gemm(const GemmRows& x, std::size_t rows, const double* w, std::size_t width, double* y) {
    HWY_DYNAMIC_DISPATCH(Gemm)(x, rows, w, width, y);
}

}  // namespace network
#endif
