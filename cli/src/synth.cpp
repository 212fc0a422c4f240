// SPDX-License-Identifier: Apache-2.0
/// synth: area per block.
#include "synth/synth.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <list>

#include "base/interrupt.hpp"
#include "base/made_folders.hpp"
#include "base/process.hpp"
#include "base/version.hpp"
#include "command.hpp"
#include "generator/design.hpp"
#include "generator/render.hpp"
#include "operand_options.hpp"
#include "operands/operands.hpp"
#include "study/hardware.hpp"
#include "synth/liberty.hpp"
#include "synth_options.hpp"

namespace fs = std::filesystem;

namespace cli {

namespace {

struct Synth {
    std::string config, dir;
    std::vector<std::string> liberty;
    synth::Mapping mapping;
    bool power = false;
    std::size_t vectors = 0;       ///< 0: all inputs
    operands::OperandFiles files;  ///< what the power is measured on
    OperandOptions operands;
};

/// The generated sources and the folder of the reports: beside each other in gen_out/<name>, or
/// both below the folder that the user named.
std::pair<fs::path, fs::path> folders(const Synth& o, const std::string& name) {
    if (o.dir.empty()) return {fs::path("gen_out") / name, fs::path("gen_out") / name / "synth"};
    return {fs::path(o.dir) / "sources", fs::path(o.dir)};
}

/// What a signal in the middle takes away: the folders that were not there before.
std::list<base::Leftover> unless_finished(const fs::path& sources, const fs::path& reports) {
    using Kind = base::Leftover::Kind;
    std::list<fs::path> absent = base::absent_folders(fs::absolute(reports));
    absent.reverse();  // the outermost first: it is removed last
    std::list<base::Leftover> leftovers;
    for (const fs::path& folder : absent)
        leftovers.emplace_back(folder, folder == absent.back() ? Kind::whole : Kind::empty_folder);
    if (!fs::exists(fs::symlink_status(sources)))
        leftovers.emplace_back(fs::absolute(sources), Kind::whole);
    return leftovers;
}

/// Power on the given tensors.
void measure_power(Synth& o, const generator::Design& design, const golden::Operands& operands,
                   const synth::SynthJob& job, synth::AreaReport& report) {
    const study::NetlistRun run =
        study::run_netlist(design, operands, o.operands.settings_of(design), job);
    synth::estimate_power(job, run.activity, run.work, report);
}

int synth(Synth& o, const Common& common) {
    const generator::Design design = load(o.config, common);
    base::require_program("yosys");
    std::optional<golden::Operands> operands;  // read before the long work
    if (o.power) {
        base::require_program("sta");
        o.files.further = o.operands.files();
        operands = operands::read_operands(design, o.files);
        operands->output = operands::read_output_numbers(design, o.operands.output);
        if (o.vectors > 0 && o.vectors < operands->inputs.rows) {
            operands->inputs.rows = o.vectors;
            operands->inputs.data.resize(o.vectors * operands->inputs.cols);
        }
    }
    std::optional<synth::Library> library;
    if (!o.liberty.empty()) library = synth::read_liberty(o.liberty);  // before anything is written
    if (o.power) synth::require_power(library ? &*library : nullptr);
    const auto [sources, reports] = folders(o, design.config.name);
    synth::check_reports_folder(reports);
    const auto files = generator::render(design);
    const auto leftovers = unless_finished(sources, reports);
    base::write_tree(sources, files, {"synth"});
    const synth::SynthJob job =
        study::synth_job(design, files, sources, reports, library ? &*library : nullptr, o.mapping);
    synth::AreaReport report = synth::synthesize(job);
    if (operands) measure_power(o, design, *operands, job, report);
    say(common, synth::area_markdown(job, report));
    say(common, fmt::format("reports: {}", reports.string()));
    return 0;
}

}  // namespace

void add_synth(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "synth", "cells, flip-flops and area per block (Yosys)",
        "Writes area.json, area.csv, area.md, resets.csv, netlist.v and Yosys's script and log.\n"
        "The analog array and its ADCs are a black box: reported as excluded. The netlist can be\n"
        "checked with `cimrtl sim CONFIG --netlist DIR`.");
    auto o = std::make_shared<Synth>();
    command->add_option("config", o->config, "YAML config")->required()->type_name("CONFIG");
    auto* liberty =
        command
            ->add_option(
                "--liberty", o->liberty,
                "cell library, text or gzip: areas in square micrometres beside gate "
                "equivalents; may be repeated for a library in several files (default: gate "
                "equivalents alone, on any machine)")
            ->type_name("F.lib")
            ->allow_extra_args(false);
    command
        ->add_option("-o,--output", o->dir, "folder of the reports (default gen_out/<name>/synth)")
        ->type_name("DIR");
    add_mapping(*command, liberty, o->mapping);
    auto* weights = command->add_option("--weights", o->files.weights, "weights for --power")
                        ->type_name("W.npy");
    auto* inputs =
        command->add_option("--inputs", o->files.inputs, "inputs for --power")->type_name("X.npy");
    auto* power = command
                      ->add_flag("--power", o->power,
                                 "power and energy of a multiply-accumulate on --weights and "
                                 "--inputs (OpenSTA; activity by simulating the netlist)")
                      ->needs(liberty)
                      ->needs(weights)
                      ->needs(inputs)
                      ->excludes("--hierarchical");
    weights->needs(power);
    inputs->needs(power);
    command->add_option("--vectors", o->vectors, "the first V inputs only")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("V")
        ->needs(power);
    o->operands.add_to(*command);
    o->operands.add_output_to(*command);
    command->callback(
        [&action, &common, o] { action = [&common, o] { return synth(*o, common); }; });
}

}  // namespace cli
