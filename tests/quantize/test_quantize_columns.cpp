// SPDX-License-Identifier: Apache-2.0
// Rationale: column_quant's alpha, scale and centre have a search behind them, so the tests hold
// what must be true of any search: the reported error is that of golden's own conversions (another
// formulation: codes of the trace, not thresholds), a finer granularity is never worse than a
// coarser one, nor any than the rule of the largest magnitude, a granularity's files are constant
// where they have to be, and for small sets of values the search comes close to trying every alpha.
// Space: both signings, one and several tiles, steps, groups and ADC widths; weights of very
// different columns, integers, zeros; a zero point.
#include <cmath>
#include <random>
#include <set>

#include "column_fit.hpp"
#include "generator/design.hpp"
#include "generator/schemes/column_quant/scheme.hpp"
#include "operands/operands.hpp"
#include "quantize/columns.hpp"
#include "quantize/quantize.hpp"
#include "quantize_bench.hpp"

using namespace quantize_bench;
using Catch::Matchers::Contains;
using generator::column_quant::Granularity;
using generator::column_quant::Section;

namespace {

struct Case {
    int adc_bits = 3, input_bits = 4, dac_bits = 4, weight_bits = 4, cell_bits = 2;
    bool differential = true;
    int rows = 16, active_rows = 16, scale_bits = 8;
};
const Case cases[] = {{},
                      {2, 4, 2, 4, 1, false, 16, 8, 6},
                      {1, 3, 3, 3, 3, true, 40, 40, 8},
                      {6, 6, 2, 6, 3, false, 20, 10, 12}};

generator::Config config_of(const Case& c, Granularity g) {
    generator::Config config;
    config.name = "t";
    config.array.rows = c.rows;
    config.array.active_rows = c.active_rows;
    config.array.outputs = 3;
    config.adc.bits = c.adc_bits;
    config.adc.share = 1;
    config.accumulator.bias = true;
    Section s{.input_bits = c.input_bits, .weight_bits = c.weight_bits, .cell_bits = c.cell_bits};
    s.differential = c.differential;
    s.dac_bits = c.dac_bits;
    s.alpha_frac = 14;
    s.scale_bits = c.scale_bits;
    s.granularity = g;
    config.section = s;
    return config;
}

/// Columns whose spread differs by powers of e, inputs after a ReLU (or not).
Floats draw(std::size_t rows, std::size_t columns, double spread, bool relu,
            std::mt19937_64& random) {
    std::normal_distribution<double> normal;
    std::vector<double> size(columns);
    for (double& s : size) s = std::exp(spread * normal(random));
    Floats t{{rows, columns}, std::vector<double>(rows * columns)};
    for (std::size_t i = 0; i < t.data.size(); ++i) {
        const double x = normal(random) * size[i % columns];
        t.data[i] = relu ? std::max(x, 0.0) : x;
    }
    return t;
}

struct Layer {
    operands::Tensor<std::int64_t> weights, inputs;
};

Layer integers_of(const Case& c, std::mt19937_64& random) {
    const Floats w = draw(40, 5, 0.6, false, random), x = draw(30, 40, 0.3, true, random);
    auto q = quantize::quantize_layer(config_of(c, Granularity::layer), w, x, {});
    return {q.weights, q.inputs};
}

golden::Operands operands_of(const Layer& layer, const quantize::ColumnScales& fit) {
    golden::Operands o;
    o.inputs = {layer.inputs.shape[0], layer.inputs.shape[1], layer.inputs.data};
    o.weights = {layer.weights.shape[0], layer.weights.shape[1], layer.weights.data};
    o.bias.assign(layer.weights.shape[1], 0);
    o.alpha = fit.alpha.data;
    o.scale = fit.scale.data;
    o.center = fit.center.data;
    return o;
}

/// From golden's conversions of the outputs in use.
double traced_error(const generator::Config& config, const Layer& layer,
                    const quantize::ColumnScales& fit) {
    const generator::Design d = generator::elaborate(config);
    const golden::Operands o = operands_of(layer, fit);
    const auto planes = static_cast<std::size_t>(d.planes), outputs = o.weights.cols;
    double error = 0;
    for (std::size_t block = 0; block * 3 < outputs; ++block) {
        for (std::size_t v = 0; v < o.inputs.rows; ++v) {
            for (const auto& c : golden::trace(operands::to_spec(config), o, v, block)) {
                const std::size_t plane = c.column % planes, output = block * 3 + c.column / planes;
                if (output >= outputs) continue;
                const std::size_t at = (c.tile * planes + plane) * outputs + output;
                const auto code = static_cast<double>(c.code + o.center[c.tile * planes + plane]);
                const double e = static_cast<double>(c.value) -
                                 code * static_cast<double>(o.scale[at]) * fit.unit;
                error += std::ldexp(e * e, 2 * (d.step_pos[c.step] + d.plane_pos[plane]));
            }
        }
    }
    return error;
}

}  // namespace

