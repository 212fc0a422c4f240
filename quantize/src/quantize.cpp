// SPDX-License-Identifier: Apache-2.0
#include "quantize/quantize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "column_fit.hpp"
#include "generator/design.hpp"
#include "operands/npy_header.hpp"
#include "quality.hpp"
#include "quantize/columns.hpp"
#include "quantize/step.hpp"
#include "quantize/unit.hpp"
#include "quantize_blocks.hpp"
#include "quantize_search.hpp"

namespace quantize {

namespace {

void check_tensor(std::string_view what, std::string_view shape,
                  const operands::Tensor<double>& t) {
    const bool fits = t.shape.size() == 2 && t.shape[0] > 0 && t.shape[1] > 0;
    if (!fits) {
        throw base::Error(fmt::format("{}: error: found shape {}; expected {}, none of them 0",
                                      what, operands::shape_text(t.shape), shape));
    }
    for (std::size_t n = 0; n < t.data.size(); ++n) {
        if (std::isfinite(t.data[n])) continue;
        throw base::Error(fmt::format("{}: error: {}: found {}; expected a finite number", what,
                                      operands::index_text(t.shape, n), t.data[n]));
    }
}

void check_product(const operands::Tensor<double>& weights,
                   const operands::Tensor<double>& inputs) {
    if (weights.shape[0] == inputs.shape[1]) return;
    throw base::Error(fmt::format(
        "weights: error: found shape {} beside inputs of shape {}; expected K = {} rows",
        operands::shape_text(weights.shape), operands::shape_text(inputs.shape), inputs.shape[1]));
}

/// Rounds every stride-th value from `first` on: its integer, and what that integer stands for.
void round_values(const operands::Tensor<double>& t, std::size_t first, std::size_t stride,
                  const Rounder& rounder, const Fit& fit, std::vector<std::int64_t>& integers,
                  std::vector<double>& estimate) {
    for (std::size_t n = first; n < t.data.size(); n += stride) {
        const int level = rounder.nearest(t.data[n] / fit.scale);
        integers[n] = level + fit.zero_point;
        estimate[n] = fit.scale * level;
    }
}

/// The same block by block.
void round_blocks(const operands::Tensor<double>& t, const Rounding& rounding, const Fit& fit,
                  std::vector<std::int64_t>& integers, std::vector<double>& estimate) {
    const std::size_t features = t.shape[1], rows = static_cast<std::size_t>(rounding.block_rows);
    for (std::size_t v = 0; v < t.shape[0]; ++v) {
        for (std::size_t k = 0; k < features; k += rows) {
            const std::size_t at = v * features + k;
            round_block(&t.data[at], std::min(rows, features - k), rounding, fit, &integers[at]);
        }
    }
    for (std::size_t n = 0; n < t.data.size(); ++n) {
        estimate[n] = fit.scale * static_cast<double>(integers[n] - fit.zero_point);
    }
}

void quantize_inputs(const Rounding& rounding, const operands::Tensor<double>& inputs,
                     Quantized& q) {
    const bool blocks = rounding.block_rows > 0;
    const Fit fit = blocks ? best_block_fit(inputs, rounding)
                           : best_fit(inputs.data, rounding, inputs.data.size());
    q.input_scale = fit.scale;
    q.input_zero_point = fit.zero_point;
    q.inputs = {inputs.shape, std::vector<std::int64_t>(inputs.data.size())};
    std::vector<double> estimate(inputs.data.size());
    if (blocks) {
        round_blocks(inputs, rounding, fit, q.inputs.data, estimate);
    } else {
        round_values(inputs, 0, 1, Rounder(rounding, fit.zero_point), fit, q.inputs.data, estimate);
    }
    q.input_sqnr_db = sqnr_db(inputs.data, estimate);
}

void quantize_weights(const Rounding& rounding, const operands::Tensor<double>& weights,
                      bool per_output, Quantized& q) {
    const std::size_t size = weights.data.size();
    const std::size_t fits = per_output ? weights.shape[1] : 1;
    const Rounder rounder(rounding);
    q.weights = {weights.shape, std::vector<std::int64_t>(size)};
    std::vector<double> estimate(size), column;
    for (std::size_t first = 0; first < fits; ++first) {
        column.clear();
        for (std::size_t n = first; n < size; n += fits) column.push_back(weights.data[n]);
        const Fit fit = best_scale(column, rounding, size);
        q.weight_scale.push_back(fit.scale);
        round_values(weights, first, fits, rounder, fit, q.weights.data, estimate);
    }
    q.weight_sqnr_db = sqnr_db(weights.data, estimate);
}

void scale_outputs(const generator::Rational& step, Quantized& q) {
    for (const double scale : q.weight_scale) {
        q.output_scale.push_back(q.input_scale * scale * step.num / step.den);
    }
}

/// A scale that is 0, subnormal or infinite makes integers of which nothing comes back.
void check_scale(std::string_view what, double scale) {
    if (std::isnormal(scale)) return;
    const bool large = std::abs(scale) > 1;
    throw base::Error(fmt::format("{}, {}; expected {} values", what,
                                  large ? "overflows" : "underflows",
                                  large ? "smaller" : "larger"));
}

void check_scales(const Quantized& q) {
    check_scale(fmt::format("inputs: error: the scale, {}", q.input_scale), q.input_scale);
    for (const double scale : q.weight_scale) {
        check_scale(fmt::format("weights: error: the scale, {}", scale), scale);
    }
    for (std::size_t o = 0; o < q.output_scale.size(); ++o) {
        check_scale(fmt::format("error: the scale of the output, {} * {}", q.input_scale,
                                q.weight_scale[o]),
                    q.output_scale[o]);
    }
}

/// The width of an accumulator that holds the value.
int bits_of(std::int64_t value) {
    int bits = 2;
    while (bits < 63 &&
           (value < -(std::int64_t{1} << (bits - 1)) || value >= std::int64_t{1} << (bits - 1))) {
        ++bits;
    }
    return bits;
}

/// What run would refuse. (A width of auto holds every starting value of a zero point: it is a sum
/// that the inputs z would make.)
void check_bias(const generator::Config& config, const Quantized& q) {
    const auto given = config.accumulator.bits;
    const auto at = std::ranges::max_element(q.bias, {}, bits_of);
    if (!given || at == q.bias.end() || bits_of(*at) <= *given) return;
    throw base::Error(fmt::format(
        "error: accumulator.bits: found {}, and the zero point of the inputs needs a starting value "
        "of {} at bias [{}]; expected accumulator.bits of at least {}, or auto",
        *given, *at, at - q.bias.begin(), bits_of(*at)));
}

/// -z * sum_k w[k, o] in units of adc.step = p/q, rounded to the nearest, up on a tie.
void fold_zero_point(const generator::Rational& step, Quantized& q) {
    const std::size_t outputs = q.weights.shape[1];
    q.bias.assign(outputs, 0);
    for (std::size_t n = 0; n < q.weights.data.size(); ++n) {
        q.bias[n % outputs] -= q.input_zero_point * q.weights.data[n];
    }
    const std::int64_t divisor = 2 * std::int64_t{step.num};
    for (std::int64_t& b : q.bias) {
        const std::int64_t value = 2 * b * step.den + step.num;
        b = value / divisor - (value % divisor < 0 ? 1 : 0);
    }
}

/// On the first vectors: a few hundred tell.
generator::Rational fitted_step(const generator::Config& config, const Quantized& q) {
    constexpr std::size_t most = 256;
    const std::size_t features = q.inputs.shape[1], rows = std::min(q.inputs.shape[0], most);
    const auto end = q.inputs.data.begin() + static_cast<std::ptrdiff_t>(rows * features);
    StepTrial trial;
    trial.operands.inputs = {rows, features, {q.inputs.data.begin(), end}};
    trial.operands.weights = {q.weights.shape[0], q.weights.shape[1], q.weights.data};
    for (std::size_t o = 0; o < q.weights.shape[1]; ++o) {
        trial.weight.push_back(q.weight_scale[q.weight_scale.size() == 1 ? 0 : o]);
    }
    return best_step(generator::elaborate(config), {&trial, 1});
}

double db(double signal, double noise) {
    return noise > 0 ? 10 * std::log10(signal / noise) : std::numeric_limits<double>::infinity();
}

/// Fits the columns; results are then in units of the scales' last bit.
void scale_columns(const generator::Config& config, bool one_alpha, Quantized& q) {
    ColumnScales fit = fit_columns(generator::elaborate(config), q.weights, q.inputs, one_alpha);
    for (double& scale : q.output_scale) scale *= fit.unit;
    for (std::int64_t& b : q.bias) {
        constexpr double most = 0x1p62;
        b = std::llround(std::clamp(static_cast<double>(b) / fit.unit, -most, most));
    }
    q.operands = {{"alpha", std::move(fit.alpha)},
                  {"scale", std::move(fit.scale)},
                  {"center", std::move(fit.center)}};
    q.partial_sum_sqnr_db = db(fit.signal, fit.error);
    q.max_abs_sqnr_db = db(fit.signal, fit.max_abs_error);
    q.alphas_at_limit = static_cast<std::size_t>(
        std::ranges::count(q.operands.at("alpha").data, std::int64_t{largest_alpha}));
}

}  // namespace

Quantized quantize_layer(const generator::Config& config, const operands::Tensor<double>& weights,
                         const operands::Tensor<double>& inputs, const QuantizeOptions& options) {
    generator::Config sums = config;
    sums.output = {};  // integers and their scales are those of the sums
    const SchemeRounding scheme = rounding_of(sums);
    if (options.one_alpha && !scheme.fits_columns) {
        throw base::Error(
            fmt::format("error: --one-alpha: not taken by scheme {}; expected no "
                        "--one-alpha",
                        sums.scheme()));
    }
    check_tensor("weights", "(K, M)", weights);
    check_tensor("inputs", "(V, K)", inputs);
    check_product(weights, inputs);
    const Rounding& rounding = scheme.inputs;
    const auto negative = std::ranges::find_if(inputs.data, [](double x) { return x < 0; });
    if (rounding.zero_point && negative != inputs.data.end() && !sums.accumulator.bias) {
        const auto n = static_cast<std::size_t>(negative - inputs.data.begin());
        throw base::Error(fmt::format(
            "inputs: error: {}: found {}, which unsigned inputs hold only with a zero point; "
            "expected accumulator.bias: true, {}or no negative input",
            operands::index_text(inputs.shape, n), *negative,
            scheme.negative_inputs.empty() ? "" : fmt::format("or {}, ", scheme.negative_inputs)));
    }
    Quantized q;
    quantize_inputs(rounding, inputs, q);
    quantize_weights(scheme.weights, weights, options.per_output, q);
    if (options.fit_step) q.step = fitted_step(sums, q);
    const generator::Rational step = q.step.value_or(sums.adc.step);
    scale_outputs(scheme.counts_steps ? step : generator::Rational{1, 1}, q);
    if (q.input_zero_point != 0) fold_zero_point(step, q);
    if (scheme.fits_columns) scale_columns(sums, options.one_alpha, q);
    if (options.next) {
        q.requantization = requantization(config, q.output_scale, weights.shape[1], *options.next);
    }
    check_scales(q);
    if (!q.bias.empty()) check_bias(sums, q);
    if (scheme.fits_columns) q.result_sqnr_db = result_db(sums, q);
    return q;
}

double output_unit(const generator::Config& config) {
    if (!rounding_of(config).counts_steps) return 1;
    return static_cast<double>(config.adc.step.num) / config.adc.step.den;
}

}  // namespace quantize
