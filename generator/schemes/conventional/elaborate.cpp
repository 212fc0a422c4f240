// SPDX-License-Identifier: Apache-2.0
/// Conventional: ranges, factors and cells. Source: docs/spec/conventional.md.
#include <utility>

#include "generator/design.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/conventional/scheme.hpp"

namespace generator::conventional {

Plan ConventionalScheme::plan(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    Plan plan;
    plan.planes = s.weight_bits;
    plan.steps = s.input_bits;
    plan.array = {.weight_bits = s.weight_bits,
                  .signed_planes = std::vector<bool>(s.weight_bits, false)};
    plan.analog = {.v_min = 0, .v_max = config.array.active_rows, .signed_adc = false};
    plan.input = {
        .port_bits = s.input_bits, .element_bits = s.input_bits, .work_bits = s.input_bits};
    for (int t = 0; t < plan.steps; ++t) plan.step_pos.push_back(t);
    plan.negate_last_step = s.input_signed;
    for (int j = 0; j < plan.planes; ++j) {
        plan.plane_pos.push_back(j);
        plan.plane_negate.push_back(j == plan.planes - 1);
    }
    return plan;
}

Modules ConventionalScheme::modules(const Derived& d) const {
    EndModule frontend{"conventional_frontend", step_parameters(d)};
    frontend.parameters.push_back(shared_parameter("Steps"));
    frontend.parameters.push_back(flag_parameter("NegateTop", d.negate_last_step));
    return {.frontend = std::move(frontend), .backend = plain_backend(d), .registers = {}};
}

std::vector<std::uint32_t> ConventionalScheme::weight_cells(const Design& d, std::int64_t weight,
                                                            bool& /*clipped*/) const {
    std::vector<std::uint32_t> cells(d.planes);
    for (int j = 0; j < d.planes; ++j) {
        cells[j] = static_cast<std::uint32_t>((static_cast<std::uint64_t>(weight) >> j) & 1U);
    }
    return cells;
}

}  // namespace generator::conventional
