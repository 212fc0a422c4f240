// SPDX-License-Identifier: Apache-2.0
/// What it takes to simulate the netlist that `synthesize` wrote in place of the RTL.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sim {

struct NetlistSimulation {
    /// The netlist, and the models of its cells if it is mapped. To be compiled together with the
    /// behavioural model of each black box, and without any other file of the design.
    std::vector<std::filesystem::path> files;
    /// For Verilator: waivers of warnings that a netlist earns by being one, and how to cut the
    /// C++.
    std::vector<std::string> verilator_flags;
};

/// From the folder of `synthesize`. The top keeps its name and its vector ports; ports of modules
/// below it are scalars, except those of black boxes. Throws base::Error if there is no netlist,
/// or if the folder's area.json says that it was made from another config than `config_hash`.
NetlistSimulation netlist_simulation(const std::filesystem::path& synth_dir,
                                     const std::string& config_hash);

}  // namespace sim
