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

/// A source that is no black box: one module, or a package, whose name is the file's stem.
struct BlockSource {
    std::string name;
    std::string file;   ///< relative to the folder
    std::string gates;  ///< takes the counts of its gates and flip-flops before mapping,
    std::string named;  ///< of the mapped cells that still name it,
    std::string names;  ///< and the names of these
};

/// Of `sources`, files relative to the folder.
std::vector<BlockSource> blocks_of(const SynthJob& job, const std::vector<std::string>& sources);

/// The module that is flattened.
const std::string& logic_of(const SynthJob& job);

std::string yosys_script(const SynthJob& job, const std::vector<std::string>& sources);

/// Prints the library's unit of time in a line of its own, then every register's slowest path in
/// one line each.
std::string timing_script(const SynthJob& job);

/// From a netlist by Yosys (a pin a line): the net that drives the most pins, and the nets of the
/// registers where the slowest path begins and ends.
void read_nets(const std::string& netlist, Timing& timing);

}  // namespace synth
