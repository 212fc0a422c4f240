// SPDX-License-Identifier: Apache-2.0
/// What a scheme does unless it says otherwise, and the operands that all take.
#include "generator/scheme.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "generator/design.hpp"

namespace generator {

namespace {

OperandRule bias_rule(const Design& d) {
    const std::int64_t half = std::int64_t{1} << (d.accumulator.bits - 1);
    const bool taken = d.config.accumulator.bias;
    return {.taken = taken,
            .required = taken,
            .min = -half,
            .max = half - 1,
            .why = taken ? "accumulator.bias: true" : "accumulator.bias: false"};
}

/// Measured numbers of a chip: taken by every config, never needed.
OperandRule measured_rule(std::int64_t min, std::int64_t max) {
    return {.required = false, .min = min, .max = max, .why = "the range of a measured chip"};
}
OperandRule cell_gain_rule(const Design&) { return measured_rule(0, (1 << 18) - 1); }
OperandRule adc_step_rule(const Design&) { return measured_rule(-(1 << 22), 1 << 22); }
OperandRule adc_gain_rule(const Design&) { return measured_rule(-(1 << 15), 1 << 15); }

OperandRule correction_rule(const Design& d) {
    const int bits = d.config.adc.correction_bits;
    OperandRule rule{.taken = bits > 0, .required = false};
    rule.why = "adc.correction_bits: " + std::to_string(bits);
    if (bits > 0) rule.min = -(std::int64_t{1} << (bits - 1));
    if (bits > 0) rule.max = -rule.min - 1;
    return rule;
}

OperandRule requant_rule(const Design& d, std::int64_t min, std::int64_t max) {
    const bool taken = d.config.output.requant;
    return {.taken = taken,
            .required = taken,
            .min = min,
            .max = max,
            .why = taken ? "output.mode: requant" : "output.mode: raw"};
}
OperandRule multiplier_rule(const Design& d) {
    OperandRule rule = requant_rule(d, 0, (std::int64_t{1} << d.config.output.multiplier_bits) - 1);
    if (rule.taken)
        rule.why += fmt::format(", output.multiplier_bits: {}", d.config.output.multiplier_bits);
    return rule;
}
OperandRule shift_rule(const Design& d) { return requant_rule(d, 1, 63); }

}  // namespace

void SchemeKeys::complete(Values&, const std::function<bool(std::string_view)>&) const {}

Extremes SchemeHardware::tile_range(const Config& config, const Plan& plan, const Adc& adc) const {
    return product_tile_range(config, plan, adc);
}

std::optional<Extremes> SchemeHardware::register_range(const Config&, const Plan&, const Adc&,
                                                       bool /*saturates*/) const {
    return {};
}

int SchemeHardware::stage_factor_bits(const Config&, bool /*saturates*/) const { return 0; }

std::string_view SchemeHardware::sum_remedy() const {
    return "a smaller accumulator.max_tiles or adc.bits";
}

std::span<const OperandSpec> SchemeData::operands() const { return {}; }

std::string_view SchemeKeys::refusal(std::string_view) const { return {}; }

std::span<const SettingSpec> SchemeData::settings() const { return {}; }

TileCells SchemeData::tile_cells(const Design& d, const TileView& tile) const {
    const auto columns = static_cast<std::size_t>(d.columns);
    TileCells result;
    result.cells.assign(tile.rows * columns, 0);
    for (std::size_t r = 0; r < tile.rows; ++r) {
        std::size_t at = r * columns;
        for (std::size_t o = 0; o < tile.outputs; ++o) {
            bool clipped = false;
            for (const std::uint32_t cell : weight_cells(d, tile.weight(r, o), clipped)) {
                result.cells[at++] = static_cast<std::uint8_t>(cell);
            }
            result.clipped += clipped;
        }
    }
    return result;
}

std::vector<std::int64_t> SchemeData::register_values(const Design&, std::string_view file,
                                                      const TileView&) const {
    throw std::logic_error("no values for the register file " + std::string(file));
}

std::int64_t SchemeData::stage_factor(const Design&, const TileView&) const { return 1; }

std::vector<std::uint32_t> SchemeData::array_parameters(const Design&, const TileView&) const {
    return {};
}

std::vector<RowProduct> SchemeData::row_products(const Design&) const { return {RowProduct{}}; }

ProbeColumns SchemeData::probe_columns(const Design&, double /*span*/) const { return {}; }

std::int64_t SchemeData::input_element(const Design&, std::int64_t input) const { return input; }

std::vector<std::uint32_t> SchemeData::weight_cells(const Design&, std::int64_t, bool&) const {
    throw std::logic_error("a scheme has weight_cells or its own tile_cells");
}

bool SchemeData::input_clips(const Design& /*design*/, std::int64_t /*input*/) const {
    return false;
}

std::span<const OperandSpec> common_operands() {
    static constexpr std::array<OperandSpec, 8> table = {{
        {"bias", OperandShape::outputs, "starting values, shape (M,), with accumulator.bias",
         bias_rule},
        {"cell-gain", OperandShape::cells,
         "measured gains of the cells in 2^-16, shape (banks or 1, rows, outputs*planes)",
         cell_gain_rule, true},
        {"adc-offset", OperandShape::adcs, "measured offsets in 2^-16 of an ADC step, (ADCs,)",
         adc_step_rule, true},
        {"adc-gain", OperandShape::adcs, "measured gain errors in 2^-16, (ADCs,)", adc_gain_rule,
         true},
        {"adc-inl", OperandShape::adc_codes,
         "measured INL in 2^-16 of an ADC step, (ADCs, 2^bits), from the lowest code up",
         adc_step_rule, true},
        {"correction", OperandShape::adcs, "offset corrections, (ADCs,), with adc.correction_bits",
         correction_rule},
        {"multiplier", OperandShape::outputs,
         "multipliers M of the output stage, (M,), with output.mode requant", multiplier_rule},
        {"shift", OperandShape::outputs,
         "shifts S of the output stage, 1 to 63, (M,), with output.mode requant", shift_rule},
    }};
    return table;
}

std::vector<const OperandSpec*> operands_of(const SchemeData& scheme) {
    std::vector<const OperandSpec*> all;
    for (const OperandSpec& o : common_operands()) all.push_back(&o);
    for (const OperandSpec& o : scheme.operands()) all.push_back(&o);
    return all;
}

}  // namespace generator
