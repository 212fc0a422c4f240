// SPDX-License-Identifier: Apache-2.0
/// explore: its words on the command line.
#include <memory>

#include "explore.hpp"
#include "network_options.hpp"
#include "synth_options.hpp"

namespace cli {

namespace {

void add_search(CLI::App& command, Explore& o) {
    command.add_option("--method", o.method, "instead of the study's: grid, random, nsga2")
        ->check(CLI::IsMember({"grid", "random", "nsga2"}))
        ->type_name("METHOD");
    command.add_option("--runs", o.runs, "points that random and nsga2 measure")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    command.add_option("--seed", o.seed, "of random and nsga2")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("S");
}

void add_options(CLI::App& command, Explore& o) {
    command
        .add_option("study", o.study, "a study file with section explore (cimrtl schema --study)")
        ->required()
        ->type_name("STUDY.yaml");
    add_search(command, o);
    auto* weights = command.add_option("--weights", o.layer.weights,
                                       "weights, shape (K, M), in the place of the study's data");
    auto* inputs = command.add_option("--inputs", o.layer.inputs, "inputs, shape (V, K)");
    weights->type_name("W.npy")->needs(inputs);
    inputs->type_name("X.npy")->needs(weights);
    add_network(command, weights, o.network);
    command.add_option("--vectors", o.layer.vectors, "the first V inputs only")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("V");
    auto* liberty = add_liberty(command, o.liberty);
    add_mapping(command, liberty, o.mapping);
    add_power(command, liberty, o.power);
    command.add_flag("--no-rtl", o.left_out.rtl, "the front is not simulated");
    command.add_flag("--no-synth", o.left_out.synth, "no cells, no area, no netlist");
    command.add_flag("--no-netlist", o.left_out.netlist, "netlists of the front are not simulated");
    command.add_option("-j,--jobs", o.jobs, "rows at work at once (default 2)")
        ->check(CLI::Range(1, 64))
        ->type_name("N");
    command.add_option("--json", o.json, "all points as JSON")->type_name("J.json");
    command.add_option("--csv", o.csv, "all points as CSV")->type_name("T.csv");
    command.add_option("--html", o.html, "a page: plots, table, configs")->type_name("F.html");
    auto* dir = command.add_option("-o,--output", o.dir,
                                   "folder of all reports, finished rows and netlists; rows in it "
                                   "are reused");
    dir->type_name("DIR");
    command
        .add_option("--slurm", o.slurm,
                    "rows are tasks of Slurm job arrays: words for sbatch, \"\" for none; every "
                    "node has to see DIR, the study and this program under the same paths")
        ->type_name("OPTIONS")
        ->needs(dir);
    // What a task on Slurm is started with.
    auto* list = command.add_option("--list", o.list)->needs(dir)->group("");
    command.add_option("--item", o.item)->needs(list)->group("");
    command
        .add_flag("--resume", o.resume,
                  "go on in DIR: an error if another study was begun there, or none")
        ->needs(dir);
}

}  // namespace

void add_explore(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "explore", "search a study's points for the Pareto front",
        "Axes over config keys make the points; those that `check` refuses are left out and counted.\n"
        "Golden's figures come first: a point that breaks a constraint, or that another point beats\n"
        "whatever its area, is not synthesized. Points on the front are simulated as RTL, and their\n"
        "netlists, unless the rows say otherwise. Finished rows are kept (below DIR, else in the\n"
        "cache) and reused; Ctrl-C leaves them. Prints Markdown; -o DIR also gets report.md, .json,\n"
        ".csv, .html. The same study gives the same bytes, whatever -j.\n"
        "With --slurm, Ctrl-C leaves the tasks running; the same command waits for them.\n"
        "  cimrtl explore study.yaml -o out -j 4\n"
        "  cimrtl explore study.yaml -o out --slurm '--partition=short --cpus-per-task=1'");
    auto o = std::make_shared<Explore>();
    add_options(*command, *o);
    command->callback(
        [&action, &common, o] { action = [&common, o] { return explore(*o, common); }; });
}

}  // namespace cli
