/// column_quant: ranges, factors, how the lanes share their datapath, registers. Source: the
/// specification's page "column_quant".
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
bool scaled_at_output(const Design& d) {
    return section_of(d).granularity == Granularity::layer && !d.accumulator.saturates;
}

struct Extremes {
    std::int64_t lo = 0, hi = 0;
    void add(std::int64_t a, std::int64_t b) {
        lo += std::min(a, b);
        hi += std::max(a, b);
    }
};

/// Extremes of one tile's sum of codes in lo..hi under a scale.
std::pair<std::int64_t, std::int64_t> sum_range(const Design& d, std::int64_t lo, std::int64_t hi,
                                                std::int64_t scale) {
    Extremes sum;
    for (int t = 0; t < d.steps; ++t) {
        for (int j = 0; j < d.planes; ++j) {
            const std::int64_t factor = (scale * d.groups) << (d.step_pos[t] + d.plane_pos[j]);
            const std::int64_t term = d.plane_negate[j] ? -factor : factor;
            sum.add(term * lo, term * hi);
        }
    }
    return {sum.lo, sum.hi};
}

/// Codes as the lanes add them.
std::pair<std::int64_t, std::int64_t> code_range(const Design& d) {
    if (!needs_center(section_of(d))) return {d.adc.used_min, d.adc.used_max};
    return {d.adc.used_min + center_min, d.adc.used_max + center_max};
}

std::int64_t largest_scale(const Section& s) { return (std::int64_t{1} << s.scale_bits) - 1; }

/// Registers of the width that the unscaled sums need.
void narrow_accumulators(Design& d) {
    const auto [code_lo, code_hi] = code_range(d);
    const auto [lo, hi] = sum_range(d, code_lo, code_hi, 1);
    const std::int64_t tiles = d.config.accumulator.max_tiles;
    auto& acc = d.accumulator;
    acc.register_bits = acc.stored_bits = std::max(signed_bits(lo * tiles, hi * tiles), 2);
    d.result.stored_bits = acc.stored_bits;
}

/// What one visit adds, before the step's factor: width of the register between both.
int term_bits(const Design& d, const LaneShape& shape, bool scaled) {
    const auto [lo, hi] = code_range(d);
    const std::int64_t scale = scaled ? largest_scale(section_of(d)) : 1;
    if (shape.terms == 1) {
        // Two bits at least: the shifter tells the sign from the rest.
        return std::max(2, signed_bits(lo, hi) + (scaled ? section_of(d).scale_bits : 0));
    }
    Extremes sum;
    for (int j = 0; j < d.planes; ++j) {
        const std::int64_t factor = scale << d.plane_pos[j];
        const std::int64_t term = d.plane_negate[j] ? -factor : factor;
        sum.add(term * lo, term * hi);
    }
    return signed_bits(sum.lo, sum.hi);
}

RegisterFile register_file(const Design& d, std::string name, int per_bank, int bits,
                           std::string doc) {
    RegisterFile file;
    file.name = std::move(name);
    file.bits = bits;
    file.is_signed = false;
    file.doc = std::move(doc);
    if (section_of(d).granularity == Granularity::layer) {
        file.entries = 1;
        file.scope = RegisterScope::macro;
        file.wait = RegisterWait::vector;
        return file;
    }
    file.entries = per_bank * d.config.array.banks;
    file.scope = RegisterScope::bank;
    file.wait = RegisterWait::tile;
    file.own = file.slow = true;
    file.bank_stride = per_bank == 1 ? 1 : 1 << index_bits(per_bank);
    return file;
}

void add_registers(Design& d) {
    const Section& s = section_of(d);
    const bool by_column = s.granularity == Granularity::column;
    const int factors = by_column ? d.columns : d.planes;
    const std::string whose = by_column ? "column" : "plane";
    d.registers.push_back(register_file(d, "scale", factors, s.scale_bits,
                                        "scale factor of the codes of each " + whose));
    if (needs_center(s)) {
        d.registers.push_back(register_file(d, "center", d.planes, center_bits,
                                            "centre c0 of the codes of each plane"));
        d.registers.back().is_signed = true;
    }
    if (s.range_bits > 0) {
        d.registers.push_back(register_file(d, "trim", factors, s.range_bits,
                                            "trim of the ADC's step for each " + whose));
    }
}

