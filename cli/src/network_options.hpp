// SPDX-License-Identifier: Apache-2.0
/// Options of the commands that measure many configs on a network.
#pragma once

#include <CLI/CLI.hpp>

#include "study/network_files.hpp"

namespace cli {

/// `--model` (instead of `weights`), `--data`, `--labels`, `--chips`, `--requantize`, `--digital`.
void add_network(CLI::App& command, CLI::Option* weights, study::NetworkFiles& files);

}  // namespace cli
