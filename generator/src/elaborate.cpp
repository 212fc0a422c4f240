// SPDX-License-Identifier: Apache-2.0
/// Config -> Design: each width and depth, once. Source: docs/spec/contract.md.
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
            .bits = d.accumulator.bits,
            .holder = RegisterHolder::common,
            .doc = "starting value of each output, in units of the result",
            .instance = "u_starting_values/*u_bias"};
}

RegisterFile correction_file(const Derived& d) {
    return {.name = "adc_correction",
            .entries = d.adcs,
            .bits = d.config.adc.correction_bits,
            .scope = RegisterScope::macro,
            .holder = RegisterHolder::common,
            .doc = "subtracted from each code of an ADC",
            .instance = "u_corrections"};
}

/// Those of cim_requantization, in its order. Source: docs/spec/output.md.
std::vector<RegisterFile> requantization_files(const Derived& d) {
    const OutputConfig& output = d.config.output;
    const auto [lowest, highest] = output_range(output);
    const auto of_output = [&d](std::string name, int bits, std::string instance, std::string doc) {
        return RegisterFile{.name = std::move(name),
                            .entries = d.config.array.outputs,
                            .bits = bits,
                            .is_signed = false,
                            .holder = RegisterHolder::common,
                            .doc = std::move(doc),
                            .instance = "u_requantization/" + instance};
    };
    const auto of_macro = [&output](std::string name, std::int64_t reset, std::string instance,
                                    std::string doc) {
        return RegisterFile{.name = std::move(name),
                            .entries = 1,
                            .bits = output.bits + 1,
                            .scope = RegisterScope::macro,
                            .reset = reset,
                            .holder = RegisterHolder::common,
                            .doc = std::move(doc),
                            .instance = "u_requantization/" + instance};
    };
    return {of_output("multiplier", d.output.multiplier_bits, "u_multipliers",
                      d.output.factor_bits > 0 ? "M * scale of each output: sum * scale * M / 2^S"
                                               : "M of each output: result * M / 2^S"),
            of_output("shift", 6, "u_shifts", "S of each output, 1 to 63"),
            of_macro("zero_point", 0, "u_zero", "Z, added to the rounded quotient"),
            of_macro("clamp_low", lowest, "u_low", "L, the least output"),
            of_macro("clamp_high", highest, "u_high", "H, the greatest output")};
}

/// Those of cim_adc_observe, cim_step_mode and cim_observe_status, in their order.
std::vector<RegisterFile> observe_files(const Derived& d) {
    const auto file = [](std::string name, int entries, int bits, RegisterAccess access,
                         std::optional<std::int64_t> reset, std::string doc) {
        return RegisterFile{.name = std::move(name),
                            .entries = entries,
                            .bits = bits,
                            .is_signed = false,
                            .scope = RegisterScope::host,
                            .wait = RegisterWait::none,
                            .access = access,
                            .reset = reset,
                            .holder = RegisterHolder::common,
                            .doc = std::move(doc)};
    };
    using enum RegisterAccess;
    const int rows = d.config.array.rows, word = std::min(rows, 32);
    std::vector<RegisterFile> files = {
        file("adc_code", d.adcs, d.adc.bits, read_only, {}, "last code of each ADC, uncorrected"),
        file("adc_count", d.adcs, observe_count_bits, read_only, 0,
             "conversions of each ADC since reset, modulo 2^16"),
        file(
            "adc_flags", d.adcs, 3, clear, 0,
            "of each ADC: 1 timed out (it is out while this stands), 2 a code was clipped, 4 ready "
            "while it converted; writing 1 clears a bit"),
        file("adc_mask", d.adcs, 1, read_write, 0, "1 takes an ADC out: its codes count 0"),
        file("adc_timeout", 1, observe_timeout_bits, read_write, 0,
             "T: a conversion without an answer ends after T + 1 to 2T cycles; 0: never"),
        file("step_rows", (rows + word - 1) / word, word, read_write, {},
             "rows of a single step, 32 a word, the first one lowest"),
        file("step_drive", 1, d.array.drive_bits, read_write, {},
             "drive of each of them, as at the array port"),
        file("step_start", 1, d.bank_bits, command, {},
             "the bank; writing begins a single step if the macro is idle"),
        file("step_code", d.columns, d.adc.bits, read_only, {},
             "code of each physical column in the last single step"),
        file("status", 1, 11, clear, 0,
             "1 busy, 2 stepping; of any ADC: 4 timed out, 8 clipped, 16 early; then sticky, "
             "writing 1 clears a bit: 32 a result saturated, 64 wrong in_first, 128 wrong in_rows, "
             "256 a bank that is not there, 512 too many tiles, 1024 a step refused")};
    for (RegisterFile& f : files) {
        if (f.name.ends_with("_code")) f.is_signed = d.analog.signed_adc;
    }
    return files;
}

/// Of the blocks that all schemes share.
std::vector<RegisterFile> common_files(const Derived& d) {
    std::vector<RegisterFile> files;
    if (d.config.accumulator.bias) files.push_back(bias_file(d));
    if (d.config.adc.correction_bits > 0) files.push_back(correction_file(d));
    if (d.config.output.requant) {
        for (RegisterFile& file : requantization_files(d)) files.push_back(std::move(file));
    }
    if (d.config.test.observe) {
        for (RegisterFile& file : observe_files(d)) files.push_back(std::move(file));
    }
    return files;
}

Derived derive(const SchemeHardware& scheme, const Config& config) {
    const Plan plan = scheme.plan(config);
    const Shape shape = derive_shape(config, plan);
    const Timing timing = derive_timing(config);
    const Adc adc = derive_adc(config, plan);
    const Lane lane = derive_lane(config, plan, shape, adc);
    const Accumulator accumulator = derive_accumulator(scheme, config, plan, adc);
    const int factor_bits =
        config.output.requant ? scheme.stage_factor_bits(config, accumulator.saturates) : 0;
    const Result result = derive_result(config, plan, accumulator, factor_bits);
    const OutputStream output = derive_output(config, accumulator, result, factor_bits);
    return {plan, shape,       timing, config, adc,
            lane, accumulator, result, output, derive_streams(config, plan, shape, timing, output)};
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
    for (RegisterFile& file : common_files(derived)) modules.registers.push_back(std::move(file));
    const ConfigPort port = derive_port(modules.registers);
    return {derived, std::move(modules), port, config.analog.has_effect()};
}

bool chain_joins_sets(const Design& d) {
    return d.config.accumulator.chain && d.result_bits == 0 && !d.config.output.requant;
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
