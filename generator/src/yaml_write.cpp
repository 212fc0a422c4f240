// SPDX-License-Identifier: Apache-2.0
/// A Config as YAML, in the order of the key tables.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "decimal.hpp"
#include "generator/load.hpp"
#include "generator/scheme.hpp"
#include "generator/yaml_text.hpp"

namespace generator {

namespace {

Value from_auto(const AutoInt& number) {
    if (!number) return AutoValue{};
    return std::int64_t{*number};
}

std::string store_name(FactorStore store) {
    if (store == FactorStore::automatic) return "auto";
    return store == FactorStore::macro ? "macro" : "flops";
}

/// The inverse of make_config().
Values to_values(const Config& c, const SchemeKeys& scheme) {
    const auto integer = [](int number) { return Value(std::int64_t{number}); };
    Values values = scheme.section_values(c.section);
    values.insert(
        {{"name", c.name},
         {"scheme", std::string(c.scheme())},
         {"clock_gating", std::string(c.clock_gating == ClockGating::cell ? "cell" : "none")},
         {"array.rows", integer(c.array.rows)},
         {"array.outputs", integer(c.array.outputs)},
         {"array.active_rows", integer(c.array.active_rows)},
         {"array.banks", integer(c.array.banks)},
         {"array.precharge", integer(c.array.precharge)},
         {"array.settle", integer(c.array.settle)},
         {"array.hold", std::string(c.array.hold == Hold::none ? "none" : "column")},
         {"array.sample_gap", integer(c.array.sample_gap)},
         {"array.max_drive", integer(c.array.max_drive)},
         {"array.write_while_compute", c.array.write_while_compute},
         {"adc.bits", from_auto(c.adc.bits)},
         {"adc.step", c.adc.step},
         {"adc.share", integer(c.adc.share)},
         {"adc.latency", integer(c.adc.latency)},
         {"adc.correction_bits", integer(c.adc.correction_bits)},
         {"adc.kind", std::string(c.adc.kind == AdcKind::async ? "async" : "response")},
         {"accumulator.max_tiles", integer(c.accumulator.max_tiles)},
         {"accumulator.bits", from_auto(c.accumulator.bits)},
         {"accumulator.bias", c.accumulator.bias},
         {"accumulator.chain", c.accumulator.chain},
         {"stream.in", from_auto(c.stream.in)},
         {"stream.out", from_auto(c.stream.out)},
         {"stream.weight", from_auto(c.stream.weight)},
         {"stream.max_bits", integer(c.stream.max_bits)},
         {"memory.factors", store_name(c.memory.factors)},
         {"reset.synchronizer", c.reset.synchronizer},
         {"test.observe", c.test.observe}});
    values.insert({{"output.mode", std::string(c.output.requant ? "requant" : "raw")},
                   {"output.bits", integer(c.output.bits)},
                   {"output.signed", c.output.is_signed},
                   {"output.multiplier_bits", integer(c.output.multiplier_bits)}});
    const AnalogConfig& a = c.analog;
    values.insert({{"analog.seed", a.seed},
                   {"analog.noise", Decimal{a.noise, 16}},
                   {"analog.noise_unit", std::string(a.noise_in_v ? "v" : "lsb")},
                   {"analog.mismatch", Decimal{a.mismatch, 16}},
                   {"analog.mismatch_kind", std::string(a.lognormal ? "lognormal" : "normal")},
                   {"analog.mismatch_per", std::string(a.per_unit ? "unit" : "cell")},
                   {"analog.ir_drop", Decimal{a.ir_drop, 32}},
                   {"analog.adc_offset", Decimal{a.adc_offset, 16}},
                   {"analog.adc_gain", Decimal{a.adc_gain, 16}}});
    return values;
}

/// Words that some YAML reader takes for a boolean or for nothing are quoted.
std::string word(const std::string& text) {
    static constexpr std::array<std::string_view, 9> special = {
        "true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    const bool quoted = std::ranges::find(special, text) != special.end();
    return quoted ? '"' + text + '"' : text;
}

std::string map_text(const ChoiceOrMap& value) {
    if (!value.choice.empty()) return word(value.choice);
    std::string text;
    for (const ChoiceOrMap::Field& field : value.fields) {
        const std::string numbers = fmt::format("{}", fmt::join(field.values, ", "));
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", field.name,
                            field.is_list ? fmt::format("[{}]", numbers) : numbers);
    }
    return fmt::format("{{{}}}", text);
}

struct ValueText {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return word(value); }
    std::string operator()(const Rational& r) const {
        return r.den == 1 ? std::to_string(r.num) : fmt::format("{}/{}", r.num, r.den);
    }
    std::string operator()(const ChoiceOrMap& value) const { return map_text(value); }
    std::string operator()(const Decimal& d) const {
        return decimal_text(d.units, d.fraction_bits);
    }
    std::string operator()(AutoValue) const { return "auto"; }
};

}  // namespace

std::string to_yaml(const Config& config, const std::vector<Override>& resolved) {
    const SchemeKeys& scheme = scheme_of(config);
    const Values values = to_values(config, scheme);
    std::string text;
    std::string_view section;
    for (const KeySpec* spec : keys_of(scheme)) {
        const auto dot = spec->path.find('.');
        const bool nested = dot != std::string_view::npos;
        if (nested && spec->path.substr(0, dot) != section) {
            section = spec->path.substr(0, dot);
            text += fmt::format("{}:\n", section);
        }
        const Value& value = values.find(spec->path)->second;
        std::string shown = std::visit(ValueText{}, value);
        const auto number = std::ranges::find(resolved, spec->path, &Override::path);
        if (shown == "auto" && number != resolved.end()) {
            shown = number->value;
        }
        text += fmt::format("{}{}: {}\n", nested ? "  " : "",
                            nested ? spec->path.substr(dot + 1) : spec->path, shown);
    }
    return text;
}

}  // namespace generator