TEST_CASE("quantize columns: the error is that of golden's conversions", "[quantize]") {
    std::mt19937_64 random(51);
    for (const Case& c : cases) {
        const Layer layer = integers_of(c, random);
        for (const auto g : {Granularity::column, Granularity::array, Granularity::layer}) {
            const auto config = config_of(c, g);
            for (const bool one_alpha : {false, true}) {
                const auto fit = quantize::fit_columns(generator::elaborate(config), layer.weights,
                                                       layer.inputs, one_alpha);
                INFO("bits " << c.adc_bits << ", granularity " << int(g) << ", one alpha "
                             << one_alpha);
                CHECK(fit.error ==
                      Approx(traced_error(config, layer, fit)).epsilon(1e-9).margin(1e-6));
                CHECK(fit.signal > fit.error);
            }
        }
    }
}

TEST_CASE("quantize columns: finer is never worse, nor worse than the largest magnitude",
          "[quantize]") {
    std::mt19937_64 random(52);
    for (int trial = 0; trial < 6; ++trial) {
        for (const Case& c : cases) {
            const Layer layer = integers_of(c, random);
            double coarser = std::numeric_limits<double>::infinity();
            for (const auto g : {Granularity::layer, Granularity::array, Granularity::column}) {
                const auto d = generator::elaborate(config_of(c, g));
                const auto fit = quantize::fit_columns(d, layer.weights, layer.inputs, false);
                const auto alone = quantize::fit_columns(d, layer.weights, layer.inputs, true);
                INFO("bits " << c.adc_bits << ", granularity " << int(g));
                CHECK(fit.error <= coarser);
                CHECK(fit.error <= fit.max_abs_error);
                CHECK(alone.error <= alone.max_abs_error);
                coarser = fit.error;
            }
        }
    }
}

TEST_CASE("quantize columns: constant where the granularity says so", "[quantize]") {
    std::mt19937_64 random(53);
    const Layer layer = integers_of(cases[0], random);
    const auto fit = [&](Granularity g, bool one_alpha) {
        return quantize::fit_columns(generator::elaborate(config_of(cases[0], g)), layer.weights,
                                     layer.inputs, one_alpha);
    };
    const std::size_t outputs = layer.weights.shape[1];
    const auto by_plane = fit(Granularity::array, false);
    CHECK(by_plane.alpha.shape == std::vector<std::size_t>{3, 4, outputs});
    CHECK(by_plane.center.shape == std::vector<std::size_t>{3, 4});
    for (std::size_t i = 0; i < by_plane.alpha.data.size(); ++i) {
        CHECK(by_plane.alpha.data[i] == by_plane.alpha.data[i / outputs * outputs]);
        CHECK(by_plane.scale.data[i] == by_plane.scale.data[i / outputs * outputs]);
    }
    const auto by_layer = fit(Granularity::layer, false);
    for (const auto* t : {&by_layer.alpha, &by_layer.scale, &by_layer.center}) {
        for (const std::int64_t x : t->data) CHECK(x == t->data[0]);
    }
    const auto alone = fit(Granularity::column, true);
    for (const std::int64_t a : alone.alpha.data) CHECK(a == alone.alpha.data[0]);
    CHECK(std::set(alone.scale.data.begin(), alone.scale.data.end()).size() > 1);
}

TEST_CASE("quantize columns: close to trying every alpha", "[quantize]") {
    std::mt19937_64 random(54);
    double worst = 1;
    for (const int bits : {1, 2, 3, 5}) {
        const quantize::AdcForm adc{bits, 8};
        for (int trial = 0; trial < 8; ++trial) {
            quantize::Histogram h;
            std::normal_distribution<double> normal(trial % 2 ? 40 : 0, 15);
            for (int i = 0; i < 60; ++i) h.add(std::llround(normal(random)), 1);
            h.finish();
            const int center = trial < 4 ? 0 : 1 << (bits - 1);
            double least = h.square();
            for (std::int64_t alpha = 1; alpha < 4096; ++alpha) {
                least = std::min(least, quantize::moments(h, adc, alpha, center).best_error());
            }
            const double found = quantize::best_alpha(h, adc, center).moments.best_error();
            CHECK(found >= least * (1 - 1e-9));
            worst = std::max(worst, found / least);
        }
    }
    CHECK(worst < 1.25);
}

TEST_CASE("quantize columns: tensors of zeros, a zero point, what only this scheme takes",
          "[quantize]") {
    const auto config = config_of(cases[0], Granularity::column);
    const Floats zeros{{4, 2}, std::vector<double>(8)}, x{{2, 4}, {1, 2, -3, 4, 0, 1, 2, -1}};
    const auto q = quantize::quantize_layer(config, zeros, x, {});
    CHECK(q.operands.at("scale").data == std::vector<std::int64_t>(8));
    CHECK(q.output_scale[0] > 0);
    const Floats w{{4, 1}, {1, -2, 3, 1}};
    const auto shifted = quantize::quantize_layer(config, w, x, {});
    REQUIRE(shifted.input_zero_point > 0);
    double folded = 0;
    for (const std::int64_t n : shifted.weights.data)
        folded -= static_cast<double>(shifted.input_zero_point * n);
    const double unit = shifted.output_scale[0] / (shifted.input_scale * shifted.weight_scale[0]);
    CHECK(std::abs(static_cast<double>(shifted.bias[0]) - folded / unit) <= 0.5 + 1e-9);
    CHECK_THROWS_WITH(quantize::quantize_layer(zebra(option1, 4), one, one, {.one_alpha = true}),
                      Contains("--one-alpha: not taken by scheme zebra"));
}
