// SPDX-License-Identifier: Apache-2.0
#include "generator/schemes/conventional/config.hpp"

#include "generator/adc_range.hpp"
#include "generator/schemes/conventional/scheme.hpp"

namespace generator::conventional {

std::unique_ptr<const Scheme> make_scheme(const Section&) {
    return std::make_unique<ConventionalScheme>();
}

std::string_view ConventionalScheme::name() const { return Section::scheme; }

std::string_view ConventionalScheme::summary() const {
    return "bit-serial two's complement, one weight bit per cell: the baseline";
}

std::span<const KeySpec> ConventionalScheme::keys() const {
    static const std::vector<KeySpec> table = {
        adc_bits_key(),
        adc_step_key(),
        input_bits_key(),
        {"input.signed", KeyKind::boolean, 0, 0, {}, false, "", "inputs are two's complement"},
        weight_bits_key(),
    };
    return table;
}

void ConventionalScheme::validate(const Values& values, const Report& report) const {
    if (const auto* rows = find_value<std::int64_t>(values, "array.active_rows")) {
        check_auto_adc_bits(values, {0, *rows, false}, report);
    }
}

int ConventionalScheme::planes(const Values& values) const {
    return static_cast<int>(std::get<std::int64_t>(values.at("weight.bits")));
}

SchemeSection ConventionalScheme::section(const Values& values) const {
    return Section{
        .input_bits = static_cast<int>(std::get<std::int64_t>(values.at("input.bits"))),
        .input_signed = std::get<bool>(values.at("input.signed")),
        .weight_bits = planes(values),
    };
}

Values ConventionalScheme::section_values(const SchemeSection& section) const {
    const auto& s = std::get<Section>(section);
    return {{"input.bits", std::int64_t{s.input_bits}},
            {"input.signed", s.input_signed},
            {"weight.bits", std::int64_t{s.weight_bits}}};
}

ValueRange ConventionalScheme::input_range(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    if (!s.input_signed) return {0, (std::int64_t{1} << s.input_bits) - 1};
    const std::int64_t half = std::int64_t{1} << (s.input_bits - 1);
    return {-half, half - 1};
}

ValueRange ConventionalScheme::weight_range(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    const std::int64_t half = std::int64_t{1} << (s.weight_bits - 1);
    return {-half, half - 1};
}

}  // namespace generator::conventional
