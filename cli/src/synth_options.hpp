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

/// `--power` of the commands that measure many configs; needs `liberty`, excludes `--hierarchical`,
/// which add_mapping has added.
void add_power(CLI::App& command, CLI::Option* liberty, bool& power);

/// Throws base::Error for --power without energies in the library, or on a network.
void require_power(const synth::Library* library, bool network);

/// `--hierarchical`, `--sta` (which needs `liberty`) and `--clock-ps`.
void add_mapping(CLI::App& command, CLI::Option* liberty, synth::Mapping& mapping);

}  // namespace cli
