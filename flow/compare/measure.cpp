#include "measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "generator/adc_range.hpp"
#include "generator/design.hpp"
#include "base/error.hpp"
#include "generator/load.hpp"
#include "generator/scheme.hpp"
#include "operands/operands.hpp"

namespace comparing {

namespace {

operands::Tensor<double> read_matrix(const std::string& path, bool integer) {
    operands::Tensor<double> t;
    if (integer || !operands::npy_is_float(path)) {
        const auto i = operands::read_npy_int(path);
        t = {i.shape, {i.data.begin(), i.data.end()}};
    } else {
        t = operands::read_npy_float(path);
    }
    if (t.shape.size() == 2 && t.shape[0] > 0 && t.shape[1] > 0) return t;
    throw base::Error(path + ": error: expected a matrix, no dimension of it 0");
}

std::vector<double> multiply(const operands::Tensor<double>& x, const operands::Tensor<double>& w) {
    const std::size_t k_end = w.shape[0], m_end = w.shape[1];
    std::vector<double> y(x.shape[0] * m_end, 0.0);
    for (std::size_t v = 0; v < x.shape[0]; ++v) {
        for (std::size_t k = 0; k < k_end; ++k) {
            for (std::size_t m = 0; m < m_end; ++m) {
                y[v * m_end + m] += x.data[v * k_end + k] * w.data[k * m_end + m];
            }
        }
    }
    return y;
}

generator::Config config_of(const Variant& v, const Macro& m, const std::optional<FixedAdc>& adc) {
    return generator::load_config(config_text(v, m, adc), v.key);
}

golden::Matrix to_matrix(const operands::Tensor<std::int64_t>& t) {
    return {.rows = t.shape[0], .cols = t.shape[1], .data = t.data};
}

/// The integers themselves, if the scheme's range holds them.
golden::Matrix as_it_is(const operands::Tensor<double>& t, const generator::ValueRange& range,
                        std::string_view what) {
    golden::Matrix m{.rows = t.shape[0], .cols = t.shape[1], .data = {}};
    for (const double value : t.data) {
        m.data.push_back(std::llround(value));
        if (range.holds(m.data.back())) continue;
        throw base::Error(fmt::format("{}: error: found {}; expected {} to {}", what,
                                        m.data.back(), range.min, range.max));
    }
    return m;
}

/// The zero point's, if the config takes a bias.
std::vector<std::int64_t> bias_of(const generator::Config& config, const quantize::Quantized& q) {
    if (!config.accumulator.bias || !q.bias.empty()) return q.bias;
    return std::vector<std::int64_t>(q.weights.shape[1], 0);
}

double error_db(const Layer& layer, const golden::Matrix& y, double unit) {
    std::vector<double> estimate(y.data.size());
    std::ranges::transform(y.data, estimate.begin(),
                           [&](std::int64_t value) { return unit * static_cast<double>(value); });
    return quantize::sqnr_db(layer.product, estimate);
}

double value_of(const generator::Rational& step) { return double(step.num) / step.den; }

}  // namespace

Layer read_layer(const std::string& weights, const std::string& inputs, std::size_t vectors,
                 bool integer) {
    Layer layer{read_matrix(weights, integer), read_matrix(inputs, integer), integer, {}};
    if (layer.inputs.shape[1] != layer.weights.shape[0]) {
        throw base::Error(fmt::format("{}: error: found {} features beside weights of {} rows",
                                        inputs, layer.inputs.shape[1], layer.weights.shape[0]));
    }
    if (vectors != 0 && vectors < layer.inputs.shape[0]) {
        layer.inputs.shape[0] = vectors;
        layer.inputs.data.resize(vectors * layer.inputs.shape[1]);
    }
    layer.product = multiply(layer.inputs, layer.weights);
    return layer;
}

Integers as_operands(const generator::Config& config, const quantize::Quantized& q) {
    golden::Operands o{
        .inputs = to_matrix(q.inputs), .weights = to_matrix(q.weights), .bias = bias_of(config, q)};
    for (const auto& [name, values] :
         {std::pair{"alpha", &o.alpha}, {"scale", &o.scale}, {"center", &o.center}}) {
        if (q.operands.contains(name)) *values = q.operands.at(name).data;
    }
    return {std::move(o), q.output_scale.front()};
}

Integers to_integers(const Variant& variant, const Macro& macro, const Layer& layer) {
    Variant whole = variant;
    if (variant.mantissa > 0) whole.mantissa = 8;
    const generator::Config config = config_of(whole, macro, {});
    if (layer.integer && variant.pattern.empty()) {
        const generator::Scheme& scheme = generator::scheme_of(config);
        return {{.inputs = as_it_is(layer.inputs, scheme.input_range(config), "inputs"),
                 .weights = as_it_is(layer.weights, scheme.weight_range(config), "weights"),
                 .bias = {}},
                1.0};
    }
    return as_operands(config, quantize::quantize_layer(config, layer.weights, layer.inputs));
}

std::vector<generator::Rational> step_candidates(const Variant& variant, const Macro& macro) {
    const generator::Design design = generator::elaborate(config_of(variant, macro, {}));
    const generator::AnalogRange range{design.analog.v_min, design.analog.v_max,
                                    design.analog.signed_adc};
    int last = 1;
    while (generator::auto_adc_bits(range, {last, 1}) > FixedAdc::bits) ++last;
    std::vector<generator::Rational> steps;
    for (int q = 1; q <= 4; ++q) {
        for (int p = q; p <= last * q; ++p) {
            if (std::gcd(p, q) == 1) steps.push_back({p, q});
        }
    }
    std::ranges::sort(steps, [](auto a, auto b) { return value_of(a) > value_of(b); });
    return steps;
}

generator::Rational best_step(const Variant& variant, const Macro& macro, const Layer& layer,
                           const Integers& integers) {
    golden::Spec spec = operands::to_spec(config_of(variant, macro, FixedAdc{}));
    generator::Rational best;
    double best_db = -std::numeric_limits<double>::infinity();
    for (const generator::Rational& step : step_candidates(variant, macro)) {
        spec.step_num = step.num;
        spec.step_den = step.den;
        const golden::Result result = golden::run_fast(spec, integers.operands, 1);
        const double db = error_db(layer, result.outputs, integers.unit * value_of(step));
        if (db > best_db) best = step;
        best_db = std::max(db, best_db);
    }
    return best;
}

double Row::statistic(std::string_view name) const {
    const auto found = std::ranges::find(statistics, name, &std::pair<std::string, double>::first);
    return found == statistics.end() ? 0 : found->second;
}

Row measure_config(const std::string& config, const Layer& layer, const Integers& integers,
                   sim::Engine engine) {
    const generator::Design design = generator::elaborate(generator::load_config(config, "config"));
    const sim::RunResult run = sim::run_macro(design, integers.operands, engine, false);
    Row row;
    row.config = config;
    row.step = design.config.adc.step;
    row.adc_bits = design.adc.bits;
    row.adcs = design.adcs;
    row.columns = design.columns;
    row.accumulator_bits = design.accumulator.bits;
    row.sqnr_db = error_db(layer, run.outputs, integers.unit * value_of(row.step));
    row.conversions = run.conversions;
    row.adc_clipped = run.adc_clipped;
    row.cycles = run.cycles;
    row.mismatch = run.mismatch;
    row.statistics = run.statistics;
    return row;
}

Row measure(const Variant& variant, const Macro& macro, const std::optional<FixedAdc>& adc,
            const Layer& layer, const Integers& integers) {
    Row row =
        measure_config(config_text(variant, macro, adc), layer, integers, sim::Engine::both);
    row.label = variant.label;
    row.mantissa = variant.mantissa;
    row.dynamic = variant.dynamic;
    return row;
}

}  // namespace comparing
