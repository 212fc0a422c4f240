// SPDX-License-Identifier: Apache-2.0
#include "generator/schemes/binsparx/config.hpp"

#include "generator/schemes/binsparx/scheme.hpp"

namespace generator::binsparx {

std::unique_ptr<const Scheme> make_scheme(const Section&) {
    return std::make_unique<BinSparXScheme>();
}

std::string_view BinSparXScheme::name() const { return Section::scheme; }

std::string_view BinSparXScheme::summary() const {
    return "binary networks: columns and vectors inverted where that leaves fewer ones";
}

std::span<const KeySpec> BinSparXScheme::keys() const {
    static const std::vector<KeySpec> table = {
        adc_bits_key(),
        adc_integer_step_key(),
        {"binsparx.weights",
         KeyKind::boolean,
         0,
         0,
         {},
         true,
         "",
         "columns are inverted where most of their weights are +1"},
        {"binsparx.activations",
         KeyKind::boolean,
         0,
         0,
         {},
         true,
         "",
         "groups of inputs are inverted where most of them are +1"},
        {"binsparx.threshold",
         KeyKind::boolean,
         0,
         0,
         {},
         false,
         "",
         "a 1-bit output per channel: the result reaches its threshold"},
    };
    return table;
}

// `adc.bits: auto` is at most 11: 1024 rows, a step of at least 1.
void BinSparXScheme::validate(const Values& values, const Report& report) const {
    const bool* threshold = find_value<bool>(values, "binsparx.threshold");
    const auto* mode = find_value<std::string>(values, "output.mode");
    if (threshold && *threshold && mode && *mode == "requant") {
        report("output.mode",
               "found requant with binsparx.threshold: true, whose outputs are bits; expected raw");
    }
}

int BinSparXScheme::planes(const Values&) const { return 1; }

SchemeSection BinSparXScheme::section(const Values& values) const {
    return Section{
        .weights = std::get<bool>(values.at("binsparx.weights")),
        .activations = std::get<bool>(values.at("binsparx.activations")),
        .threshold = std::get<bool>(values.at("binsparx.threshold")),
    };
}

Values BinSparXScheme::section_values(const SchemeSection& section) const {
    const auto& s = std::get<Section>(section);
    return {{"binsparx.weights", s.weights},
            {"binsparx.activations", s.activations},
            {"binsparx.threshold", s.threshold}};
}

ValueRange BinSparXScheme::input_range(const Config&) const { return {-1, 1, 2}; }

ValueRange BinSparXScheme::weight_range(const Config&) const { return {-1, 1, 2}; }

}  // namespace generator::binsparx
