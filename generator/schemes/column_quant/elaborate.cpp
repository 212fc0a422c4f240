// SPDX-License-Identifier: Apache-2.0
/// column_quant: ranges, factors, how the lanes share their datapath, registers. Source:
/// docs/spec/column_quant.md.
#include <algorithm>
#include <utility>

#include "generator/design.hpp"
#include "generator/schemes/column_quant/scheme.hpp"

namespace generator::column_quant {

namespace {

/// Visits a round may take at most: they count as latency of a vector.
constexpr int most_visits = 32;

int largest_divisor(int n, int most) {
    int d = std::clamp(most, 1, n);
    while (n % d != 0) --d;
    return d;
}

/// How the ADCs of a lane go through its one datapath: once all codes of a column are there, in
/// `visits` cycles, `terms` ADCs (of one output) at once.
struct LaneShape {
    int visits = 1;
    int terms = 1;
    int outputs = 1;
    int adcs() const { return visits * terms; }
    int output_adcs() const { return std::max(1, adcs() / outputs); }
};

/// A round may take as long as a conversion; half of the shortest vector's time at most, since a
/// result leaves that much later.
LaneShape lane_shape(const Config& config, int planes, int steps) {
    const int share = config.adc.share;
    const int vector_cycles = steps * share * config.adc.latency;
    const int most = std::min({config.adc.latency, most_visits, std::max(1, vector_cycles / 2)});
    if (share > planes) return {.outputs = share / planes};
    const int adcs = planes / share;  // of one output
    if (most < adcs) {
        const int visits = largest_divisor(adcs, most);
        return {.visits = visits, .terms = adcs / visits};
    }
    const int outputs = largest_divisor(config.array.outputs, most / adcs);
    return {.visits = outputs * adcs, .outputs = outputs};
}

/// The planes of w+ and w- of a slice share one scale and one centre: the centre cancels.
bool needs_center(const Section& s) {
    return s.granularity != Granularity::layer || !s.differential;
}

/// One scale for all, and no addition that may saturate: the sum is scaled when it leaves.
bool scaled_at_output(const Section& s, bool saturates) {
    return s.granularity == Granularity::layer && !saturates;
}

/// Scales, centres and trims of their own for each bank.
bool by_bank(const Section& s) { return s.granularity != Granularity::layer; }

int trim_entries(const Config& config, int planes) {
    const Section& s = section_of(config);
    if (s.range_bits == 0) return 0;
    if (s.granularity == Granularity::layer) return 1;
    const bool by_column = s.granularity == Granularity::column;
    return by_column ? config.array.outputs * planes / config.adc.share : planes;
}

/// Extremes of factor · code, summed.
struct Reach {
    Extremes sum{0, 0};
    void add(std::int64_t factor, const Extremes& codes) {
        const auto [lo, hi] = std::minmax({factor * codes.first, factor * codes.second});
        sum.first += lo;
        sum.second += hi;
    }
};

/// What a plane's code counts under a scale.
std::int64_t plane_factor(const Plan& plan, int plane, std::int64_t scale) {
    const std::int64_t factor = scale << plan.plane_pos[plane];
    return plan.plane_negate[plane] ? -factor : factor;
}

/// Extremes of one tile's sum under a scale.
Extremes sum_range(const Config& config, const Plan& plan, const Extremes& codes,
                   std::int64_t scale) {
    const std::int64_t groups = config.array.rows / config.array.active_rows;
    Reach reach;
    for (const int position : plan.step_pos) {
        for (int j = 0; j < plan.planes; ++j) {
            reach.add(plane_factor(plan, j, (scale * groups) << position), codes);
        }
    }
    return reach.sum;
}

/// Codes as the lanes add them.
Extremes code_range(const Section& s, const Adc& adc) {
    if (!needs_center(s)) return {adc.used_min, adc.used_max};
    return {adc.used_min + center_min, adc.used_max + center_max};
}

std::int64_t largest_scale(const Section& s) { return (std::int64_t{1} << s.scale_bits) - 1; }

/// What one visit adds, before the step's factor: width of the register between both.
int term_bits(const Derived& d, const LaneShape& shape, bool scaled) {
    const Section& s = section_of(d.config);
    const Extremes codes = code_range(s, d.adc);
    if (shape.terms == 1) {
        // Two bits at least: the shifter tells the sign from the rest.
        return std::max(2, signed_bits(codes.first, codes.second) + (scaled ? s.scale_bits : 0));
    }
    Reach reach;
    for (int j = 0; j < d.planes; ++j) {
        reach.add(plane_factor(d, j, scaled ? largest_scale(s) : 1), codes);
    }
    return signed_bits(reach.sum.first, reach.sum.second);
}

RegisterFile register_file(const Config& config, std::string name, int per_bank, int bits,
                           std::string doc) {
    RegisterFile file;
    file.name = std::move(name);
    file.bits = bits;
    file.is_signed = false;
    file.doc = std::move(doc);
    if (!by_bank(section_of(config))) {
        file.instance = "u_backend/u_factors/*u_" + file.name;
        file.entries = 1;
        file.scope = RegisterScope::macro;
        return file;
    }
    file.entries = per_bank * config.array.banks;
    file.scope = RegisterScope::bank;
    file.wait = RegisterWait::tile;
    file.ring = true;
    file.line = per_bank;
    file.line_stride = per_bank == 1 ? 1 : 1 << index_bits(per_bank);
    return file;
}

std::vector<RegisterFile> registers_of(const Derived& d) {
    const Section& s = section_of(d.config);
    const bool by_column = s.granularity == Granularity::column;
    const int factors = by_column ? d.columns : d.planes;
    const std::string whose = by_column ? "column" : "plane";
    std::vector<RegisterFile> registers;
    if (d.output.factor_bits == 0) {
        registers.push_back(register_file(d.config, "scale", factors, s.scale_bits,
                                          "scale factor of the codes of each " + whose));
    }
    if (needs_center(s)) {
        registers.push_back(register_file(d.config, "center", d.planes, center_bits,
                                          "centre c0 of the codes of each plane"));
        registers.back().is_signed = true;
    }
    if (s.range_bits > 0) {
        registers.push_back(register_file(d.config, "trim", factors, s.range_bits,
                                          "trim of the ADC's step for each " + whose));
    }
    return registers;
}

/// Of banks: what a visit needs in all lanes at once, and the visited planes' factors
/// (column_factors). Trims stay in flip-flops: each follows its ADC's own requests.
std::vector<FactorMemory> memories_of(const Derived& d, const LaneShape& shape) {
    const Section& s = section_of(d.config);
    const int banks = d.config.array.banks, share = d.config.adc.share;
    const FactorMemory by_plane = {.words = banks * (d.planes / shape.terms),
                                   .fields = shape.terms};
    std::vector<FactorMemory> memories;
    FactorMemory scale = by_plane;
    if (s.granularity == Granularity::column) {
        scale.words = banks * share * shape.visits;
        scale.fields = d.adcs / shape.visits;
    }
    scale.name = "scale";
    scale.bits = s.scale_bits;
    memories.push_back(scale);
    if (needs_center(s)) {
        memories.push_back(by_plane);
        memories.back().name = "center";
        memories.back().bits = center_bits;
    }
    return memories;
}

/// How the codes come to the lanes, what a lane does with them, and the factors.
EndModule backend_of(const Derived& d, const LaneShape& shape, bool scaled, bool memory) {
    const Section& s = section_of(d.config);
    const int pos_bits =
        shape.terms == 1
            ? count_bits(std::max(1, d.plane_pos[d.planes - 1] + d.step_pos[d.steps - 1]))
            : d.step_pos_bits;
    EndModule end{"column_quant_backend", plane_parameters(d)};
    const std::vector<ModuleParameter> own = {
        shared_parameter("Banks"),
        number_parameter("Visits", shape.visits),
        number_parameter("Terms", shape.terms),
        number_parameter("LaneOutputs", shape.outputs),
        number_parameter("StepPosBits", d.step_pos_bits),
        number_parameter("AddPosBits", pos_bits),
        flag_parameter("ByColumn", s.granularity == Granularity::column),
        flag_parameter("ByPlane", s.granularity == Granularity::array),
        flag_parameter("FactorMemory", memory),
        flag_parameter("ScaleAtOutput", !scaled && d.output.factor_bits == 0),
        flag_parameter("ScaleInStage", d.output.factor_bits > 0),
        number_parameter("ScaleBits", s.scale_bits),
        flag_parameter("HasCenter", needs_center(s)),
        number_parameter("TermBits", term_bits(d, shape, scaled)),
        shared_parameter("TrimBits"),
        shared_parameter("TrimEntries"),
    };
    end.parameters.insert(end.parameters.end(), own.begin(), own.end());
    return end;
}

}  // namespace

std::string_view ColumnQuantScheme::sum_remedy() const {
    return "a smaller accumulator.max_tiles, column_quant.scale_bits, adc.bits, input.bits or "
           "weight.bits";
}

Plan ColumnQuantScheme::plan(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    const int slices = s.slices();
    Plan plan;
    plan.planes = s.differential ? 2 * slices : slices;
    plan.steps = s.input_bits / s.dac_bits;
    plan.array = {.drive_bits = s.dac_bits,
                  .cell_bits = s.cell_bits,
                  .weight_bits = plan.planes * s.cell_bits,
                  .signed_planes = std::vector<bool>(static_cast<std::size_t>(plan.planes), false),
                  .scaled_columns = true,
                  .alpha_frac = s.alpha_frac,
                  .center = s.center,
                  .trim_bits = s.range_bits,
                  .trim_entries = trim_entries(config, plan.planes),
                  .trim_by_adc = s.granularity == Granularity::column && s.range_bits > 0};
    if (!s.differential) plan.array.signed_planes.back() = true;
    const std::int64_t reach =
        std::int64_t{config.array.active_rows} * ((std::int64_t{1} << s.dac_bits) - 1);
    const std::int64_t digit_max = (std::int64_t{1} << s.cell_bits) - 1;
    const std::int64_t half = std::int64_t{1} << (s.cell_bits - 1);
    const bool only_signed = !s.differential && slices == 1;
    plan.analog = {.v_min = s.differential ? 0 : -reach * half,
                   .v_max = reach * (only_signed ? half - 1 : digit_max),
                   .signed_adc = true};
    plan.input = {
        .port_bits = s.input_bits, .element_bits = s.input_bits, .work_bits = s.input_bits};
    for (int t = 0; t < plan.steps; ++t) plan.step_pos.push_back(s.dac_bits * t);
    for (int j = 0; j < plan.planes; ++j) {
        plan.plane_pos.push_back(s.cell_bits * (j % slices));
        plan.plane_negate.push_back(j >= slices);
    }
    const LaneShape shape = lane_shape(config, plan.planes, plan.steps);
    plan.lane_stages = 2 + shape.visits;
    plan.own_lane = {.adcs = shape.adcs(), .outputs = shape.outputs};
    plan.own_context_bits =
        position_bits(plan.step_pos) + (by_bank(s) ? index_bits(config.array.banks) : 0);
    return plan;
}

Extremes ColumnQuantScheme::tile_range(const Config& config, const Plan& plan,
                                       const Adc& adc) const {
    return sum_range(config, plan, {adc.used_min + center_min, adc.used_max + center_max},
                     largest_scale(section_of(config)));
}

/// Registers of the width that the unscaled sums need, where they are scaled as they leave.
std::optional<Extremes> ColumnQuantScheme::register_range(const Config& config, const Plan& plan,
                                                          const Adc& adc, bool saturates) const {
    const Section& s = section_of(config);
    if (!scaled_at_output(s, saturates)) return {};
    return sum_range(config, plan, code_range(s, adc), 1);
}

int ColumnQuantScheme::stage_factor_bits(const Config& config, bool saturates) const {
    const Section& s = section_of(config);
    return scaled_at_output(s, saturates) ? s.scale_bits : 0;
}

Modules ColumnQuantScheme::modules(const Derived& d) const {
    const Section& s = section_of(d.config);
    Modules modules;
    modules.registers = registers_of(d);
    modules.frontend = {"column_quant_frontend", step_parameters(d)};
    modules.frontend.parameters.push_back(shared_parameter("Steps"));
    modules.frontend.parameters.push_back(flag_parameter("HasBank", by_bank(s)));
    const bool scaled = !scaled_at_output(s, d.accumulator.saturates);
    const LaneShape shape = lane_shape(d.config, d.planes, d.steps);
    if (by_bank(s)) modules.memories = chosen_memories(d.config, memories_of(d, shape));
    modules.backend = backend_of(d, shape, scaled, !modules.memories.empty());
    return modules;
}

}  // namespace generator::column_quant
