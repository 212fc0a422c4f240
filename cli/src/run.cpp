// SPDX-License-Identifier: Apache-2.0
/// run: a matrix product through the macro.
#include "sim/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <optional>

#include "base/counted.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_paths.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "generator/design.hpp"
#include "generator/scheme.hpp"
#include "operand_options.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"

namespace cli {

namespace {

struct Run {
    std::string config, output, stats;
    operands::OperandFiles files;
    OperandOptions operands;
    std::string engine = "both";
};

const std::map<std::string, sim::Engine> engines = {
    {"golden", sim::Engine::golden}, {"rtl", sim::Engine::rtl}, {"both", sim::Engine::both}};
std::vector<std::string> names_of(const std::map<std::string, sim::Engine>& table) {
    std::vector<std::string> names;
    for (const auto& row : table) names.push_back(row.first);
    return names;
}

/// `noun` in the singular, and what they did.
void warn(std::uint64_t count, std::string_view noun, std::string_view what) {
    if (count != 0)
        base::print_error(fmt::format("note: {} {}\n", base::counted(count, noun), what));
}

/// Says what stands for tensors that were not given.
void note_absent(const generator::Design& design, const operands::OperandFiles& files) {
    const generator::Scheme& scheme = generator::scheme_of(design.config);
    for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
        if (files.further.contains(std::string(spec->name))) continue;
        const generator::OperandRule rule = spec->rule(design);
        if (!rule.taken || rule.instead.empty()) continue;
        base::print_error(fmt::format("note: no --{}: {}\n", spec->name, rule.instead));
    }
}

void check_paths(const Run& o) {
    std::vector<base::NamedPath> inputs = {
        {"CONFIG", o.config}, {"--weights", o.files.weights}, {"--inputs", o.files.inputs}};
    for (const auto& [name, path] : o.files.further) inputs.push_back({"--" + name, path});
    base::check_outputs({{"--output", o.output}, {"--stats", o.stats}}, inputs);
}

/// The statistics, and the results unless they are wrong: both or none.
void write_results(const Run& o, const sim::RunResult& r) {
    std::vector<base::FileBytes> files;
    if (!o.stats.empty()) files.push_back({o.stats, sim::stats_json(r)});
    if (!o.output.empty() && r.mismatch.empty()) {
        const operands::Tensor<std::int64_t> y{{r.outputs.rows, r.outputs.cols}, r.outputs.data};
        files.push_back({o.output, operands::encode_npy(y)});
    }
    base::write_together(std::move(files));
}

int run(Run& options, const Common& common) {
    const generator::Design design = load(options.config, common);
    const operands::Settings settings = options.operands.settings_of(design);
    const sim::Engine engine = engines.at(options.engine);
    options.files.further = options.operands.files();
    check_paths(options);
    golden::Operands operands = operands::read_operands(design, options.files);
    operands.output = operands::read_output_numbers(design, options.operands.output);
    const bool progress = !common.quiet && isatty(STDERR_FILENO);
    const sim::RunResult r = sim::run_macro(design, operands, engine, progress, settings);
    note_absent(design, options.files);
    warn(r.inputs_clipped, "input", "clipped by the scheme's code");
    warn(r.weights_clipped, "weight", "clipped by the scheme's code");
    warn(r.adc_clipped, "code", "clipped at an ADC");
    warn(r.lost_half, "conversion", "in which a column lost more than half of its sum (ir_drop)");
    warn(r.saturated_vectors, "vector", "with a saturated accumulator");
    write_results(options, r);
    if (!r.mismatch.empty()) {
        base::print_error("error: golden and RTL differ\n" + r.mismatch);
        return 1;
    }
    using base::counted;
    std::string line =
        fmt::format("{}, {}, {}", counted(r.vectors, "vector"), counted(r.outputs.cols, "output"),
                    counted(r.conversions, "conversion"));
    if (r.conventional_conversions > 0) {
        line += fmt::format(" ({:.3f} of conventional's)", r.conversions_ratio());
    }
    if (engine != sim::Engine::golden) line += ", " + counted(r.cycles, "cycle");
    if (engine == sim::Engine::both) line += ": golden and RTL agree in every output";
    say(common, line);
    return 0;
}

}  // namespace

void add_run(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "run", "run a matrix product through the macro: golden, RTL or both",
        "Tensors are .npy files of any integer type; the output is int64, C order.\n"
        "When golden and RTL differ: exit 1, with vector, output, both values, the first differing\n"
        "conversion and an FST wave in the current folder.");
    auto o = std::make_shared<Run>();
    command->add_option("config", o->config, "YAML config")->required()->type_name("CONFIG");
    command->add_option("--weights", o->files.weights, "weights, shape (K, M)")
        ->required()
        ->type_name("W.npy");
    command->add_option("--inputs", o->files.inputs, "inputs, shape (V, K)")
        ->required()
        ->type_name("X.npy");
    o->operands.add_to(*command);
    o->operands.add_output_to(*command);
    command->add_option("--output", o->output, "results, shape (V, M)")->type_name("Y.npy");
    command->add_option("--stats", o->stats, "statistics as JSON")->type_name("S.json");
    command->add_option("--engine", o->engine, "golden, rtl or both (default)")
        ->check(CLI::IsMember(names_of(engines)))
        ->type_name("ENGINE");
    command->callback([&action, &common, o] { action = [&common, o] { return run(*o, common); }; });
}

}  // namespace cli