void set_sections(Design& d, bool scaled) {
    const Section& s = section_of(d);
    auto& shown = d.scheme_sections;
    shown["scale_by_column"] = s.granularity == Granularity::column;
    shown["scale_by_plane"] = s.granularity == Granularity::array;
    shown["scale_in_lane"] = scaled && s.granularity == Granularity::layer;
    shown["scale_at_output"] = !scaled;
    shown["center_by_plane"] = needs_center(s) && s.granularity != Granularity::layer;
    shown["center_alone"] = needs_center(s) && s.granularity == Granularity::layer;
    shown["center_none"] = !needs_center(s);
    shown["trim_stored"] = s.range_bits > 0 && s.granularity != Granularity::layer;
    shown["trim_alone"] = s.range_bits > 0 && s.granularity == Granularity::layer;
    shown["own_files"] = s.granularity != Granularity::layer;
    shown["trim_by_column"] = s.range_bits > 0 && s.granularity == Granularity::column;
    shown["no_trim_by_column"] = !shown["trim_by_column"];
    shown["one_for_all"] = s.granularity == Granularity::layer;
}

void set_number(Design& d, const std::string& name, std::int64_t value) {
    d.scheme_values[name] = std::to_string(value);
}

/// How the codes come to the lanes, and what a lane does with them.
void set_lane_values(Design& d, const LaneShape& shape, bool scaled) {
    const auto number = [&d](const std::string& name, std::int64_t value) {
        set_number(d, name, value);
    };
    const Section& s = section_of(d);
    const int share = d.config.adc.share;
    const int terms = shape.terms;
    const int pos_bits =
        terms == 1 ? count_bits(std::max(1, d.plane_pos[d.planes - 1] + d.step_pos[d.steps - 1]))
                   : d.step_pos_bits;
    number("visits", shape.visits);
    number("visits_msb", shape.visits - 1);
    number("visit_msb", index_bits(shape.visits) - 1);
    number("terms", terms);
    number("terms_msb", terms - 1);
    number("column_msb", d.column_bits - 1);
    number("plane_poses_msb", terms * d.plane_pos_bits - 1);
    number("plane_slots", share < d.planes ? d.planes / terms : d.planes);
    number("plane_groups", share < d.planes ? d.planes / share / terms : 1);
    number("add_pos_bits", pos_bits);
    number("add_pos_msb", pos_bits - 1);
    number("lane_scale_bits", scaled ? s.scale_bits : 0);
    number("scales_msb", terms * s.scale_bits - 1);
    number("lane_scales", shape.adcs() * s.scale_bits);
    number("lane_scales_msb", shape.adcs() * s.scale_bits - 1);
    number("centers_msb", terms * center_bits - 1);
    number("has_center_bit", needs_center(s));
    number("by_column_bit", s.granularity == Granularity::column);
    number("term_bits", term_bits(d, shape, scaled));
    number("term_msb", term_bits(d, shape, scaled) - 1);
    number("raw_bits", d.result.stored_bits);
    number("output_adcs", shape.output_adcs());
}

/// The register files of scales and trims, and their common sides.
void set_file_values(Design& d) {
    const auto number = [&d](const std::string& name, std::int64_t value) {
        set_number(d, name, value);
    };
    const Section& s = section_of(d);
    const bool by_column = s.granularity == Granularity::column;
    number("banks_msb", d.config.array.banks - 1);
    number("scale_bits", s.scale_bits);
    number("scale_msb", s.scale_bits - 1);
    number("adc_scales_msb", d.adcs * s.scale_bits - 1);
    number("range_bits", s.range_bits);
    number("range_msb", s.range_bits - 1);
    number("trim_rings", d.array.trim_entries);
    number("trim_rings_msb", d.array.trim_entries - 1);
    number("trim_slots", by_column ? d.config.adc.share : 1);
    number("trims_msb", d.array.trim_entries * s.range_bits - 1);
}

}  // namespace

