// SPDX-License-Identifier: Apache-2.0
#include "sim/run.hpp"

#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "generator/scheme.hpp"
#include "operands/operands.hpp"

namespace sim {

namespace {

std::string_view engine_name(Engine e) {
    return e == Engine::golden ? "golden" : e == Engine::rtl ? "rtl" : "both";
}

void run_golden(const golden::Spec& spec, const golden::Operands& operands, RunResult& r) {
    const auto start = std::chrono::steady_clock::now();
    golden::Result result = golden::run_fast(spec, operands);
    r.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    r.outputs = std::move(result.outputs);
    r.adc_clipped = result.adc_clipped;
    r.conversions = result.conversions;
    r.lost_half = result.lost_half;
    if (spec.output.requant) r.outputs_clamped = result.outputs_clamped;
    r.inputs_clipped = result.inputs_clipped;
    r.weights_clipped = result.weights_clipped;
    for (const std::uint8_t flag : result.saturated) r.saturated_vectors += flag;
    r.statistics = std::move(result.statistics);
}

std::uint64_t count_input_clips(const generator::Design& d, const golden::Matrix& inputs) {
    const generator::SchemeData& scheme = generator::scheme_of(d.config);
    std::uint64_t clips = 0;
    for (const std::int64_t x : inputs.data) clips += scheme.input_clips(d, x);
    return clips;
}

/// Compares everything that both engines report.
std::string compare(const generator::Design& d, const golden::Operands& operands,
                    const RunResult& want, const golden::Matrix& found, std::uint64_t saturated,
                    const RtlAnswer& answer, const RtlModel& model, const RtlOptions& options,
                    const JobOptions& how) {
    if (found.data != want.outputs.data) {
        return explain_mismatch(d, operands, want.outputs, found, model, options, how);
    }
    const auto differ = [](const std::string& what, std::uint64_t g, std::uint64_t r) {
        return what + ": golden " + std::to_string(g) + ", rtl " + std::to_string(r);
    };
    if (answer.conversions != want.conversions) {
        return differ("conversions", want.conversions, answer.conversions);
    }
    if (answer.adc_clipped != want.adc_clipped) {
        return differ("codes clipped at an ADC", want.adc_clipped, answer.adc_clipped);
    }
    if (saturated != want.saturated_vectors) {
        return differ("vectors that saturated", want.saturated_vectors, saturated);
    }
    return {};
}

/// Whole numbers as such; a ratio after each pair of `name` and `name_plain`.
void add_statistics(const std::vector<std::pair<std::string, double>>& statistics,
                    nlohmann::ordered_json& j) {
    constexpr std::string_view twin = "_plain";
    std::map<std::string, double, std::less<>> values;
    for (const auto& [name, value] : statistics) {
        values[name] = value;
        const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
        if (whole)
            j[name] = static_cast<std::int64_t>(value);
        else
            j[name] = value;
        if (!name.ends_with(twin)) continue;
        const std::string base = name.substr(0, name.size() - twin.size());
        const auto first = values.find(base);
        if (first == values.end()) continue;
        if (value == 0)
            j[base + "_ratio"] = nullptr;
        else
            j[base + "_ratio"] = first->second / value;
    }
}

}  // namespace

golden::Matrix assemble(const Job& job, const RtlAnswer& answer, const golden::Operands& operands) {
    const std::size_t outputs = answer.outputs.cols;
    golden::Matrix y{.rows = operands.inputs.rows, .cols = operands.weights.cols, .data = {}};
    y.data.assign(y.rows * y.cols, 0);
    for (std::size_t j = 0; j < job.vectors.size(); ++j) {
        const JobVector& v = job.vectors[j];
        if (!v.final) continue;
        for (std::size_t o = 0; o < outputs && v.block * outputs + o < y.cols; ++o) {
            y(v.vector, v.block * outputs + o) = answer.outputs(j, o);
        }
    }
    return y;
}

std::vector<std::uint8_t> saturated_vectors(const Job& job, const RtlAnswer& answer,
                                            const golden::Operands& operands) {
    const std::size_t outputs = answer.outputs.cols;
    std::vector<std::uint8_t> flags(operands.inputs.rows, 0);
    for (std::size_t j = 0; j < job.vectors.size(); ++j) {
        const JobVector& v = job.vectors[j];
        if (!v.final) continue;  // the last set's flags carry the earlier ones
        for (std::size_t o = 0; o < outputs && v.block * outputs + o < operands.weights.cols; ++o) {
            flags[v.vector] |= answer.flags[j * outputs + o];
        }
    }
    return flags;
}

/// Conversions if every group with a present row drives `plain_steps`.
std::uint64_t conventional_conversions(const generator::Design& d, const golden::Operands& o) {
    const auto ceil_div = [](std::size_t a, int b) {
        return (a + b - 1) / static_cast<std::size_t>(b);
    };
    const std::size_t groups = ceil_div(o.inputs.cols, d.config.array.active_rows);
    const std::size_t blocks = ceil_div(o.weights.cols, d.config.array.outputs);
    return o.inputs.rows * groups * blocks * static_cast<std::size_t>(d.plain_steps * d.columns);
}

RunResult run_engines(const generator::Design& d, const golden::Operands& operands, Engine engine,
                      bool progress, const operands::Settings& settings) {
    RunResult r;
    r.engine = engine;
    r.vectors = operands.inputs.rows;
    r.macs = r.vectors * operands.inputs.cols * operands.weights.cols;
    r.conventional_conversions = conventional_conversions(d, operands);
    if (engine != Engine::rtl) run_golden(operands::to_spec(d.config, settings), operands, r);
    if (engine == Engine::golden) return r;

    const RtlModel model = build_rtl(d, progress);
    JobOptions how;
    if (!settings.empty()) how.settings.assign(operands.inputs.rows, settings);
    const Job job = make_job(d, operands, how);
    RtlOptions options;
    options.progress = progress;
    const RtlAnswer answer = run_rtl(model, job, options);
    if (answer.violations != 0 || answer.mismatches != 0) {
        throw base::Error(
            "error: the RTL broke the array's protocol or its streams; "
            "`cimrtl sim` says more");
    }
    const golden::Matrix y = assemble(job, answer, operands);
    std::uint64_t saturated = 0;
    for (const std::uint8_t flag : saturated_vectors(job, answer, operands)) saturated += flag;
    if (engine == Engine::both) {
        r.mismatch = compare(d, operands, r, y, saturated, answer, model, options, how);
    }
    r.outputs = y;
    r.wall_seconds = answer.seconds;
    r.adc_clipped = answer.adc_clipped;
    r.conversions = answer.conversions;
    r.saturated_vectors = saturated;
    r.cycles = answer.cycles;
    if (engine == Engine::rtl && d.plain_steps > 0) {
        r.statistics = {{"steps_driven", static_cast<double>(answer.conversions) / d.columns}};
    }
    r.adc_busy_cycles = answer.conversions * static_cast<std::uint64_t>(d.config.adc.latency);
    r.weights_clipped = job.weights_clipped;
    r.inputs_clipped = count_input_clips(d, operands.inputs);
    return r;
}

bool has_measured(const golden::Operands& o) {
    return !o.cell_gain.empty() || !o.adc_offset.empty() || !o.adc_gain.empty() ||
           !o.adc_inl.empty();
}

/// The compute signal-to-noise ratio of the array: against the same run without what is not ideal
/// and without the correction of it.
std::optional<double> csnr_db(const generator::Design& d, const golden::Operands& operands,
                              const golden::Matrix& y, const operands::Settings& settings) {
    if (!d.real_array && operands.correction.empty()) return std::nullopt;
    golden::Spec spec = operands::to_spec(d.config, settings);
    spec.analog = {};
    golden::Operands ideal = operands;
    ideal.cell_gain = ideal.adc_offset = ideal.adc_gain = ideal.adc_inl = {};
    ideal.correction = {};
    const golden::Matrix y0 = golden::run_fast(spec, ideal, 0, false).outputs;
    long double signal = 0, noise = 0;
    for (std::size_t i = 0; i < y0.data.size(); ++i) {
        const auto wanted = static_cast<long double>(y0.data[i]);
        const long double error = static_cast<long double>(y.data[i]) - wanted;
        signal += wanted * wanted;
        noise += error * error;
    }
    if (signal == 0 || noise == 0) return std::nullopt;
    return static_cast<double>(10 * std::log10(signal / noise));
}

/// What the RTL does not show: what the wire lost, and what the output stage clamped.
void add_unseen(const generator::Design& d, const golden::Operands& operands,
                const operands::Settings& settings, RunResult& r) {
    if (d.config.analog.ir_drop == 0 && !d.config.output.requant) return;
    const golden::Spec spec = operands::to_spec(d.config, settings);
    const golden::Result result = golden::run_fast(spec, operands, 0, false);
    r.lost_half = result.lost_half;
    if (spec.output.requant) r.outputs_clamped = result.outputs_clamped;
}

RunResult run_macro(const generator::Design& design, const golden::Operands& operands,
                    Engine engine, bool progress, const operands::Settings& settings) {
    generator::Design d = design;
    d.real_array = d.real_array || has_measured(operands);
    RunResult r = run_engines(d, operands, engine, progress, settings);
    r.csnr_db = csnr_db(d, operands, r.outputs, settings);
    if (engine == Engine::rtl) add_unseen(d, operands, settings, r);
    return r;
}

std::string stats_json(const RunResult& r) {
    nlohmann::ordered_json j;
    j["engine"] = engine_name(r.engine);
    j["vectors"] = r.vectors;
    j["macs"] = r.macs;
    j["wall_seconds"] = r.wall_seconds;
    j["adc_clipped"] = r.adc_clipped;
    j["saturated_vectors"] = r.saturated_vectors;
    j["conversions"] = r.conversions;
    j["inputs_clipped"] = r.inputs_clipped;
    j["weights_clipped"] = r.weights_clipped;
    if (r.outputs_clamped) j["outputs_clamped"] = *r.outputs_clamped;
    if (r.csnr_db)
        j["csnr_db"] = *r.csnr_db;
    else
        j["csnr_db"] = nullptr;
    if (r.engine != Engine::golden) {
        j["cycles"] = r.cycles;
        j["adc_busy_cycles"] = r.adc_busy_cycles;
    }
    add_statistics(r.statistics, j);
    if (r.conventional_conversions > 0) {
        j["conversions_conventional"] = r.conventional_conversions;
        j["conversions_ratio"] = r.conversions_ratio();
    }
    return j.dump(2) + "\n";
}

}  // namespace sim
