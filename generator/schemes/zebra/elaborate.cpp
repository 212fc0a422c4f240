// SPDX-License-Identifier: Apache-2.0
/// ZEBRA: ranges, factors, level table and cells. Source: docs/spec/zebra.md.
#include <array>
#include <cstdlib>
#include <utility>

#include "generator/design.hpp"
#include "generator/schemes/zebra/config.hpp"
#include "generator/schemes/zebra/scheme.hpp"

namespace generator::zebra {

namespace {

constexpr int magnitudes = 256;
constexpr int code_bits = 6;   // {S, P, b3, b2, b1, b0}
constexpr int level_bits = 5;  // {P, b3, b2, b1, b0}

int level_value(const Section& s, int code) {
    int value = 0;
    for (int k = 0; k < 4; ++k) {
        if ((code >> k) & 1) value += 1 << s.base[k];
    }
    return (code >> 4) & 1 ? value * s.ratio : value;
}

/// {P, b3..b0} of the level nearest to m: the smaller on a tie, pattern 0 where both have it.
int nearest_level(const Section& s, int m) {
    int best = 0;
    for (int code = 1; code < 1 << level_bits; ++code) {
        const int d = std::abs(level_value(s, code) - m);
        const int d_best = std::abs(level_value(s, best) - m);
        const bool smaller = level_value(s, code) < level_value(s, best);
        if (d < d_best || (d == d_best && smaller)) best = code;
    }
    return best;
}

}  // namespace

Plan ZebraScheme::plan(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    Plan plan;
    plan.planes = 4;
    plan.steps = 4;
    plan.array = {.drive_bits = 3,
                  .cell_bits = 3,
                  .weight_bits = code_bits,
                  .sign_level = true,
                  .ratio = s.ratio,
                  .signed_planes = std::vector<bool>(4, false)};
    const std::int64_t top = std::int64_t{config.array.active_rows} * s.ratio * s.ratio;
    plan.analog = {.v_min = -top, .v_max = top, .signed_adc = true};
    plan.input = {.port_bits = 9, .element_bits = code_bits, .work_bits = code_bits};
    plan.step_pos.assign(s.base.begin(), s.base.end());
    plan.plane_pos = plan.step_pos;
    plan.plane_negate.assign(4, false);
    return plan;
}

Modules ZebraScheme::modules(const Derived& d) const {
    const auto& s = std::get<Section>(d.config.section);
    std::vector<int> levels(magnitudes);
    for (int m = 0; m < magnitudes; ++m) levels[m] = nearest_level(s, m);
    EndModule frontend{"zebra_frontend", step_parameters(d)};
    frontend.parameters.push_back(table_parameter("Levels", levels, level_bits));
    return {.frontend = std::move(frontend), .backend = plain_backend(d), .registers = {}};
}

/// {sign, level, magnitude} of drive and cell; each level counts `ratio` times.
std::vector<RowProduct> ZebraScheme::row_products(const Design& d) const {
    constexpr std::uint8_t one = 1, level = 2, sign = 4;
    const std::int64_t ratio = std::get<Section>(d.config.section).ratio;
    const auto product = [](std::uint8_t drive, std::uint8_t cell, std::int64_t value) {
        return RowProduct{drive, cell, value, static_cast<std::uint8_t>(cell | sign)};
    };
    return {product(one, one, 1), product(one, level | one, ratio),
            product(level | one, level | one, ratio * ratio)};
}

bool ZebraScheme::input_clips(const Design& d, std::int64_t input) const {
    const auto& s = std::get<Section>(d.config.section);
    return std::abs(input) > level_value(s, 31);
}

std::vector<std::uint32_t> ZebraScheme::weight_cells(const Design& d, std::int64_t weight,
                                                     bool& clipped) const {
    const auto& s = std::get<Section>(d.config.section);
    const int magnitude = static_cast<int>(std::abs(weight));
    const int level = nearest_level(s, magnitude);
    if (magnitude > level_value(s, 31)) clipped = true;
    const bool sign = weight < 0 && (level & 15) != 0;
    std::vector<std::uint32_t> cells(4);
    for (int j = 0; j < 4; ++j) {
        cells[j] = (sign ? 4U : 0U) | (level & 16 ? 2U : 0U) | ((level >> j) & 1U);
    }
    return cells;
}

}  // namespace generator::zebra
