// SPDX-License-Identifier: Apache-2.0
/// Waves of a netlist at work.
#pragma once

#include <filesystem>

#include "sim/rtl.hpp"

namespace sim {

/// Runs the product through the netlist that `synthesize` left in `synth_dir` and writes a VCD of
/// the cycles from the first conversion on. Results are not compared (`sim --netlist` does that).
/// Throws base::Error as build_netlist and run_rtl do, and if the array's rules were broken.
void write_netlist_waves(const generator::Design& design, const golden::Operands& operands,
                         const operands::Settings& settings, const std::filesystem::path& synth_dir,
                         const std::string& config_hash, const std::filesystem::path& vcd);

}  // namespace sim
