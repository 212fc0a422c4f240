// SPDX-License-Identifier: Apache-2.0
#include "quantize/step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "golden/fast.hpp"
#include "operands/operands.hpp"
#include "quantize_rounding.hpp"

namespace quantize {

namespace {

constexpr int most_den = 4;

/// Steps p/q, q ≤ 4, up to `most`, ascending: all of them where they are few, else so many that
/// neighbours differ by a few percent.
std::vector<generator::Rational> candidate_steps(double most) {
    std::vector<generator::Rational> out;
    const int top =
        static_cast<int>(std::clamp(std::ceil(most * most_den), 4.0, 65535.0 * most_den));
    double last = 0;
    for (int n = 1; n <= top; ++n) {  // quarters and thirds
        for (const int den : {4, 3}) {
            if (den == 3 && (n > top * 3 / 4)) continue;
            const int common = std::gcd(n, den);
            out.push_back({n / common, den / common});
        }
    }
    const auto value = [](const generator::Rational& r) {
        return static_cast<double>(r.num) / r.den;
    };
    std::ranges::sort(out, {}, value);
    std::vector<generator::Rational> kept;
    for (const generator::Rational& r : out) {
        if (r.num > 65535 || value(r) <= last * (out.size() > 256 ? 1.03 : 1 + 1e-9)) continue;
        kept.push_back(r);
        last = value(r);
    }
    return kept;
}

/// Σ weight² · (step · Y − exact)².
double error_of(const golden::Matrix& y, double step, const golden::Matrix& exact,
                const std::vector<double>& weight) {
    double sum = 0;
    for (std::size_t n = 0; n < y.data.size(); ++n) {
        const double e = static_cast<double>(y.data[n]) * step - static_cast<double>(exact.data[n]);
        sum += e * e * weight[n % y.cols] * weight[n % y.cols];
    }
    return sum;
}

}  // namespace

generator::Rational best_step(const generator::Design& design, std::span<const StepTrial> trials) {
    if (!rounding_of(design.config).counts_steps) {
        throw base::Error(
            fmt::format("error: adc.step: fit is not taken by scheme {}; expected a number",
                        design.config.scheme()));
    }
    golden::Spec spec = operands::to_spec(design.config);
    spec.bias = false;
    spec.accumulator_bits = std::nullopt;
    spec.adc_bits = std::nullopt;
    spec.step_num = spec.step_den = 1;
    std::vector<golden::Operands> operands;
    std::vector<golden::Matrix> exact;
    for (const StepTrial& t : trials) {
        operands.push_back(t.operands);
        operands.back().bias.clear();
        exact.push_back(golden::run_fast(spec, operands.back(), 0, false).outputs);
    }
    const golden::Resolved ideal = golden::resolve(spec);
    spec.adc_bits = design.adc.bits;
    const double codes = static_cast<double>(std::max<std::int64_t>(design.adc.code_max, 1));
    const double reach = static_cast<double>(std::max(ideal.v_max, -ideal.v_min));
    double least = std::numeric_limits<double>::infinity();
    generator::Rational best;
    for (const generator::Rational& step : candidate_steps(std::max(1.0, reach / codes))) {
        spec.step_num = step.num;
        spec.step_den = step.den;
        double error = 0;
        for (std::size_t t = 0; t < trials.size() && error <= least; ++t) {
            const golden::Result r = golden::run_fast(spec, operands[t], 0, false);
            error += error_of(r.outputs, static_cast<double>(step.num) / step.den, exact[t],
                              trials[t].weight);
        }
        if (error > least) continue;
        least = error;
        best = step;
    }
    return best;
}

}  // namespace quantize
