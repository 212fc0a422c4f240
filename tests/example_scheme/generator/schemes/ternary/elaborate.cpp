// SPDX-License-Identifier: Apache-2.0
/// Ternary: ranges, factors, modules and cells.
#include <utility>

#include "generator/design.hpp"
#include "generator/schemes/ternary/config.hpp"
#include "generator/schemes/ternary/scheme.hpp"

namespace generator::ternary {

Plan TernaryScheme::plan(const Config& config) const {
    const int input_bits = std::get<Section>(config.section).input_bits;
    Plan plan;
    plan.planes = 2;  // w+, w-
    plan.steps = input_bits;
    plan.array = {.weight_bits = 2, .signed_planes = {false, false}};
    plan.analog = {.v_min = 0, .v_max = config.array.active_rows, .signed_adc = false};
    plan.input = {.port_bits = input_bits, .element_bits = input_bits, .work_bits = input_bits};
    for (int t = 0; t < plan.steps; ++t) plan.step_pos.push_back(t);
    plan.plane_pos = {0, 0};
    plan.plane_negate = {false, true};
    return plan;
}

Modules TernaryScheme::modules(const Derived& d) const {
    EndModule frontend{"ternary_frontend", step_parameters(d)};
    frontend.parameters.push_back(shared_parameter("Steps"));
    return {.frontend = std::move(frontend), .backend = plain_backend(d), .registers = {}};
}

std::vector<std::uint32_t> TernaryScheme::weight_cells(const Design&, std::int64_t weight,
                                                       bool& /*clipped*/) const {
    return {weight > 0 ? 1U : 0U, weight < 0 ? 1U : 0U};
}

}  // namespace generator::ternary
