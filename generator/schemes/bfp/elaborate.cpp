// SPDX-License-Identifier: Apache-2.0
/// bfp: ranges, factors, the mantissa register. Source: docs/spec/bfp.md.
#include <algorithm>
#include <array>

#include "generator/design.hpp"
#include "generator/schemes/bfp/config.hpp"
#include "generator/schemes/bfp/scheme.hpp"

namespace generator::bfp {

namespace {

const Section& section_of(const Config& config) { return std::get<Section>(config.section); }

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

Plan BfpScheme::plan(const Config& config) const {
    const Section& s = section_of(config);
    Plan plan;
    plan.planes = s.weight_bits;
    plan.steps = s.mantissa_bits;
    plan.array = {.weight_bits = s.weight_bits,
                  .signed_planes = std::vector<bool>(s.weight_bits, false)};
    plan.analog = {.v_min = 0, .v_max = config.array.active_rows, .signed_adc = false};
    const int code_bits = s.mantissa_bits + (s.dynamic ? shift_bits(s) : 0);
    plan.input = {.port_bits = s.input_bits,
                  .element_bits = s.dynamic ? code_bits : s.input_bits,
                  .work_bits = code_bits};
    plan.skips_steps = true;
    plan.plain_steps = s.input_bits;
    plan.pass_cycles = config.array.rows / config.array.active_rows;
    for (int position = 0; position < s.input_bits; ++position) plan.step_pos.push_back(position);
    for (int j = 0; j < plan.planes; ++j) {
        plan.plane_pos.push_back(j);
        plan.plane_negate.push_back(j == plan.planes - 1);
    }
    return plan;
}

/// The worst (docs/spec/bfp.md) of m = 1 .. m_max: every step of the pass (dynamic: of every pass).
Extremes BfpScheme::tile_range(const Config& config, const Plan& plan, const Adc& adc) const {
    const Section& s = section_of(config);
    std::int64_t factor = 0;
    for (int m = 1; m <= s.mantissa_bits; ++m) factor = std::max(factor, factor_sum(s, m));
    std::int64_t low = 0, high = 0;
    for (int j = 0; j < plan.planes; ++j) {
        const std::int64_t value = (std::int64_t{1} << j) * (plan.plane_negate[j] ? -1 : 1);
        low += std::min(value * adc.used_min, value * adc.used_max);
        high += std::max(value * adc.used_min, value * adc.used_max);
    }
    const int groups = config.array.rows / config.array.active_rows;
    return {groups * factor * low, groups * factor * high};
}

Modules BfpScheme::modules(const Derived& d) const {
    const Section& s = section_of(d.config);
    const int bits = count_bits(s.mantissa_bits);
    Modules modules;
    modules.registers.push_back({.name = "mantissa",
                                 .entries = 1,
                                 .bits = bits,
                                 .is_signed = false,
                                 .scope = RegisterScope::macro,
                                 .wait = RegisterWait::none,
                                 .reset = s.mantissa_bits,
                                 .holder = RegisterHolder::frontend,
                                 .doc = "mantissa bits m, 1 to " + std::to_string(s.mantissa_bits) +
                                        "; sampled with the first beat of a vector"});
    modules.frontend = {
        "bfp_frontend",
        {number_parameter("MantissaBits", s.mantissa_bits), flag_parameter("Dynamic", s.dynamic),
         number_parameter("StepPosBits", d.step_pos_bits)}};
    modules.backend = plain_backend(d);
    return modules;
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
