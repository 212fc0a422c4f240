#include "src/plane_scheme.hpp"

#include <algorithm>
#include <vector>

namespace golden::detail {

std::int64_t PlaneScheme::input_level(std::int64_t input) const {
    std::int64_t level = 0;
    for (int t = 0; t < shape().steps; ++t) level += step_factor(t) * drive(input, t);
    return level;
}

std::int64_t PlaneScheme::weight_level(std::int64_t weight) const {
    std::int64_t level = 0;
    for (int j = 0; j < shape().planes; ++j) level += plane_factor(j) * cell(weight, j);
    return level;
}

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
    const std::size_t rows = group.inputs.size();
    const std::size_t columns = sums.size() * form.planes;

    std::vector<std::vector<std::int64_t>> cells(columns, std::vector<std::int64_t>(rows));
    for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t output = column / form.planes;
        const int plane = static_cast<int>(column % form.planes);
        for (std::size_t row = 0; row < rows; ++row) {
            cells[column][row] = cell(group.weights(row, output), plane);
        }
    }

    std::vector<std::int64_t> driven(rows);
    for (int t = 0; t < form.steps; ++t) {
        for (std::size_t row = 0; row < rows; ++row) driven[row] = drive(group.inputs[row], t);
        for (std::size_t column = 0; column < columns; ++column) {
            const Site site{group.tile, group.group, static_cast<std::size_t>(t), column};
            const int plane = static_cast<int>(column % form.planes);
            sums[column / form.planes] +=
                step_factor(t) * plane_factor(plane) * array.sample(site, driven, cells[column]);
        }
    }
}

}  // namespace golden::detail
