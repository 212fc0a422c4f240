/// bfp: ranges, factors, the mantissa register. Source: the specification's page "bfp".
#include <algorithm>
#include <array>

#include "generator/design.hpp"
#include "generator/schemes/bfp/config.hpp"
#include "generator/schemes/bfp/scheme.hpp"

namespace generator::bfp {

namespace {

const Section& section_of(const Config& config) {
    return std::get<Section>(config.section);
}

/// A shift 0 .. a-1 (a-1 with a mantissa of one bit).
int shift_bits(const Section& s) { return index_bits(s.input_bits); }

/// Greatest sum of 2^s · 2^t over the steps that one group may drive with a mantissa of m bits.
std::int64_t factor_sum(const Section& s, int m) {
    const std::int64_t mantissa = (std::int64_t{1} << m) - 1;
    const std::int64_t last = std::int64_t{1} << (s.input_bits - m);
    return mantissa * (s.dynamic ? 2 * last - 1 : last);
}

std::pair<std::int64_t, std::int64_t> mantissa_range(const Design& d) {
    return {1, section_of(d.config).mantissa_bits};
}

}  // namespace

void BfpScheme::elaborate(const Config& config, Design& d) const {
    const Section& s = section_of(config);
    d.planes = s.weight_bits;
    d.steps = s.mantissa_bits;
    d.array = {.weight_bits = s.weight_bits,
               .signed_planes = std::vector<bool>(s.weight_bits, false)};
    d.analog = {.v_min = 0, .v_max = config.array.active_rows, .signed_adc = false};
    const int code_bits = s.mantissa_bits + (s.dynamic ? shift_bits(s) : 0);
    d.input = {.port_bits = s.input_bits,
               .element_bits = s.dynamic ? code_bits : s.input_bits,
               .work_bits = code_bits};
    d.skips_steps = true;
    d.plain_steps = s.input_bits;
    d.pass_cycles = config.array.rows / config.array.active_rows;
    for (int position = 0; position < s.input_bits; ++position) d.step_pos.push_back(position);
    for (int j = 0; j < d.planes; ++j) {
        d.plane_pos.push_back(j);
        d.plane_negate.push_back(j == d.planes - 1);
    }
    d.frontend = "schemes/bfp/frontend.sv.tpl";
}

/// The contract's worst of m = 1 .. m_max: every step of the pass (dynamic: of every pass).
std::pair<std::int64_t, std::int64_t> BfpScheme::tile_range(const Design& d) const {
    const Section& s = section_of(d.config);
    std::int64_t factor = 0;
    for (int m = 1; m <= s.mantissa_bits; ++m) factor = std::max(factor, factor_sum(s, m));
    std::int64_t low = 0, high = 0;
    for (int j = 0; j < d.planes; ++j) {
        const std::int64_t plane = (std::int64_t{1} << j) * (d.plane_negate[j] ? -1 : 1);
        low += std::min(plane * d.adc.used_min, plane * d.adc.used_max);
        high += std::max(plane * d.adc.used_min, plane * d.adc.used_max);
    }
    return {d.groups * factor * low, d.groups * factor * high};
}

void BfpScheme::finish(Design& d) const {
    const Section& s = section_of(d.config);
    const int bits = count_bits(s.mantissa_bits);
    d.registers.push_back({.name = "mantissa",
                           .entries = 1,
                           .bits = bits,
                           .is_signed = false,
                           .scope = RegisterScope::macro,
                           .wait = RegisterWait::none,
                           .reset = s.mantissa_bits,
                           .own = false,
                           .doc = "mantissa bits m, 1 to " + std::to_string(s.mantissa_bits) +
                                  "; sampled with the first beat of a vector"});
    const auto set = [&](const char* name, std::int64_t value) {
        d.scheme_values[name] = std::to_string(value);
    };
    set("input_bits", s.input_bits);
    set("mantissa_bits", s.mantissa_bits);
    set("mantissa_msb", s.mantissa_bits - 1);
    set("length_bits", bits);
    set("length_msb", bits - 1);
    set("shift_bits", shift_bits(s));
    set("shift_msb", shift_bits(s) - 1);
    set("ranges_msb", std::int64_t{d.groups} * s.input_bits - 1);
    set("group_shift_msb", std::int64_t{d.groups} * shift_bits(s) - 1);
    d.scheme_sections["static"] = !s.dynamic;
    d.scheme_sections["dynamic"] = s.dynamic;
}

std::span<const SettingSpec> BfpScheme::settings() const {
    static constexpr std::array<SettingSpec, 1> table = {{
        {"mantissa", "bfp: mantissa bits of this run, 1 to bfp.mantissa_bits (the default)",
         mantissa_range},
    }};
    return table;
}

std::vector<std::uint32_t> BfpScheme::weight_cells(const Design& d, std::int64_t weight,
                                                   bool& /*clipped*/) const {
    std::vector<std::uint32_t> cells(d.planes);
    for (int j = 0; j < d.planes; ++j) {
        cells[j] = static_cast<std::uint32_t>((static_cast<std::uint64_t>(weight) >> j) & 1U);
    }
    return cells;
}

}  // namespace generator::bfp
