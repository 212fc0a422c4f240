/// What the macro's own transfer takes from the calibration: columns' scales, the ADC's step.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lowering.hpp"
#include "network/mapping.hpp"
#include "operands/npy.hpp"
#include "quantize/columns.hpp"

namespace network {

namespace {

constexpr std::size_t step_vectors = 256;  ///< of the sample that a step is rated on
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

}  // namespace

golden::Matrix MappedLayer::sample_inputs(const Sample& sample, std::size_t group) const {
    const Lowering& l = *layer_->lowering;
    const std::vector<double>& from = sample.vectors[group];
    golden::Matrix x{from.size() / l.depth, l.depth, std::vector<std::int64_t>(from.size())};
    for (std::size_t n = 0; n < from.size(); ++n) {
        x.data[n] =
            quantizer_ ? (*quantizer_)(from[n])
                       : static_cast<std::int64_t>(std::nearbyint(from[n] / input_scale_)) + shift_;
    }
    return x;
}

void MappedLayer::fit_columns(const Sample& sample) {
    if (!quantize::takes_columns(macro_.design.config)) return;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const golden::Matrix &w = groups_[g].operands.weights, x = sample_inputs(sample, g);
        const quantize::ColumnScales fit = quantize::fit_columns(
            macro_.design, {{w.rows, w.cols}, w.data}, {{x.rows, x.cols}, x.data}, false);
        groups_[g].operands.alpha = fit.alpha.data;
        groups_[g].operands.scale = fit.scale.data;
        groups_[g].operands.center = fit.center.data;
        for (double& unit : groups_[g].unit) unit *= fit.unit;
    }
}

void MappedLayer::fit_step(const Sample& sample) {
    if (!quantize::counts_steps(macro_.design.config)) {
        fail(fmt::format("adc.step: fit is not taken by scheme {}", spec_.scheme()));
    }
    std::vector<golden::Operands> operands;
    std::vector<golden::Result> exact;
    golden::Spec spec = spec_;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        golden::Operands o = groups_[g].operands;
        o.inputs = sample_inputs(sample, g);
        const std::size_t rows =
            std::min(o.inputs.rows, std::max<std::size_t>(1, step_vectors / groups_.size()));
        o.inputs.rows = rows;
        o.inputs.data.resize(rows * o.inputs.cols);
        if (spec.bias) o.bias.assign(o.weights.cols, 0);
        spec.adc_bits = std::nullopt;
        spec.accumulator_bits = std::nullopt;
        spec.step_num = spec.step_den = 1;
        exact.push_back(golden::run_fast(spec, o, 0, false));
        operands.push_back(std::move(o));
    }
    const golden::Resolved ideal = golden::resolve(spec);
    const golden::Resolved real = golden::resolve(spec_);
    spec.adc_bits = real.adc_bits;
    const double codes = static_cast<double>(std::max<std::int64_t>(real.code_max, 1));
    const double reach = static_cast<double>(std::max(ideal.v_max, -ideal.v_min));
    double least = std::numeric_limits<double>::infinity();
    for (const generator::Rational& step : candidate_steps(std::max(1.0, reach / codes))) {
        spec.step_num = step.num;
        spec.step_den = step.den;
        double error = 0;
        for (std::size_t g = 0; g < operands.size(); ++g) {
            const golden::Result r = golden::run_fast(spec, operands[g], 0, false);
            for (std::size_t n = 0; n < r.outputs.data.size(); ++n) {
                const double scale =
                    weight_scale_[g * layer_->lowering->outputs + n % r.outputs.cols];
                const double e = static_cast<double>(r.outputs.data[n]) * step.num / step.den -
                                 static_cast<double>(exact[g].outputs.data[n]);
                error += e * e * scale * scale;
            }
        }
        if (error > least) continue;  // of equal ones the largest step
        least = error;
        macro_.design.config.adc.step = step;
    }
    spec_.step_num = macro_.design.config.adc.step.num;
    spec_.step_den = macro_.design.config.adc.step.den;
    macro_.design = generator::elaborate(macro_.design.config);
}

void MappedLayer::find_bits(const Sample& sample) {
    golden::Spec spec = spec_;
    const int most = quantize::takes_columns(macro_.design.config) ? 8 : 16;
    int low = 1, high = most;
    std::vector<golden::Operands> operands;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        golden::Operands o = groups_[g].operands;
        o.inputs = sample_inputs(sample, g);
        operands.push_back(std::move(o));
    }
    while (low < high) {
        const int bits = (low + high) / 2;
        spec.adc_bits = bits;
        spec.accumulator_bits = std::nullopt;
        std::uint64_t clipped = 0;
        for (const golden::Operands& o : operands)
            clipped += golden::run_fast(spec, o, 0, false).adc_clipped;
        if (clipped == 0) {
            high = bits;
        } else {
            low = bits + 1;
        }
    }
    bits_no_clip_ = low;
}

}  // namespace network
