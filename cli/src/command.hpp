// SPDX-License-Identifier: Apache-2.0
/// The commands of the program `cimrtl`: each adds itself to the command line and leaves what it
/// does as a function, run after the whole line was understood.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "generator/design.hpp"
#include "generator/load.hpp"

namespace cli {

/// Options that every command takes.
struct Common {
    bool quiet = false;
    std::vector<std::string> overrides;  ///< key.path=value
};

/// What the chosen command does; returns the exit code.
using Action = std::function<int()>;

/// A new subcommand with the common options.
CLI::App* add_command(CLI::App& app, Common& common, const std::string& name,
                      const std::string& description, const std::string& footer);

/// The command line's `-P key.path=value`.
std::vector<generator::Override> overrides_of(const Common& common);

/// The design of a config with the command line's overrides.
generator::Design load(const std::string& path, const Common& common);

/// A line on standard output, unless quiet.
void say(const Common& common, const std::string& line);

/// The folder of --output, before the work: one that cannot be written is told first.
void make_output_folder(const std::string& dir);

void add_gen(CLI::App& app, Common& common, Action& action);
void add_check(CLI::App& app, Common& common, Action& action);
void add_schema(CLI::App& app, Common& common, Action& action);
void add_run(CLI::App& app, Common& common, Action& action);
void add_sim(CLI::App& app, Common& common, Action& action);
void add_synth(CLI::App& app, Common& common, Action& action);
void add_compare(CLI::App& app, Common& common, Action& action);
void add_explore(CLI::App& app, Common& common, Action& action);
void add_quantize(CLI::App& app, Common& common, Action& action);
void add_chip(CLI::App& app, Common& common, Action& action);
void add_calibrate(CLI::App& app, Common& common, Action& action);
void add_characterize(CLI::App& app, Common& common, Action& action);
void add_net(CLI::App& app, Common& common, Action& action);

}  // namespace cli
