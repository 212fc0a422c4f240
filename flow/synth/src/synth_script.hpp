// SPDX-License-Identifier: Apache-2.0
/// What Yosys and OpenSTA are told.
#pragma once

#include <string>
#include <vector>

#include "synth/synth.hpp"

namespace synth {

/// Names in the folder that the tools work in: Yosys takes no path with a quote, abc none with a
/// blank.
inline constexpr const char* library_file = "cells.lib";
inline constexpr const char* constraints_file = "abc.constr";

/// The modules that `sources` (files relative to the folder, one module a file) hold: their stems,
/// without packages' difference from modules, and without the black boxes.
std::vector<std::string> blocks_of(const SynthJob& job, const std::vector<std::string>& sources);

/// The module that is flattened.
const std::string& logic_of(const SynthJob& job);

/// Files of counts for block number `i` of blocks_of().
std::string gates_file(std::size_t i);
std::string flops_file(std::size_t i);
std::string names_file(std::size_t i);

std::string yosys_script(const SynthJob& job, const std::vector<std::string>& sources);

/// Every register's slowest path, one a line, after a line of its own for the unit.
std::string timing_script(const SynthJob& job);

/// From a netlist by Yosys (a pin a line): the net that drives the most pins, and the nets of the
/// registers where the slowest path begins and ends.
void read_nets(const std::string& netlist, Timing& timing);

}  // namespace synth
