// SPDX-License-Identifier: Apache-2.0
#include "study/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "generator/adc_range.hpp"
#include "generator/load.hpp"
#include "golden/fast.hpp"
#include "operands/calibrate.hpp"
#include "operands/operands.hpp"
#include "quantize/next_scale.hpp"
#include "quantize/unit.hpp"
#include "sim/run.hpp"
#include "study/hardware.hpp"

namespace study {

namespace {

/// Operands, and what the results are worth.
struct Integers {
    golden::Operands operands;
    std::vector<double> unit;  ///< real value of one unit of a result: 1, or one an output
    std::vector<std::pair<std::string, double>> statistics;
    std::int64_t zero_point = 0;  ///< result that stands for 0
};

golden::Matrix to_matrix(const operands::Tensor<std::int64_t>& t) {
    return {.rows = t.shape[0], .cols = t.shape[1], .data = t.data};
}

Integers quantized(const Task& task, const generator::Config& config) {
    const auto q = quantize::quantize_layer(config, task.layer->weights, task.layer->inputs,
                                            task.quantization.options);
    Integers i{
        {.inputs = to_matrix(q.inputs), .weights = to_matrix(q.weights)}, q.output_scale, {}, 0};
    i.operands.bias = q.bias;
    if (config.accumulator.bias && q.bias.empty())
        i.operands.bias.assign(i.operands.weights.cols, 0);
    for (const auto& [name, tensor] : q.operands) {
        *operands::find_operand(i.operands, name) = tensor.data;
    }
    if (!q.operands.empty()) {
        i.statistics = {{"partial_sum_sqnr_db", q.partial_sum_sqnr_db},
                        {"partial_sum_sqnr_max_abs_db", q.max_abs_sqnr_db}};
    }
    return i;
}

Integers integers_of(const Task& task, const generator::Config& config) {
    if (task.quantizes()) return quantized(task, config);
    const double unit = quantize::output_unit(task.design.config);
    return {read_integers(task), {unit}, {}, 0};
}

/// With an output stage: the finest scale in which every result of this data fits the output's
/// type, its zero in the middle of an unsigned one if some are negative.
void add_output_stage(const generator::Design& design, Integers& i) {
    const generator::OutputConfig& output = design.config.output;
    if (!output.requant) return;
    generator::Config raw = design.config;
    raw.output = {};
    const golden::Matrix y = golden::run_fast(operands::to_spec(raw), i.operands, 1, false).outputs;
    double least = 0, greatest = 0;
    for (std::size_t n = 0; n < y.data.size(); ++n) {
        const double real = i.unit[n % y.cols % i.unit.size()] * static_cast<double>(y.data[n]);
        least = std::min(least, real);
        greatest = std::max(greatest, real);
    }
    const double values = std::ldexp(1, output.bits);
    const bool halves = output.is_signed || least < 0;
    const double top = std::max(1.0, halves ? values / 2 - 1 : values - 1);
    const double most = std::max(greatest, -least);
    quantize::NextLayer next{most > 0 ? most / top : 1, 0, false};
    if (halves && !output.is_signed) next.zero_point = static_cast<std::int64_t>(values / 2);
    const quantize::Requantization r =
        quantize::requantization(design.config, i.unit, y.cols, next);
    i.operands.multiplier = r.multiplier;
    i.operands.shift = r.shift;
    i.operands.output = {r.zero_point, r.clamp};
    i.zero_point = r.zero_point;
    i.unit = {next.scale};
}

/// Of the chip that the config stands for, as `cimrtl calibrate` finds them.
std::vector<std::int64_t> corrections(const generator::Design& d, const golden::Operands& layer) {
    golden::Operands given;
    given.alpha = layer.alpha;
    given.center = layer.center;
    operands::StimulusSize size = operands::stimulus_size(d);
    if (!given.alpha.empty()) {
        const auto rows = static_cast<std::size_t>(d.config.array.rows);
        size = {(layer.weights.rows + rows - 1) / rows, layer.weights.cols};
    }
    generator::Config raw = d.config;  // codes alone count
    raw.output = {};
    return operands::calibrate(generator::elaborate(raw), given, size).correction;
}

double error_db(const Layer& layer, const golden::Matrix& y, const std::vector<double>& unit,
                std::int64_t zero_point) {
    std::vector<double> estimate(y.data.size());
    for (std::size_t i = 0; i < y.data.size(); ++i) {
        estimate[i] = unit[i % y.cols % unit.size()] * static_cast<double>(y.data[i] - zero_point);
    }
    return quantize::sqnr_db(layer.product, estimate);
}

double value_of(const generator::Rational& step) { return double(step.num) / step.den; }

/// None: the scheme has no adc.step.
const generator::KeySpec* step_key(const generator::Design& d) {
    return generator::key_of(*generator::find_scheme(d.config.scheme()), "adc.step");
}

bool integer_step(const generator::Design& d) {
    const generator::KeySpec* key = step_key(d);
    return !key || key->kind != generator::KeyKind::rational;
}

generator::Design with_step(const Task& task, const generator::Rational& step) {
    const std::string text =
        step.den == 1 ? std::to_string(step.num) : fmt::format("{}/{}", step.num, step.den);
    return generator::load_design(generator::to_yaml(task.design.config), task.label,
                                  {{"adc.step", text}});
}

/// The candidate of highest SQNR, the coarsest among equals; all on golden's fast form.
generator::Rational best_step(const Task& task) {
    generator::Config config = task.quantize_config;
    const Integers at_one = integers_of(task, config);
    const double unit_at_one = quantize::output_unit(config);
    const bool zero_point =
        std::ranges::any_of(at_one.operands.bias, [](std::int64_t b) { return b != 0; });
    generator::Config run = task.design.config;
    run.output = {};  // the step is the array's matter
    run.analog = {};  // an ADC is chosen before its chip is known
    generator::Rational best;
    double best_db = -std::numeric_limits<double>::infinity();
    for (const generator::Rational& step : step_candidates(task.design)) {
        config.adc.step = run.adc.step = step;
        Integers scaled;  // a zero point's bias is in units of the step
        if (zero_point) scaled = integers_of(task, config);
        const Integers& integers = zero_point ? scaled : at_one;
        const double factor = zero_point ? 1 : quantize::output_unit(config) / unit_at_one;
        std::vector<double> unit = integers.unit;
        for (double& u : unit) u *= factor;
        const golden::Result result =
            golden::run_fast(operands::to_spec(run), integers.operands, 1, false);
        const double db = error_db(*task.layer, result.outputs, unit, 0);
        if (db > best_db) best = step;
        best_db = std::max(db, best_db);
    }
    return best;
}

/// The task with its step found, in both of its configs.
Task settled(const Task& task, const Stage& stage) {
    if (!task.fit_step) return task;
    stage("ADC step");
    Task other = task;
    other.design = with_step(task, best_step(task));
    other.quantize_config.adc.step = other.design.config.adc.step;
    return other;
}

void take(const generator::Design& d, sim::RunResult run, Measurements& m) {
    m.step = adc_step(d);
    m.vectors = run.outputs.rows;
    m.adc_bits = d.adc.bits;
    m.adcs = d.adcs;
    m.columns = d.columns;
    m.accumulator_bits = d.accumulator.bits;
    m.conversions = run.conversions;
    m.adc_clipped = run.adc_clipped;
    m.statistics.insert(m.statistics.end(), run.statistics.begin(), run.statistics.end());
    if (run.csnr_db) m.statistics.emplace_back("csnr_db", *run.csnr_db);
    if (run.engine == sim::Engine::golden) return;
    m.cycles = run.cycles;
    m.rtl = run.mismatch.empty() ? Check::equal : Check::differs;
    m.difference = run.mismatch;
}

}  // namespace

std::optional<generator::Rational> adc_step(const generator::Design& design) {
    return step_key(design) ? std::optional(design.config.adc.step) : std::nullopt;
}

std::vector<generator::Rational> step_candidates(const generator::Design& design) {
    const generator::AnalogRange range{design.analog.v_min, design.analog.v_max,
                                       design.analog.signed_adc};
    int last = 1;
    while (generator::auto_adc_bits(range, {last, 1}) > design.adc.bits) ++last;
    std::vector<generator::Rational> steps;
    for (int q = 1; q <= (integer_step(design) ? 1 : 4); ++q) {
        for (int p = q; p <= last * q; ++p) {
            if (std::gcd(p, q) == 1) steps.push_back({p, q});
        }
    }
    std::ranges::sort(steps, [](auto a, auto b) { return value_of(a) > value_of(b); });
    return steps;
}

int stages(const Task& task, const MeasureOptions& options) {
    return 2 + (task.fit_step ? 1 : 0) + (task.design.config.adc.correction_bits > 0 ? 1 : 0) +
           (task.engines.synth ? (options.power ? 2 : 1) : 0) + (task.engines.netlist ? 1 : 0);
}

void measure(const Task& wanted, const MeasureOptions& options, const Stage& stage, Row& row) {
    const Task task = settled(wanted, stage);
    Measurements& m = row.measured;
    row.config = generator::to_yaml(task.design.config);
    stage("integers");
    Integers integers = integers_of(task, task.quantize_config);
    m.statistics = integers.statistics;
    if (task.design.config.adc.correction_bits > 0) {
        stage("calibration");
        integers.operands.correction = corrections(task.design, integers.operands);
    }
    add_output_stage(task.design, integers);
    stage(task.engines.rtl ? "golden and RTL" : "golden");
    const auto engine = task.engines.rtl ? sim::Engine::both : sim::Engine::golden;
    const sim::RunResult run = sim::run_macro(task.design, integers.operands, engine, false);
    if (task.design.result_bits == 0) {
        m.sqnr_db = error_db(*task.layer, run.outputs, integers.unit, integers.zero_point);
    }
    take(task.design, run, m);
    if (!task.engines.synth) return;
    stage("synthesis");
    const Hardware hardware(task.design, options);
    m.area = hardware.area();
    if (options.power) {
        stage("power");
        m.power = hardware.power(integers.operands);
    }
    if (!task.engines.netlist) return;
    stage("netlist");
    const std::string difference = hardware.check_netlist();
    m.netlist = difference.empty() ? Check::equal : Check::differs;
    if (m.difference.empty()) m.difference = difference;
}

}  // namespace study
