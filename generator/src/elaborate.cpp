/// Config -> Design: each width and depth, once. Source: the contract.
#include <algorithm>
#include <bit>
#include <utility>

#include "base/error.hpp"
#include "derive.hpp"
#include "generator/adc_range.hpp"

namespace generator {

namespace {

RegisterFile bias_file(const Derived& d) {
    return {.name = "bias",
            .entries = d.config.array.outputs,
            .registers = 0,
            .bits = d.accumulator.bits,
            .is_signed = true,
            .scope = RegisterScope::output,
            .wait = RegisterWait::vector,
            .holder = RegisterHolder::periphery,
            .doc = "starting value of each output, in units of the result"};
}

Derived derive(const SchemeHardware& scheme, const Config& config) {
    const Plan plan = scheme.plan(config);
    const Shape shape = derive_shape(config, plan);
    const Timing timing = derive_timing(config);
    const Adc adc = derive_adc(config, plan);
    const Lane lane = derive_lane(config, plan, shape, adc);
    const Accumulator accumulator = derive_accumulator(scheme, config, plan, adc);
    return {plan,
            shape,
            timing,
            config,
            adc,
            lane,
            accumulator,
            derive_result(plan, accumulator),
            derive_streams(config, plan, shape, timing)};
}

}  // namespace

Shape derive_shape(const Config& config, const Plan& plan) {
    const auto& array = config.array;
    Shape s;
    s.groups = array.rows / array.active_rows;
    s.columns = array.outputs * plan.planes;
    s.adcs = s.columns / config.adc.share;
    s.bank_bits = index_bits(array.banks);
    s.step_pos_bits = position_bits(plan.step_pos);
    s.plane_pos_bits = position_bits(plan.plane_pos);
    s.context_bits = plan.own_context_bits.value_or(s.step_pos_bits + 1);
    s.direct_input = plan.steps * s.groups == 1 && !plan.skips_steps;
    s.cells = std::int64_t{array.rows} * s.columns * array.banks;
    return s;
}

Adc derive_adc(const Config& config, const Plan& plan) {
    if (config.analog.ir_drop != 0 && plan.analog.v_min < 0) {
        throw base::KeyError("analog.ir_drop",
                             "found a number above 0; expected 0, since a column's sum may be "
                             "negative in this scheme: a wire's loss is that of a direct current "
                             "of one sign");
    }
    const AnalogRange range{plan.analog.v_min, plan.analog.v_max, plan.analog.signed_adc};
    Adc adc;
    adc.bits = config.adc.bits ? *config.adc.bits : auto_adc_bits(range, config.adc.step);
    const std::int64_t codes = std::int64_t{1} << adc.bits;
    adc.code_min = range.signed_adc ? -codes / 2 : 0;
    adc.code_max = adc.code_min + codes - 1;
    const std::int64_t corrections = std::int64_t{1} << config.adc.correction_bits;
    adc.used_min = adc.code_min - std::max<std::int64_t>(corrections / 2 - 1, 0);
    adc.used_max = adc.code_max + corrections / 2;
    const bool corrected = config.adc.correction_bits > 0;
    adc.used_bits = corrected ? signed_bits(adc.used_min, adc.used_max) : adc.bits;
    return adc;
}

Design elaborate(const Config& config) {
    const SchemeHardware& scheme = scheme_of(config);
    const Derived derived = derive(scheme, config);
    Modules modules = scheme.modules(derived);
    if (config.accumulator.bias) modules.registers.push_back(bias_file(derived));
    const ConfigPort port = derive_port(config, modules.registers);
    return {derived, std::move(modules), port, config.analog.has_effect()};
}

int position_bits(const std::vector<int>& positions) {
    return count_bits(positions.empty() ? 1 : std::max(1, *std::ranges::max_element(positions)));
}

int index_bits(std::int64_t n) {
    return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n - 1))));
}

int count_bits(std::int64_t n) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n)));
}

int signed_bits(std::int64_t lo, std::int64_t hi) {
    const auto magnitude = [](std::int64_t v) {
        return std::bit_width(static_cast<std::uint64_t>(v < 0 ? ~v : v)) + 1;
    };
    return std::max(static_cast<int>(magnitude(lo)), static_cast<int>(magnitude(hi)));
}

}  // namespace generator
