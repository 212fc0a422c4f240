// SPDX-License-Identifier: Apache-2.0
/// Options of the commands that synthesize.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "synth/synth.hpp"

namespace cli {

/// `--liberty` of the commands that measure many configs.
CLI::Option* add_liberty(CLI::App& command, std::vector<std::string>& files);

/// `--hierarchical`, `--sta` (which needs `liberty`) and `--clock-ps`.
void add_mapping(CLI::App& command, CLI::Option* liberty, synth::Mapping& mapping);

}  // namespace cli