std::string_view ColumnQuantScheme::sum_remedy() const {
    return "a smaller accumulator.max_tiles, column_quant.scale_bits, adc.bits, input.bits or "
           "weight.bits";
}

void ColumnQuantScheme::elaborate(const Config& config, Design& d) const {
    const auto& s = std::get<Section>(config.section);
    const int slices = s.slices();
    d.planes = s.differential ? 2 * slices : slices;
    d.steps = s.input_bits / s.dac_bits;
    d.array = {.drive_bits = s.dac_bits,
               .cell_bits = s.cell_bits,
               .weight_bits = d.planes * s.cell_bits,
               .signed_planes = std::vector<bool>(static_cast<std::size_t>(d.planes), false),
               .scaled_columns = true,
               .alpha_frac = s.alpha_frac,
               .center = s.center,
               .trim_bits = s.range_bits};
    if (!s.differential) d.array.signed_planes.back() = true;
    const std::int64_t reach =
        std::int64_t{config.array.active_rows} * ((std::int64_t{1} << s.dac_bits) - 1);
    const std::int64_t digit_max = (std::int64_t{1} << s.cell_bits) - 1;
    const std::int64_t half = std::int64_t{1} << (s.cell_bits - 1);
    const bool only_signed = !s.differential && slices == 1;
    d.analog = {.v_min = s.differential ? 0 : -reach * half,
                .v_max = reach * (only_signed ? half - 1 : digit_max),
                .signed_adc = true};
    d.input = {.port_bits = s.input_bits, .element_bits = s.input_bits};
    for (int t = 0; t < d.steps; ++t) d.step_pos.push_back(s.dac_bits * t);
    for (int j = 0; j < d.planes; ++j) {
        d.plane_pos.push_back(s.cell_bits * (j % slices));
        d.plane_negate.push_back(j >= slices);
    }
    d.frontend = "schemes/column_quant/frontend.sv.tpl";
    d.follow = "schemes/column_quant/follow.sv.tpl";
    d.own_follow = true;
    d.lane_template = "schemes/column_quant/lane.sv.tpl";
    d.lane_connect = "schemes/column_quant/lane_connect.tpl";
    d.lane_stages = 2 + lane_shape(config, d.planes, d.steps).visits;
}

std::pair<std::int64_t, std::int64_t> ColumnQuantScheme::tile_range(const Design& d) const {
    return sum_range(d, d.adc.used_min + center_min, d.adc.used_max + center_max,
                     largest_scale(section_of(d)));
}

void ColumnQuantScheme::finish(Design& d) const {
    const Section& s = section_of(d);
    const LaneShape shape = lane_shape(d.config, d.planes, d.steps);
    const bool scaled = !scaled_at_output(d);
    d.lane.adcs = shape.adcs();
    d.lane.outputs = shape.outputs;
    d.lane.count = d.adcs / d.lane.adcs;
    const bool by_column = s.granularity == Granularity::column;
    const int trims = by_column ? d.adcs : s.granularity == Granularity::array ? d.planes : 1;
    d.array.trim_entries = s.range_bits == 0 ? 0 : trims;
    d.array.trim_by_adc = by_column && s.range_bits > 0;
    if (!scaled) {
        narrow_accumulators(d);
        d.output_connect = "schemes/column_quant/output_scale.tpl";
    }
    const bool by_bank = s.granularity != Granularity::layer;
    d.context_bits = d.step_pos_bits + (by_bank ? d.bank_bits : 0);
    add_registers(d);
    set_sections(d, scaled);
    set_lane_values(d, shape, scaled);
    set_file_values(d);
}

}  // namespace generator::column_quant
