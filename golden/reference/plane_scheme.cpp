// SPDX-License-Identifier: Apache-2.0
#include "golden/plane_scheme.hpp"

#include <algorithm>
#include <vector>

#include "golden/columns.hpp"

namespace golden {

Range PlaneScheme::tile_range(int groups, Range codes) const {
    Range sum;
    for (int t = 0; t < shape().steps; ++t) {
        for (int j = 0; j < shape().planes; ++j) {
            const std::int64_t factor = step_factor(t) * plane_factor(j);
            sum.max += groups * std::max(factor * codes.min, factor * codes.max);
            sum.min += groups * std::min(factor * codes.min, factor * codes.max);
        }
    }
    return sum;
}

void PlaneScheme::add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const {
    const Shape form = shape();
    const Columns columns(group, form.planes,
                          [&](std::int64_t weight, int plane) { return cell(weight, plane); });
    std::vector<std::int64_t> driven(group.inputs.size());
    for (int t = 0; t < form.steps; ++t) {
        for (std::size_t row = 0; row < driven.size(); ++row)
            driven[row] = drive(group.inputs[row], t);
        columns.convert(array, 0, t, driven, [&](std::size_t output, int plane, std::int64_t code) {
            sums[output] += step_factor(t) * plane_factor(plane) * code;
        });
    }
}

}  // namespace golden
