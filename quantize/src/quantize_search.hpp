// SPDX-License-Identifier: Apache-2.0
/// The scale (and zero point) of least squared error.
#pragma once

#include <cstddef>
#include <span>

#include "quantize_rounding.hpp"

namespace quantize {

struct Fit {
    double scale = 1;
    int zero_point = 0;
};

/// x ~ scale * level for every value, scale > 0. All zeros: scale 1. Values that no positive scale
/// represents (positive ones with the levels -1 and 0): their largest magnitude.
///
/// For a fixed choice of levels L the best scale is sum(xL) / sum(L^2), and the error falls by
/// sum(xL)^2 / sum(L^2). The search rates each point of a multiplicative grid by that drop, so that
/// a point stands for all scales that choose the same levels; then grids between the best points,
/// then choosing levels and scale in turn until neither changes. The grid's range is proven to hold
/// the optimum. Few values get a dense grid. The maximum-magnitude scale is among the candidates.
///
/// `share` is the number of values of all fits of this tensor: it bounds the work of each.
Fit best_scale(std::span<const double> values, const Rounding& rounding, std::size_t share);

/// As best_scale; and if the rounding takes a zero point and there are negative values,
/// x ~ scale * (level - zero_point) with the zero point one of the levels, so that zero stays
/// exact.
Fit best_fit(std::span<const double> values, const Rounding& rounding, std::size_t share);

}  // namespace quantize
