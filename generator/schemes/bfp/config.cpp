// SPDX-License-Identifier: Apache-2.0
#include "generator/schemes/bfp/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "generator/adc_range.hpp"
#include "generator/schemes/bfp/scheme.hpp"

namespace generator::bfp {

namespace {

constexpr std::int64_t default_mantissa = 4;
constexpr std::string_view mantissa_key = "bfp.mantissa_bits";

int integer(const Values& values, std::string_view path) {
    return static_cast<int>(std::get<std::int64_t>(values.find(path)->second));
}

}  // namespace

std::unique_ptr<const Scheme> make_scheme(const Section&) { return std::make_unique<BfpScheme>(); }

std::string_view BfpScheme::name() const { return Section::scheme; }

std::string_view BfpScheme::summary() const {
    return "range-aware rounding: inputs cut at run time to an m-bit mantissa, empty steps skipped";
}

std::span<const KeySpec> BfpScheme::keys() const {
    static const std::vector<KeySpec> table = {
        adc_bits_key(),
        adc_step_key(),
        input_bits_key(2),
        weight_bits_key(),
        {mantissa_key,
         KeyKind::integer,
         1,
         8,
         {},
         std::nullopt,
         "4, or input.bits if smaller",
         "longest mantissa in bits; a register sets 1 to this at run time"},
        {"bfp.block",
         KeyKind::choice,
         0,
         0,
         {"static", "dynamic"},
         std::string("static"),
         "",
         "static: a group shares one shift; dynamic: each input has its own, driven in passes"},
    };
    return table;
}

void BfpScheme::complete(Values& values,
                         const std::function<bool(std::string_view path)>& broken) const {
    const auto* bits = find_value<std::int64_t>(values, "input.bits");
    if (!bits || broken(mantissa_key)) return;
    values.try_emplace(std::string(mantissa_key), std::min(default_mantissa, *bits));
}

std::string_view BfpScheme::refusal(std::string_view path) const {
    if (path != "input.signed") return {};
    return "its inputs are unsigned; signed data goes through a zero point folded into the bias "
           "(cimrtl quantize)";
}

void BfpScheme::validate(const Values& values, const Report& report) const {
    const auto* input = find_value<std::int64_t>(values, "input.bits");
    const auto* mantissa = find_value<std::int64_t>(values, mantissa_key);
    if (input && mantissa && *mantissa > *input) {
        report(mantissa_key,
               fmt::format("found {}; expected at most input.bits = {}", *mantissa, *input));
    }
    if (const auto* rows = find_value<std::int64_t>(values, "array.active_rows")) {
        check_auto_adc_bits(values, {0, *rows, false}, report);
    }
}

int BfpScheme::planes(const Values& values) const { return integer(values, "weight.bits"); }

SchemeSection BfpScheme::section(const Values& values) const {
    return Section{.input_bits = integer(values, "input.bits"),
                   .weight_bits = planes(values),
                   .mantissa_bits = integer(values, mantissa_key),
                   .dynamic = *find_value<std::string>(values, "bfp.block") == "dynamic"};
}

Values BfpScheme::section_values(const SchemeSection& section) const {
    const auto& s = std::get<Section>(section);
    return {{"input.bits", std::int64_t{s.input_bits}},
            {"weight.bits", std::int64_t{s.weight_bits}},
            {std::string(mantissa_key), std::int64_t{s.mantissa_bits}},
            {"bfp.block", std::string(s.dynamic ? "dynamic" : "static")}};
}

ValueRange BfpScheme::input_range(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    return {0, (std::int64_t{1} << s.input_bits) - 1};
}

ValueRange BfpScheme::weight_range(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    const std::int64_t half = std::int64_t{1} << (s.weight_bits - 1);
    return {-half, half - 1};
}

}  // namespace generator::bfp
