/// What a scheme does unless it says otherwise, and the operands that all take.
#include "generator/scheme.hpp"

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

}  // namespace

void SchemeKeys::complete(Values&, const std::function<bool(std::string_view)>&) const {}

Extremes SchemeHardware::tile_range(const Config& config, const Plan& plan, const Adc& adc) const {
    return product_tile_range(config, plan, adc);
}

std::optional<Extremes> SchemeHardware::register_range(const Config&, const Plan&, const Adc&,
                                                       bool /*saturates*/) const {
    return {};
}

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

std::vector<std::uint32_t> SchemeData::array_parameters(const Design&, const TileView&) const {
    return {};
}

std::int64_t SchemeData::input_element(const Design&, std::int64_t input) const { return input; }

std::vector<std::uint32_t> SchemeData::weight_cells(const Design&, std::int64_t, bool&) const {
    throw std::logic_error("a scheme has weight_cells or its own tile_cells");
}

bool SchemeData::input_clips(const Design& /*design*/, std::int64_t /*input*/) const {
    return false;
}

std::span<const OperandSpec> common_operands() {
    static constexpr std::array<OperandSpec, 1> table = {{
        {"bias", OperandShape::outputs, "starting values, shape (M,), with accumulator.bias",
         bias_rule},
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
