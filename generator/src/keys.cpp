// SPDX-License-Identifier: Apache-2.0
#include "generator/keys.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "generator/scheme.hpp"

namespace generator {

namespace {

KeySpec integer(std::string_view path, std::int64_t min, std::int64_t max,
                std::optional<Value> fallback, std::string_view doc) {
    return {path, KeyKind::integer, min, max, {}, std::move(fallback), "", doc};
}

KeySpec integer_or_auto(std::string_view path, std::int64_t min, std::int64_t max,
                        std::string_view doc) {
    return {path, KeyKind::integer_or_auto, min, max, {}, AutoValue{}, "", doc};
}

KeySpec boolean(std::string_view path, bool fallback, std::string_view doc) {
    return {path, KeyKind::boolean, 0, 0, {}, fallback, "", doc};
}

KeySpec derived(std::string_view path, std::int64_t max, std::string_view from,
                std::string_view doc) {
    return {path, KeyKind::integer, 1, max, {}, std::nullopt, from, doc};
}

constexpr int sigma_bits = 16;    ///< fraction bits of a σ
constexpr int ir_drop_bits = 32;  ///< ... of analog.ir_drop

KeySpec decimal(std::string_view path, std::string_view most, int fraction_bits,
                std::string_view doc) {
    KeySpec key;
    key.path = path;
    key.kind = KeyKind::decimal;
    key.doc = doc;
    key.fallback = Decimal{0, fraction_bits};
    key.most = most;
    key.fraction_bits = fraction_bits;
    return key;
}

KeySpec choice(std::string_view path, std::vector<std::string_view> choices, std::string_view doc) {
    KeySpec key;
    key.path = path;
    key.kind = KeyKind::choice;
    key.doc = doc;
    key.fallback = std::string(choices.front());
    key.choices = std::move(choices);
    return key;
}

/// The output stage. Source: docs/spec/output.md.
std::vector<KeySpec> output_keys() {
    return {
        choice("output.mode", {"raw", "requant"},
               "raw: results leave as they are; requant: as the next layer's inputs"),
        integer("output.bits", 1, 16, std::int64_t{8}, "width of a requantized output"),
        boolean("output.signed", false, "a requantized output has a sign"),
        integer("output.multiplier_bits", 1, 24, std::int64_t{16},
                "width of each output's multiplier, unsigned"),
    };
}

/// The array as it is, not the periphery. Source: docs/spec/analog.md.
std::vector<KeySpec> analog_keys() {
    return {
        integer("analog.seed", 0, 4294967295, std::int64_t{1}, "the chip, and its noise"),
        decimal("analog.noise", "64", sigma_bits, "deviation of a conversion's random error"),
        choice("analog.noise_unit", {"lsb", "v"}, "of the noise: ADC steps, or the column sum v"),
        decimal("analog.mismatch", "0.5", sigma_bits, "deviation of a cell's gain"),
        choice("analog.mismatch_kind", {"normal", "lognormal"}, "gain 1 + x, or e^x"),
        choice("analog.mismatch_per", {"cell", "unit"},
               "every cell its own gain, or one for all banks of a row and column"),
        decimal("analog.ir_drop", "0.01", ir_drop_bits,
                "resistance of the column wire from cell to cell, in a cell's resistances"),
        decimal("analog.adc_offset", "64", sigma_bits, "deviation of an ADC's offset, ADC steps"),
        decimal("analog.adc_gain", "0.5", sigma_bits, "deviation of an ADC's gain error"),
    };
}

std::vector<std::string_view> scheme_names() {
    std::vector<std::string_view> names;
    for (const auto& scheme : schemes()) names.push_back(scheme->name());
    return names;
}

std::vector<KeySpec> make_common_keys() {
    std::vector<KeySpec> keys = {
        {"name", KeyKind::name, 1, 64, {}, std::nullopt, "", "output folder and top module"},
        {"scheme", KeyKind::choice, 0, 0, scheme_names(), std::nullopt, "",
         "how inputs and weights are coded"},
        choice("clock_gating", {"none", "cell"},
               "cell: groups of registers rest behind clock gates (cim_clock_gate)"),
        integer("array.rows", 1, 1024, std::nullopt, "wordlines, one input element each"),
        integer("array.outputs", 1, 1024, std::nullopt, "logical output channels of the macro"),
        derived("array.active_rows", 1024, "rows", "rows driven together; divides rows"),
        integer("array.banks", 1, 256, std::int64_t{16}, "weights in each local computing cell"),
        integer("array.precharge", 0, 64, std::int64_t{0}, "cycles before each drive"),
        integer("array.settle", 0, 64, std::int64_t{0}, "cycles from drive to sample"),
        {"array.hold",
         KeyKind::choice,
         0,
         0,
         {"column", "none"},
         std::string("column"),
         "",
         "column: sampled values are held while the array prepares the next step"},
        integer("array.sample_gap", 0, 8, std::int64_t{0},
                "cycles that rows and bank stand after a sample ends (hold none: after the last "
                "code)"),
        integer("array.max_drive", 0, 65535, std::int64_t{0},
                "most cycles that rows stand driven: a drive that waits longer for its turn ends "
                "and is driven anew; less than max(settle, 1) + sample_gap + a conversion + 16 "
                "counts as that (check says so); 0: no bound; no effect with hold none"),
        boolean("array.write_while_compute", false,
                "the array takes weight accesses to one bank while another is driven"),
        derived("adc.share", 256, "planes",
                "physical columns per ADC: divides planes, or a multiple of planes that divides "
                "outputs*planes"),
        integer("adc.latency", 1, 64, std::int64_t{4}, "cycles from request to code"),
        integer("adc.correction_bits", 0, 8, std::int64_t{0},
                "width of a digital offset correction for each ADC, signed; 0: none"),
        choice(
            "adc.kind", {"response", "async"},
            "response: ADCs answer in the macro's clock; async: a handshake with ADCs that have a "
            "clock of their own"),
        integer("accumulator.max_tiles", 1, 4096, std::int64_t{16},
                "tiles that one output vector may add"),
        integer_or_auto("accumulator.bits", 2, 63, "width in bits, signed; auto: never saturates"),
        boolean("accumulator.bias", false, "a starting-value register for each output"),
        boolean("accumulator.chain", false, "a stream of starting values from another macro"),
        integer_or_auto("stream.in", 1, 1024,
                        "input elements per beat, up to rows; auto: does not slow the rate"),
        integer_or_auto("stream.out", 1, 1024,
                        "outputs per beat, up to outputs; auto: does not slow the rate"),
        integer_or_auto("stream.weight", 1, 16384,
                        "physical columns per beat of the weight stream, up to outputs*planes"),
        integer("stream.max_bits", 8, 4096, std::int64_t{128},
                "most bits of a beat of stream.in and stream.out where they are auto; at least one "
                "element"),
        choice("memory.factors", {"auto", "flops", "macro"},
               "factors of banks in rings of flip-flops, or in memories read ahead (column_quant: "
               "scales, centres; binsparx: corrections); auto: flops up to 65536 bits in all"),
        boolean("reset.synchronizer", false,
                "rst_ni may be released at any time: two flip-flops release it with the clock, "
                "rst_no shows it"),
        boolean("test.observe", false,
                "bring-up: codes and counts of ADCs, masks, a time-out, status, single steps"),
    };
    for (KeySpec& key : output_keys()) keys.push_back(std::move(key));
    for (KeySpec& key : analog_keys()) keys.push_back(std::move(key));
    return keys;
}

/// Section of a key path: "array" of "array.rows", empty for "name".
std::string_view section_of(std::string_view path) {
    const auto dot = path.find('.');
    return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

}  // namespace

std::span<const KeySpec> common_keys() {
    static const std::vector<KeySpec> table = make_common_keys();
    return table;
}

KeySpec adc_bits_key() {
    return integer_or_auto("adc.bits", 1, 16,
                           "code width in bits; auto: the smallest, never clips");
}

KeySpec adc_step_key() {
    return {"adc.step", KeyKind::rational, 1,  65535,
            {},         Rational{1, 1},    "", "one ADC step in units of the analog value v"};
}

KeySpec adc_integer_step_key() {
    return integer("adc.step", 1, 65535, std::int64_t{1},
                   "one ADC step in units of the analog value v, an integer");
}

KeySpec input_bits_key(std::int64_t min) {
    return integer("input.bits", min, 8, std::nullopt, "width of an input element in bits");
}

KeySpec weight_bits_key(std::int64_t min) {
    return integer("weight.bits", min, 8, std::nullopt, "width of a weight in bits, signed");
}

std::vector<const KeySpec*> keys_of(const SchemeKeys& scheme) {
    static constexpr std::array<std::string_view, 10> order = {
        "", "array", "adc", "accumulator", "stream", "memory", "reset", "test", "input", "weight"};
    std::vector<const KeySpec*> own;
    std::vector<const KeySpec*> keys;
    for (const KeySpec& k : scheme.keys()) own.push_back(&k);
    for (std::string_view section : order) {
        const auto in_section = [&](const KeySpec* k) { return section_of(k->path) == section; };
        std::ranges::copy_if(own, std::back_inserter(keys), in_section);
        std::erase_if(own, in_section);
        for (const KeySpec& k : common_keys()) {
            if (in_section(&k)) keys.push_back(&k);
        }
    }
    keys.insert(keys.end(), own.begin(), own.end());
    for (const KeySpec& k : common_keys()) {
        const std::string_view section = section_of(k.path);
        if (section == "output" || section == "analog") keys.push_back(&k);
    }
    return keys;
}

const KeySpec* key_of(const SchemeKeys& scheme, std::string_view path) {
    const auto keys = keys_of(scheme);
    const auto found = std::ranges::find(keys, path, &KeySpec::path);
    return found == keys.end() ? nullptr : *found;
}

std::vector<std::int64_t> ChoiceOrMap::values(std::string_view name) const {
    const auto field = std::ranges::find(fields, name, &Field::name);
    return field == fields.end() ? std::vector<std::int64_t>() : field->values;
}

std::string expected_text(const KeySpec& spec) {
    switch (spec.kind) {
        case KeyKind::integer:
            return fmt::format("an integer from {} to {}", spec.min, spec.max);
        case KeyKind::integer_or_auto:
            return fmt::format("an integer from {} to {}, or auto", spec.min, spec.max);
        case KeyKind::boolean:
            return "true or false";
        case KeyKind::choice:
            return fmt::format("{}{}", spec.choices.size() > 1 ? "one of " : "",
                               fmt::join(spec.choices, ", "));
        case KeyKind::rational:
            return fmt::format("an integer from 1 to {0}, or \"p/q\" with p and q from 1 to {0}",
                               spec.max);
        case KeyKind::name:
            return fmt::format(
                "a name of at most {} lower-case letters, digits and _ that begins "
                "with a letter",
                spec.max);
        case KeyKind::decimal:
            return fmt::format("a number from 0 to {}", spec.most);
        case KeyKind::choice_or_map:
            return fmt::format("one of {}, or a map {}", fmt::join(spec.choices, ", "), spec.form);
    }
    return "";
}

}  // namespace generator
