// SPDX-License-Identifier: Apache-2.0
/// column_quant: operands of `run`, and what is written into cells, registers and the array model.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "generator/design.hpp"
#include "generator/schemes/column_quant/scheme.hpp"

namespace generator::column_quant {

namespace {

OperandRule tensor_rule(const Design& d, std::int64_t min, std::int64_t max) {
    const Granularity g = section_of(d.config).granularity;
    OperandRule rule{.taken = true, .required = true, .always = true, .min = min, .max = max};
    rule.by_tile = rule.by_plane = g != Granularity::layer;
    rule.by_output = g == Granularity::column;
    rule.why = g == Granularity::column  ? "column_quant.granularity: column"
               : g == Granularity::array ? "column_quant.granularity: array"
                                         : "column_quant.granularity: layer";
    return rule;
}

OperandRule alpha_rule(const Design& d) {
    return tensor_rule(d, 0, (std::int64_t{1} << alpha_bits) - 1);
}

OperandRule scale_rule(const Design& d) {
    return tensor_rule(d, 0, (std::int64_t{1} << section_of(d.config).scale_bits) - 1);
}

OperandRule center_rule(const Design& d) {
    OperandRule rule = tensor_rule(d, center_min, center_max);
    rule.required = false;
    rule.instead = fmt::format("column_quant.center, {}, is the centre of every tile and plane",
                               section_of(d.config).center);
    return rule;
}

/// c0 of a plane of the tile.
std::int64_t center_of(const Design& d, const TileView& tile, std::size_t plane) {
    return tile.has_operand("center") ? tile.operand("center", plane, 0)
                                      : section_of(d.config).center;
}

/// What trims a column's ADC. The bits' meaning is the macro's; `run` writes the top bits of alpha.
std::int64_t trim_of(const Design& d, std::int64_t alpha) {
    return alpha >> (alpha_bits - section_of(d.config).range_bits);
}

/// A column's parameters as the array's model has them (cim_array_model).
std::uint32_t parameter_word(std::int64_t alpha, std::int64_t center, std::int64_t trim) {
    return static_cast<std::uint32_t>(alpha) | (static_cast<std::uint32_t>(center) & 0xffU) << 16 |
           static_cast<std::uint32_t>(trim) << 24;
}

/// The top plane in two's complement counts its top digit negatively.
bool counts_negatively(const Design& d, std::size_t column) {
    const Section& s = section_of(d.config);
    const auto planes = static_cast<std::size_t>(d.planes);
    return !s.differential && s.cell_bits == 1 && column % planes == planes - 1;
}

}  // namespace

std::span<const OperandSpec> ColumnQuantScheme::operands() const {
    static constexpr std::array<OperandSpec, 3> table = {{
        {"alpha", OperandShape::tile_plane_outputs,
         "inverse ADC steps of the columns, shape (T, planes, M)", alpha_rule},
        {"scale", OperandShape::tile_plane_outputs,
         "scale factors of the columns' codes, shape (T, planes, M)", scale_rule},
        {"center", OperandShape::tile_planes,
         "centres of the code windows, shape (T, planes); default column_quant.center",
         center_rule},
    }};
    return table;
}

std::vector<std::uint32_t> ColumnQuantScheme::weight_cells(const Design& d, std::int64_t weight,
                                                           bool& /*clipped*/) const {
    const Section& s = section_of(d.config);
    const auto slices = static_cast<std::size_t>(s.slices());
    const std::uint64_t mask = (std::uint64_t{1} << s.cell_bits) - 1;
    std::vector<std::uint32_t> cells(static_cast<std::size_t>(d.planes));
    const auto put = [&](std::size_t first, std::int64_t value) {
        for (std::size_t j = 0; j < slices; ++j) {
            const auto digit = (static_cast<std::uint64_t>(value) >> (j * s.cell_bits)) & mask;
            cells[first + j] = static_cast<std::uint32_t>(digit);
        }
    };
    if (!s.differential) {
        put(0, weight);
    } else {
        put(0, std::max<std::int64_t>(weight, 0));
        put(slices, std::max<std::int64_t>(-weight, 0));
    }
    return cells;
}

std::vector<std::int64_t> ColumnQuantScheme::register_values(const Design& d, std::string_view file,
                                                             const TileView& tile) const {
    const auto value = [&](std::size_t plane, std::size_t output) {
        if (file == "center") return center_of(d, tile, plane);
        return file == "trim" ? trim_of(d, tile.operand("alpha", plane, output))
                              : tile.operand(file, plane, output);
    };
    const Granularity g = section_of(d.config).granularity;
    const bool by_column = g == Granularity::column && file != "center";
    const std::size_t outputs = by_column ? static_cast<std::size_t>(d.config.array.outputs) : 1;
    const std::size_t planes = g == Granularity::layer ? 1 : static_cast<std::size_t>(d.planes);
    std::vector<std::int64_t> values;
    for (std::size_t o = 0; o < outputs; ++o) {
        for (std::size_t j = 0; j < planes; ++j) values.push_back(value(j, o));
    }
    return values;
}

std::int64_t ColumnQuantScheme::stage_factor(const Design& d, const TileView& tile) const {
    return d.output.factor_bits > 0 ? tile.operand("scale", 0, 0) : 1;
}

std::vector<std::uint32_t> ColumnQuantScheme::array_parameters(const Design& d,
                                                               const TileView& tile) const {
    std::vector<std::uint32_t> parameters;
    for (std::size_t o = 0; o < static_cast<std::size_t>(d.config.array.outputs); ++o) {
        for (std::size_t j = 0; j < static_cast<std::size_t>(d.planes); ++j) {
            // Granularity array: a trim is the plane's, also where an output is not used.
            const bool shared = section_of(d.config).granularity != Granularity::column;
            const std::int64_t trim = trim_of(d, tile.operand("alpha", j, shared ? 0 : o));
            parameters.push_back(
                parameter_word(tile.operand("alpha", j, o), center_of(d, tile, j), trim));
        }
    }
    return parameters;
}

/// All rows span the range, from its middle's centre; alpha and c0 as wide as they may be.
ProbeColumns ColumnQuantScheme::probe_columns(const Design& d, double span) const {
    const Section& s = section_of(d.config);
    const double one = std::ldexp(1.0, s.alpha_frac);
    const auto alpha = std::clamp<std::int64_t>(std::llround(span * one / d.config.array.rows), 1,
                                                (std::int64_t{1} << alpha_bits) - 1);
    const std::int64_t centre = std::min(center_max, std::int64_t{1} << (d.adc.bits - 1));
    ProbeColumns columns;
    if (s.range_bits > 0) columns.trim = trim_of(d, alpha);
    for (std::size_t c = 0; c < static_cast<std::size_t>(d.columns); ++c) {
        const std::int64_t sign = counts_negatively(d, c) ? -1 : 1;
        columns.words.push_back(parameter_word(alpha, sign * centre, columns.trim.value_or(0)));
        columns.transfers.push_back({static_cast<double>(sign * alpha) / one, sign * centre});
    }
    return columns;
}

}  // namespace generator::column_quant
