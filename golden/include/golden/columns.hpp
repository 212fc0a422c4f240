// SPDX-License-Identifier: Apache-2.0
/// The physical columns of one group, and one step over all of them: what the reference forms of
/// all schemes have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "golden/array.hpp"
#include "golden/scheme.hpp"

namespace golden {

/// The cells of a group's present rows, (O · planes, present rows).
class Columns {
  public:
    /// `cell(weight, plane)` is the value that a cell holds.
    template <class Cell>
    Columns(const Group& group, int planes, const Cell& cell)
        : group_(group),
          planes_(static_cast<std::size_t>(planes)),
          cells_(group.weights.cols * planes_) {
        for (std::size_t column = 0; column < cells_.size(); ++column) {
            for (std::size_t row = 0; row < group.weights.rows; ++row) {
                const std::int64_t weight = group.weights(row, column / planes_);
                cells_[column].push_back(cell(weight, static_cast<int>(column % planes_)));
            }
        }
    }

    /// Drives `drive` (present rows,) and converts every column; `take(output, plane, code)`
    /// receives the codes as the periphery uses them, `output` counting inside the column block.
    template <class Take>
    void convert(Array& array, std::size_t pass, int step, std::span<const std::int64_t> drive,
                 const Take& take) const {
        for (std::size_t column = 0; column < cells_.size(); ++column) {
            const std::size_t output = column / planes_, plane = column % planes_;
            const Site site{.tile = group_.tile,
                            .group = group_.group,
                            .pass = pass,
                            .step = static_cast<std::size_t>(step),
                            .column = column,
                            .plane = plane,
                            .output = group_.first_output + output};
            take(output, static_cast<int>(plane), array.sample(site, drive, cells_[column]));
        }
        array.end_step();
    }

  private:
    const Group& group_;
    std::size_t planes_;
    std::vector<std::vector<std::int64_t>> cells_;
};

}  // namespace golden
