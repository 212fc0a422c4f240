// SPDX-License-Identifier: Apache-2.0
/// compare: its words on the command line.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "compare.hpp"
#include "network_options.hpp"
#include "synth_options.hpp"

namespace cli {

namespace {

void add_options(CLI::App& command, Compare& o) {
    auto* configs =
        command.add_option("config", o.configs,
                           "YAML configs, each with values of its own: CONFIG,key.path=value,...");
    configs->type_name("CONFIG...");
    auto* study = command.add_option("--study", o.study, "a study file (cimrtl schema --study)")
                      ->type_name("F.yaml");
    configs->excludes(study);
    auto* weights = command.add_option("--weights", o.layer.weights, "weights, shape (K, M)");
    auto* inputs = command.add_option("--inputs", o.layer.inputs, "inputs, shape (V, K)");
    weights->type_name("W.npy")->needs(inputs);
    inputs->type_name("X.npy")->needs(weights);
    add_network(command, weights, o.network);
    command
        .add_option("--operand", o.operands,
                    "a further tensor of `run` for the configs that take it: NAME=F.npy")
        ->type_name("NAME=F.npy")
        ->allow_extra_args(false)
        ->needs(weights)
        ->check([](const std::string& text) {
            return text.find('=') == text.npos ? "expected NAME=F.npy, found `" + text + "`"
                                               : std::string();
        });
    command.add_option("--vectors", o.layer.vectors, "the first V inputs only")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("V");
    command.add_flag("--quantize", o.quantize_integers,
                     "integer tensors, too, are scaled and coded by each scheme");
    auto* liberty = add_liberty(command, o.liberty);
    add_mapping(command, liberty, o.mapping);
    add_power(command, liberty, o.power);
    command.add_flag("--no-rtl", o.left_out.rtl, "golden alone: no cycles");
    command.add_flag("--no-synth", o.left_out.synth, "no cells, no area, no netlist");
    command.add_flag("--no-netlist", o.left_out.netlist, "netlists are not simulated");
    command.add_option("-j,--jobs", o.jobs, "rows at work at once (default 2)")
        ->check(CLI::Range(1, 64))
        ->type_name("N");
    command.add_option("--json", o.json, "the same figures as JSON")->type_name("J.json");
    command.add_option("--html", o.html, "a page with plots")->type_name("F.html");
    command
        .add_option("-o,--output", o.dir,
                    "folder of all reports, finished rows and netlists; rows in it are reused")
        ->type_name("DIR");
}

}  // namespace

void add_compare(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "compare", "configs beside each other on one layer: error, cycles, area",
        "One row a config: SQNR, ADC bits, conversions, cycles, cells, area, and what was found equal\n"
        "to golden. Float tensors are quantized for each config and compared with the float product;\n"
        "integers stand for themselves. Finished rows are kept (below DIR, else in the cache) and\n"
        "reused; Ctrl-C leaves them. Prints Markdown; -o DIR also gets report.md, .json, .html, plots.\n"
        "  cimrtl compare a.yaml b.yaml,adc.bits=6 -P array.rows=64 --weights W.npy --inputs X.npy");
    auto o = std::make_shared<Compare>();
    add_options(*command, *o);
    command->callback([&action, &common, o] {
        if (o->configs.empty() && o->study.empty()) {
            throw CLI::ValidationError("compare", "found no config; expected CONFIG... or --study");
        }
        if (!o->configs.empty() && o->layer.weights.empty() && o->network.model.empty()) {
            throw CLI::RequiredError("--weights and --inputs, or --model");
        }
        for (const std::string& word : o->configs) {
            const std::size_t comma = word.find(',');
            if (std::filesystem::exists(word) || comma == word.npos) continue;
            const std::string rest = word.substr(comma + 1);
            if (rest.find('=') == rest.npos || rest.front() == '=')
                throw CLI::ValidationError(
                    word, fmt::format("found `{}`; expected key.path=value", rest));
        }
        for (const std::string& text : o->operands) {
            const std::size_t equals = text.find('=');
            o->layer.operands[text.substr(0, equals)] = text.substr(equals + 1);
        }
        action = [&common, o] { return compare(*o, common); };
    });
}

}  // namespace cli
