// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "generator/adc_range.hpp"

namespace generator {

namespace {

constexpr int max_adc_bits = 16;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

int signed_width(std::int64_t code) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(code < 0 ? ~code : code))) +
           1;
}

}  // namespace

std::int64_t unclamped_code(std::int64_t v, Rational step) {
    return floor_div(step.den * v + step.num / 2, step.num);
}

int auto_adc_bits(const AnalogRange& range, Rational step) {
    const std::int64_t lo = unclamped_code(range.lo, step);
    const std::int64_t hi = unclamped_code(range.hi, step);
    if (range.signed_adc) return std::max(signed_width(lo), signed_width(hi));
    return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(hi))));
}

std::optional<Rational> adc_step(const Values& values) {
    if (const auto* step = find_value<Rational>(values, "adc.step")) return *step;
    const auto* step = find_value<std::int64_t>(values, "adc.step");
    return step ? std::optional(Rational{static_cast<int>(*step), 1}) : std::nullopt;
}

void check_auto_adc_bits(const Values& values, const AnalogRange& range, const Report& report) {
    const auto step = adc_step(values);
    if (!step || !find_value<AutoValue>(values, "adc.bits")) return;
    const int bits = auto_adc_bits(range, *step);
    if (bits <= max_adc_bits) return;
    report("adc.bits",
           fmt::format("found auto, which needs {} bits for analog values from {} to {} at step "
                       "{}/{}; expected at most {} bits: a coarser adc.step, fewer "
                       "array.active_rows, or a width from 1 to {}",
                       bits, range.lo, range.hi, step->num, step->den, max_adc_bits, max_adc_bits));
}

}  // namespace generator
