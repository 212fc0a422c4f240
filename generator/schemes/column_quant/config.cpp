// SPDX-License-Identifier: Apache-2.0
#include "generator/schemes/column_quant/config.hpp"

#include <fmt/format.h>

#include <array>

#include "generator/design.hpp"
#include "generator/schemes/column_quant/scheme.hpp"

namespace generator::column_quant {

namespace {

constexpr std::array<std::string_view, 3> granularities = {"column", "array", "layer"};

int integer(const Values& values, std::string_view path) {
    return static_cast<int>(std::get<std::int64_t>(values.find(path)->second));
}

/// `path` divides `whole`, where both are known.
void check_divides(std::string_view path, std::string_view whole, const Values& values,
                   const Report& report) {
    const auto* part = find_value<std::int64_t>(values, path);
    const auto* all = find_value<std::int64_t>(values, whole);
    if (!part || !all || *all % *part == 0) return;
    report(path, fmt::format("found {}; expected a divisor of {} = {}", *part, whole, *all));
}

KeySpec own_integer(std::string_view path, std::int64_t min, std::int64_t max,
                    std::int64_t fallback, std::string_view doc) {
    return {path, KeyKind::integer, min, max, {}, Value(fallback), "", doc};
}

}  // namespace

std::unique_ptr<const Scheme> make_scheme(const Section&) {
    return std::make_unique<ColumnQuantScheme>();
}

std::string_view ColumnQuantScheme::name() const { return Section::scheme; }

std::string_view ColumnQuantScheme::summary() const {
    return "low-precision ADCs with a step and a digital scale factor for each physical column";
}

std::span<const KeySpec> ColumnQuantScheme::keys() const {
    static const std::vector<KeySpec> table = {
        {"adc.bits", KeyKind::integer, 1, 8, {}, std::nullopt, "", "code width in bits"},
        input_bits_key(),
        weight_bits_key(2),
        own_integer("column_quant.cell_bits", 1, 4, 1,
                    "bits of a weight in one cell; divides weight.bits"),
        {"column_quant.signing",
         KeyKind::choice,
         0,
         0,
         {"twos_complement", "differential"},
         std::string("differential"),
         "",
         "planes of w+ and of w-, or a reference column that subtracts the top digit"},
        {"column_quant.dac_bits",
         KeyKind::integer,
         1,
         8,
         {},
         std::nullopt,
         "input.bits",
         "bits of an input driven in one step; divides input.bits"},
        own_integer("column_quant.alpha_frac", 0, 24, 16,
                    "fraction bits of alpha, the inverse ADC steps"),
        own_integer("column_quant.scale_bits", 1, 16, 8, "width of a digital scale factor in bits"),
        own_integer("column_quant.center", center_min, center_max, 0,
                    "centre of the codes of every tile and plane without --center"),
        {"column_quant.granularity",
         KeyKind::choice,
         0,
         0,
         {granularities.begin(), granularities.end()},
         std::string("column"),
         "",
         "what has a scale factor of its own: a column, a plane (array), or nothing (layer)"},
        own_integer("column_quant.range_bits", 0, 8, 0,
                    "bits that trim a column's ADC step, driven at the array port"),
    };
    return table;
}

void ColumnQuantScheme::complete(Values& values,
                                 const std::function<bool(std::string_view)>& broken) const {
    const auto* input = find_value<std::int64_t>(values, "input.bits");
    const bool absent = !values.contains("column_quant.dac_bits");
    if (input && absent && !broken("column_quant.dac_bits"))
        values["column_quant.dac_bits"] = *input;
}

void ColumnQuantScheme::validate(const Values& values, const Report& report) const {
    check_divides("column_quant.cell_bits", "weight.bits", values, report);
    check_divides("column_quant.dac_bits", "input.bits", values, report);
}

int ColumnQuantScheme::planes(const Values& values) const {
    const int slices = integer(values, "weight.bits") / integer(values, "column_quant.cell_bits");
    const auto& signing = std::get<std::string>(values.at("column_quant.signing"));
    return signing == "differential" ? 2 * slices : slices;
}

SchemeSection ColumnQuantScheme::section(const Values& values) const {
    const auto& signing = std::get<std::string>(values.at("column_quant.signing"));
    const auto& granularity = std::get<std::string>(values.at("column_quant.granularity"));
    std::size_t index = 0;
    while (granularities[index] != granularity) ++index;
    return Section{
        .input_bits = integer(values, "input.bits"),
        .weight_bits = integer(values, "weight.bits"),
        .cell_bits = integer(values, "column_quant.cell_bits"),
        .differential = signing == "differential",
        .dac_bits = integer(values, "column_quant.dac_bits"),
        .alpha_frac = integer(values, "column_quant.alpha_frac"),
        .scale_bits = integer(values, "column_quant.scale_bits"),
        .center = integer(values, "column_quant.center"),
        .granularity = static_cast<Granularity>(index),
        .range_bits = integer(values, "column_quant.range_bits"),
    };
}

Values ColumnQuantScheme::section_values(const SchemeSection& section) const {
    const auto& s = std::get<Section>(section);
    const auto name = granularities[static_cast<std::size_t>(s.granularity)];
    return {
        {"input.bits", std::int64_t{s.input_bits}},
        {"weight.bits", std::int64_t{s.weight_bits}},
        {"column_quant.cell_bits", std::int64_t{s.cell_bits}},
        {"column_quant.signing", std::string(s.differential ? "differential" : "twos_complement")},
        {"column_quant.dac_bits", std::int64_t{s.dac_bits}},
        {"column_quant.alpha_frac", std::int64_t{s.alpha_frac}},
        {"column_quant.scale_bits", std::int64_t{s.scale_bits}},
        {"column_quant.center", std::int64_t{s.center}},
        {"column_quant.granularity", std::string(name)},
        {"column_quant.range_bits", std::int64_t{s.range_bits}}};
}

ValueRange ColumnQuantScheme::input_range(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    return {0, (std::int64_t{1} << s.input_bits) - 1};
}

ValueRange ColumnQuantScheme::weight_range(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    if (s.differential) {
        const std::int64_t top = (std::int64_t{1} << s.weight_bits) - 1;
        return {-top, top};
    }
    const std::int64_t half = std::int64_t{1} << (s.weight_bits - 1);
    return {-half, half - 1};
}

const Section& section_of(const Config& config) { return std::get<Section>(config.section); }

}  // namespace generator::column_quant
