/// Conventional: ranges, factors and cells. Source: the specification's page "conventional".
#include "generator/design.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/conventional/scheme.hpp"

namespace generator::conventional {

void ConventionalScheme::elaborate(const Config& config, Design& d) const {
    const auto& s = std::get<Section>(config.section);
    d.planes = s.weight_bits;
    d.steps = s.input_bits;
    d.array = {.weight_bits = s.weight_bits,
               .signed_planes = std::vector<bool>(s.weight_bits, false)};
    d.analog = {.v_min = 0, .v_max = config.array.active_rows, .signed_adc = false};
    d.input = {.port_bits = s.input_bits, .element_bits = s.input_bits};
    for (int t = 0; t < d.steps; ++t) d.step_pos.push_back(t);
    d.negate_last_step = s.input_signed;
    for (int j = 0; j < d.planes; ++j) {
        d.plane_pos.push_back(j);
        d.plane_negate.push_back(j == d.planes - 1);
    }
}

void ConventionalScheme::finish(Design& d) const {
    d.frontend = {"conventional_frontend", step_parameters(d)};
    d.frontend.parameters.push_back(shared_parameter("Steps"));
    d.frontend.parameters.push_back(flag_parameter("NegateTop", d.negate_last_step));
    d.backend = plain_backend(d);
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
