// SPDX-License-Identifier: Apache-2.0
/// The ADC width that never clips. Source: docs/spec/contract.md, "Analog value and ADC".
#pragma once

#include <cstdint>
#include <optional>

#include "generator/config.hpp"
#include "generator/scheme.hpp"

namespace generator {

/// Range of the analog value v in a scheme (inclusive), and the ADC's kind.
struct AnalogRange {
    std::int64_t lo = 0;
    std::int64_t hi = 0;
    bool signed_adc = false;
};

/// The ADC's code before it is clamped: floor((q*v + floor(p/2)) / p) for a step p/q.
std::int64_t unclamped_code(std::int64_t v, Rational step);

/// Smallest width, at least 1, with which no v of the range clips at this step.
int auto_adc_bits(const AnalogRange& range, Rational step);

/// `adc.step`, whether the scheme's key is rational or an integer; none where it has no good value.
std::optional<Rational> adc_step(const Values& values);

/// The rule "above 16 bits `auto` is an error", for `Scheme::validate`.
void check_auto_adc_bits(const Values& values, const AnalogRange& range, const Report& report);

}  // namespace generator
