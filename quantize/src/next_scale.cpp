// SPDX-License-Identifier: Apache-2.0
#include "quantize/next_scale.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/findings.hpp"

namespace quantize {

namespace {

constexpr int least_shift = 1, most_shift = 63;

struct Ratio {
    std::int64_t multiplier = 0;
    int shift = 0;
};

/// The nearest M / 2^S with the largest M below `top`; S may be anything.
Ratio nearest(double ratio, std::int64_t top) {
    int exponent = 0;
    std::frexp(ratio, &exponent);  // ratio < 2^exponent
    int bits = 0;
    while ((top >> bits) > 1) ++bits;
    // Here M has at most one bit too many; then one bit less is right.
    for (int shift = bits + 1 - exponent;; --shift) {
        const double m = std::floor(std::ldexp(ratio, shift) + 0.5);
        if (m < static_cast<double>(top)) return {static_cast<std::int64_t>(m), shift};
    }
}

void check(const generator::Config& config, const NextLayer& next, base::Findings& findings) {
    const generator::OutputConfig& output = config.output;
    if (!output.requant) {
        findings.add(
            "error: --next-scale: not taken by this config, which has output.mode: raw; expected "
            "output.mode: requant, or no --next-scale");
        findings.finish();
    }
    if (!std::isfinite(next.scale) || next.scale <= 0) {
        findings.add(
            fmt::format("error: --next-scale: found {}; expected a positive number", next.scale));
    }
    const std::int64_t values = std::int64_t{1} << output.bits;
    if (next.zero_point < -values || next.zero_point >= values) {
        findings.add(fmt::format(
            "error: --next-zero-point: found {}; expected {} to {} (output.bits + 1 bits, signed)",
            next.zero_point, -values, values - 1));
    }
    findings.finish();
}

}  // namespace

Requantization requantization(const generator::Config& config,
                              const std::vector<double>& output_scale, std::size_t outputs,
                              const NextLayer& next) {
    base::Findings findings;
    check(config, next, findings);
    const generator::OutputConfig& output = config.output;
    Requantization r;
    r.zero_point = next.zero_point;
    r.clamp = generator::output_range(output);
    if (next.relu) {
        if (next.zero_point > r.clamp.second) {
            findings.add(fmt::format(
                "error: --next-zero-point: found {} with --relu; expected at most {}, the greatest "
                "output",
                next.zero_point, r.clamp.second));
        }
        r.clamp.first = std::max(r.clamp.first, next.zero_point);
    }
    const std::int64_t top = std::int64_t{1} << output.multiplier_bits;
    for (std::size_t o = 0; o < outputs; ++o) {
        const double ratio = output_scale[output_scale.size() == 1 ? 0 : o] / next.scale;
        const bool positive = std::isfinite(ratio) && ratio > 0;
        const Ratio near = positive ? nearest(ratio, top) : Ratio{};
        if (!positive || near.shift < least_shift || near.shift > most_shift) {
            findings.add(fmt::format(
                "error: --next-scale: output {}: found the ratio {:g} of its scale to that of the "
                "next layer; expected {:g} to {:g}, what {} bits hold with a shift of {} to {}",
                o, ratio, std::ldexp(static_cast<double>(top) / 2, -most_shift),
                std::ldexp(static_cast<double>(top - 1), -least_shift), output.multiplier_bits,
                least_shift, most_shift));
            continue;
        }
        r.multiplier.push_back(near.multiplier);
        r.shift.push_back(near.shift);
    }
    findings.finish();
    return r;
}

}  // namespace quantize
