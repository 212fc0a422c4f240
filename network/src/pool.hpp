// SPDX-License-Identifier: Apache-2.0
/// Sums that averages of either kind, float or integer, divide.
#pragma once

#include <utility>
#include <vector>

#include "operators.hpp"

namespace network {

struct Pooled {
    Shape shape;
    std::vector<double> sums;
    /// {what the sum is divided by, how many elements it has}.
    std::vector<std::pair<double, double>> counts;
};
Pooled average_windows(const Call& call, const Tensor& x);
Pooled average_planes(const Tensor& x);

}  // namespace network
