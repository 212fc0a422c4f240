// SPDX-License-Identifier: Apache-2.0
#include "generator/schemes/zebra/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "generator/adc_range.hpp"
#include "generator/schemes/zebra/scheme.hpp"

namespace generator::zebra {

namespace {

constexpr int top_position = 7;

std::vector<std::string_view> pattern_names() {
    std::vector<std::string_view> names;
    for (const NamedPattern& p : named_patterns()) names.push_back(p.name);
    return names;
}

Section to_section(const ChoiceOrMap& value) {
    Section s{.pattern_name = value.choice};
    for (const NamedPattern& p : named_patterns()) {
        if (p.name == value.choice) {
            s.base = p.base;
            s.ratio = p.ratio;
            return s;
        }
    }
    const auto base = value.values("base");
    std::ranges::copy(base.rbegin(), base.rend(), s.base.begin());
    s.ratio = static_cast<int>(value.values("ratio").at(0));
    return s;
}

/// What an explicit pattern keeps beyond the form of the key; true if it does.
bool check_pattern(const Section& pattern, const Report& report) {
    const int shift = std::bit_width(static_cast<unsigned>(pattern.ratio)) - 1;
    const int top = pattern.base.back();
    if (top + shift <= top_position) return true;
    report(
        "zebra.pattern",
        fmt::format("found top position {} with ratio {}; expected top position + "
                    "log2(ratio) at most {}: a ratio of at most {} or a top position of at most {}",
                    top, pattern.ratio, top_position, 1 << std::min(4, top_position - top),
                    top_position - shift));
    return false;
}

}  // namespace

std::span<const NamedPattern> named_patterns() {
    static constexpr std::array<NamedPattern, 4> table = {{
        {"option2", {0, 2, 4, 6}, 2},
        {"option1", {0, 1, 2, 3}, 4},
        {"option1_paired", {0, 1, 4, 5}, 4},
        {"window2", {0, 1, 2, 3}, 2},
    }};
    return table;
}

std::unique_ptr<const Scheme> make_scheme(const Section&) {
    return std::make_unique<ZebraScheme>();
}

std::string_view ZebraScheme::name() const { return Section::scheme; }

std::string_view ZebraScheme::summary() const {
    return "zero-bit patterns: sign, pattern and 4 kept bits for weights and activations";
}

std::span<const KeySpec> ZebraScheme::keys() const {
    static const std::vector<KeySpec> table = {
        adc_bits_key(),
        adc_step_key(),
        {.path = "zebra.pattern",
         .kind = KeyKind::choice_or_map,
         .choices = pattern_names(),
         .fallback = ChoiceOrMap{.choice = "option1", .fields = {}},
         .doc = "which 4 of 8 magnitude bits the two patterns keep",
         .fields = {{.name = "base",
                     .count = 4,
                     .max = top_position,
                     .descending = true,
                     .noun = "positions",
                     .order = "the most significant first"},
                    {.name = "ratio", .choices = {1, 2, 4, 8, 16}}},
         .form = "{base: [p3, p2, p1, p0], ratio: n}"},
    };
    return table;
}

void ZebraScheme::validate(const Values& values, const Report& report) const {
    const auto* value = find_value<ChoiceOrMap>(values, "zebra.pattern");
    if (!value) return;
    const Section pattern = to_section(*value);
    if (!check_pattern(pattern, report)) return;
    if (const auto* rows = find_value<std::int64_t>(values, "array.active_rows")) {
        const std::int64_t ratio = pattern.ratio;
        const std::int64_t top = *rows * ratio * ratio;
        check_auto_adc_bits(values, {-top, top, true}, report);
    }
}

int ZebraScheme::planes(const Values&) const { return 4; }

SchemeSection ZebraScheme::section(const Values& values) const {
    return to_section(std::get<ChoiceOrMap>(values.at("zebra.pattern")));
}

Values ZebraScheme::section_values(const SchemeSection& section) const {
    const auto& s = std::get<Section>(section);
    ChoiceOrMap value{.choice = s.pattern_name, .fields = {}};
    value.fields = {{"base", {s.base.rbegin(), s.base.rend()}, true}, {"ratio", {s.ratio}, false}};
    return {{"zebra.pattern", value}};
}

ValueRange ZebraScheme::input_range(const Config&) const { return {-255, 255}; }

ValueRange ZebraScheme::weight_range(const Config&) const { return {-255, 255}; }

}  // namespace generator::zebra
