// SPDX-License-Identifier: Apache-2.0
#include "generator/schemes/ternary/config.hpp"

#include "generator/adc_range.hpp"
#include "generator/schemes/ternary/scheme.hpp"

namespace generator::ternary {

std::unique_ptr<const Scheme> make_scheme(const Section&) {
    return std::make_unique<TernaryScheme>();
}

std::string_view TernaryScheme::name() const { return Section::scheme; }

std::string_view TernaryScheme::summary() const {
    return "weights -1, 0, +1 in two cells, bit-serial unsigned inputs";
}

std::span<const KeySpec> TernaryScheme::keys() const {
    static const std::vector<KeySpec> table = {
        adc_bits_key(),
        adc_step_key(),
        input_bits_key(),
    };
    return table;
}

std::string_view TernaryScheme::refusal(std::string_view path) const {
    if (path == "weight.bits") return "its weights are -1, 0 and +1";
    if (path == "input.signed") return "its inputs are unsigned";
    return {};
}

/// A column counts rows: v is 0 to A.
void TernaryScheme::validate(const Values& values, const Report& report) const {
    if (const auto* rows = find_value<std::int64_t>(values, "array.active_rows")) {
        check_auto_adc_bits(values, {0, *rows, false}, report);
    }
}

int TernaryScheme::planes(const Values&) const { return 2; }

SchemeSection TernaryScheme::section(const Values& values) const {
    return Section{.input_bits = static_cast<int>(std::get<std::int64_t>(values.at("input.bits")))};
}

Values TernaryScheme::section_values(const SchemeSection& section) const {
    return {{"input.bits", std::int64_t{std::get<Section>(section).input_bits}}};
}

ValueRange TernaryScheme::input_range(const Config& config) const {
    return {0, (std::int64_t{1} << std::get<Section>(config.section).input_bits) - 1};
}

ValueRange TernaryScheme::weight_range(const Config&) const { return {-1, 1}; }

}  // namespace generator::ternary
