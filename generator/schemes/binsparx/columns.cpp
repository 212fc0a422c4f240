// SPDX-License-Identifier: Apache-2.0
/// BinSparX: what the tool computes of a tile's weights: cells, flips and corrections.
#include <array>

#include "generator/design.hpp"
#include "generator/schemes/binsparx/config.hpp"
#include "generator/schemes/binsparx/scheme.hpp"

namespace generator::binsparx {

namespace {

/// One group's part of a column.
struct Column {
    std::int64_t rows = 0;  ///< n: present rows
    std::int64_t ones = 0;  ///< sb: weights +1
    bool flipped = false;   ///< f_w
};

Column column_of(const Design& d, const TileView& tile, std::size_t group, std::size_t output) {
    const auto& s = std::get<Section>(d.config.section);
    const auto active = static_cast<std::size_t>(d.config.array.active_rows);
    Column column;
    for (std::size_t r = group * active; r < (group + 1) * active && r < tile.rows; ++r) {
        ++column.rows;
        column.ones += output < tile.outputs && tile.weight(r, output) > 0;
    }
    column.flipped = s.weights && column.rows > 0 && 2 * column.ones >= column.rows;
    return column;
}

/// {f_w, floor(C/2)}, C = n - 2·sb': its lowest bit is that of n.
std::int64_t word_of(const Design& d, const Column& c) {
    const std::int64_t ones = c.flipped ? c.rows - c.ones : c.ones;
    const std::int64_t half = (c.rows - 2 * ones) >> 1;
    return half + (c.flipped ? std::int64_t{1} << (d.registers.front().bits - 1) : 0);
}

OperandRule threshold_rule(const Design& d) {
    const std::int64_t half = std::int64_t{1} << (d.accumulator.bits - 1);
    const bool taken = std::get<Section>(d.config.section).threshold;
    return {.taken = taken,
            .required = taken,
            .min = -half,
            .max = half - 1,
            .why = taken ? "binsparx.threshold: true" : "binsparx.threshold: false"};
}

}  // namespace

std::span<const OperandSpec> BinSparXScheme::operands() const {
    static constexpr std::array<OperandSpec, 1> table = {{
        {"threshold", OperandShape::outputs, "thresholds, shape (M,), with binsparx.threshold",
         threshold_rule},
    }};
    return table;
}

TileCells BinSparXScheme::tile_cells(const Design& d, const TileView& tile) const {
    const auto columns = static_cast<std::size_t>(d.columns);
    const auto active = static_cast<std::size_t>(d.config.array.active_rows);
    TileCells result;
    result.cells.assign(tile.rows * columns, 0);
    for (std::size_t o = 0; o < tile.outputs; ++o) {
        for (std::size_t first = 0; first < tile.rows; first += active) {
            const bool flipped = column_of(d, tile, first / active, o).flipped;
            for (std::size_t r = first; r < first + active && r < tile.rows; ++r) {
                result.cells[r * columns + o] = (tile.weight(r, o) > 0) != flipped;
            }
        }
    }
    return result;
}

std::vector<std::int64_t> BinSparXScheme::register_values(const Design& d, std::string_view file,
                                                          const TileView& tile) const {
    const auto outputs = static_cast<std::size_t>(d.config.array.outputs);
    std::vector<std::int64_t> values;
    if (file == "threshold") {
        for (std::size_t o = 0; o < outputs; ++o) values.push_back(tile.operand(file, 0, o));
        return values;
    }
    for (std::size_t g = 0; g < static_cast<std::size_t>(d.groups); ++g) {
        for (std::size_t o = 0; o < outputs; ++o) {
            values.push_back(word_of(d, column_of(d, tile, g, o)));
        }
    }
    return values;
}

std::int64_t BinSparXScheme::input_element(const Design&, std::int64_t input) const {
    return (input + 1) / 2;
}

}  // namespace generator::binsparx
