// SPDX-License-Identifier: Apache-2.0
#include "generator/load.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "load_steps.hpp"
#include "taken_names.hpp"

namespace generator {

namespace {

/// The scheme that the config names, or null with a finding.
const Scheme* read_scheme(Loading& loading) {
    const KeySpec* spec = nullptr;
    for (const KeySpec& k : common_keys()) {
        if (k.path == "scheme") spec = &k;
    }
    const Values values = read_values({spec}, loading);
    const auto* name = find_value<std::string>(values, "scheme");
    return name ? find_scheme(*name) : nullptr;
}

std::vector<const KeySpec*> keys_without_scheme(const SchemeKeys* scheme) {
    std::vector<const KeySpec*> keys;
    if (scheme) {
        keys = keys_of(*scheme);
    } else {
        for (const KeySpec& k : common_keys()) keys.push_back(&k);
    }
    std::erase_if(keys, [](const KeySpec* k) { return k->path == "scheme"; });
    return keys;
}

int integer(const Values& values, std::string_view path) {
    return static_cast<int>(std::get<std::int64_t>(values.find(path)->second));
}

AutoInt auto_integer(const Values& values, std::string_view path) {
    const auto* value = find_value<std::int64_t>(values, path);
    return value ? AutoInt(static_cast<int>(*value)) : std::nullopt;
}

AnalogConfig make_analog(const Values& values) {
    const auto units = [&](std::string_view path) {
        return std::get<Decimal>(values.find(path)->second).units;
    };
    const auto is = [&](std::string_view path, std::string_view choice) {
        return std::get<std::string>(values.find(path)->second) == choice;
    };
    return {.seed = std::get<std::int64_t>(values.find("analog.seed")->second),
            .noise = units("analog.noise"),
            .noise_in_v = is("analog.noise_unit", "v"),
            .mismatch = units("analog.mismatch"),
            .lognormal = is("analog.mismatch_kind", "lognormal"),
            .per_unit = is("analog.mismatch_per", "unit"),
            .ir_drop = units("analog.ir_drop"),
            .adc_offset = units("analog.adc_offset"),
            .adc_gain = units("analog.adc_gain")};
}

Config read_config(std::string_view text, const std::vector<Override>& overrides,
                   Loading& loading) {
    bool readable = true;
    try {
        read_entries(parse_yaml(text), loading);
    } catch (const YamlError& e) {
        loading.error({e.line, e.column}, "", e.message);
        readable = false;
    }
    read_overrides(overrides, loading);
    if (!readable) loading.finish();

    const SchemeKeys* scheme = read_scheme(loading);
    check_known(scheme, loading);
    Values values = read_values(keys_without_scheme(scheme), loading);
    if (scheme) check_rules(*scheme, values, loading);
    loading.finish();
    return make_config(*scheme, values);
}

constexpr std::string_view standard_input = "-";

/// The name of a config in messages.
std::string shown(const std::string& path) { return path == standard_input ? "<stdin>" : path; }

std::string read_text(const std::string& path) {
    std::ifstream file;
    if (path != standard_input) file.open(path, std::ios::binary);
    std::istream& in = path == standard_input ? std::cin : file;
    std::string text;
    char buffer[4096];
    // One byte over the limit is enough for the loader to refuse the file, however long it is.
    while (in && text.size() <= YamlLimits::bytes) {
        in.read(buffer, sizeof buffer);
        text.append(buffer, static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad() || (in.fail() && !in.eof())) {
        throw base::Error(fmt::format("{}: error: cannot read the config: {}", shown(path),
                                      std::strerror(errno)));
    }
    return text;
}

}  // namespace

Config make_config(const SchemeKeys& scheme, const Values& values) {
    Config c;
    c.name = std::get<std::string>(values.at("name"));
    if (std::get<std::string>(values.at("clock_gating")) == "cell")
        c.clock_gating = ClockGating::cell;
    c.array = {.rows = integer(values, "array.rows"),
               .outputs = integer(values, "array.outputs"),
               .active_rows = integer(values, "array.active_rows"),
               .banks = integer(values, "array.banks"),
               .precharge = integer(values, "array.precharge"),
               .settle = integer(values, "array.settle"),
               .hold = *find_value<std::string>(values, "array.hold") == "none" ? Hold::none
                                                                                : Hold::column,
               .sample_gap = integer(values, "array.sample_gap"),
               .max_drive = integer(values, "array.max_drive"),
               .write_while_compute = std::get<bool>(values.at("array.write_while_compute"))};
    c.adc = {.bits = auto_integer(values, "adc.bits"),
             .step = {},
             .share = integer(values, "adc.share"),
             .latency = integer(values, "adc.latency"),
             .correction_bits = integer(values, "adc.correction_bits"),
             .kind = std::get<std::string>(values.at("adc.kind")) == "async" ? AdcKind::async
                                                                             : AdcKind::response};
    if (const auto* step = find_value<Rational>(values, "adc.step")) c.adc.step = *step;
    if (const auto* step = find_value<std::int64_t>(values, "adc.step")) {
        c.adc.step = {static_cast<int>(*step), 1};  // a scheme whose step is an integer
    }
    c.accumulator = {.max_tiles = integer(values, "accumulator.max_tiles"),
                     .bits = auto_integer(values, "accumulator.bits"),
                     .bias = std::get<bool>(values.at("accumulator.bias")),
                     .chain = std::get<bool>(values.at("accumulator.chain"))};
    c.stream = {.in = auto_integer(values, "stream.in"),
                .out = auto_integer(values, "stream.out"),
                .weight = auto_integer(values, "stream.weight"),
                .max_bits = integer(values, "stream.max_bits")};
    const auto& factors = std::get<std::string>(values.at("memory.factors"));
    c.memory.factors = factors == "macro"   ? FactorStore::macro
                       : factors == "flops" ? FactorStore::flops
                                            : FactorStore::automatic;
    c.reset.synchronizer = std::get<bool>(values.at("reset.synchronizer"));
    c.test.observe = std::get<bool>(values.at("test.observe"));
    c.output = {.requant = std::get<std::string>(values.at("output.mode")) == "requant",
                .bits = integer(values, "output.bits"),
                .is_signed = std::get<bool>(values.at("output.signed")),
                .multiplier_bits = integer(values, "output.multiplier_bits")};
    c.analog = make_analog(values);
    c.section = scheme.section(values);
    return c;
}

Config load_config(std::string_view text, const std::string& file,
                   const std::vector<Override>& overrides) {
    Loading loading(file);
    return read_config(text, overrides, loading);
}

Config load_config_file(const std::string& path, const std::vector<Override>& overrides) {
    return load_config(read_text(path), shown(path), overrides);
}

Design load_design(std::string_view text, const std::string& file,
                   const std::vector<Override>& overrides, const DesignRule& rule) {
    Loading loading(file);
    const Config config = read_config(text, overrides, loading);
    try {
        Design design = elaborate(config);
        if (const std::string reason = taken_name_reason(design); !reason.empty()) {
            loading.error("name", fmt::format("found \"{}\", {}; expected a name that is not taken",
                                              config.name, reason));
            loading.finish();
        }
        if (rule) rule(design);
        return design;
    } catch (const base::KeyError& e) {
        loading.error(e.path(), e.message());
        loading.finish();
        throw;
    }
}

Design load_design_file(const std::string& path, const std::vector<Override>& overrides,
                        const DesignRule& rule) {
    return load_design(read_text(path), shown(path), overrides, rule);
}

}  // namespace generator
