/// Cells and area of a config, synthesized once for the same hardware.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace comparing {

struct Area {
    long cells = 0;
    double area_um2 = 0;
    /// µm² of each, largest first; their sum is all.
    std::vector<std::pair<std::string, double>> blocks;
    std::filesystem::path netlist;  ///< folder that holds it
};

/// Synthesizes into a folder below `dir` that is named after the content of the hardware and of
/// the library: configs with the same periphery (they differ in `adc.step` only, which belongs to
/// the array) share it, also from one run to the next. Throws cimrtl::Error as cosim::synthesize.
Area area_of(const std::string& config, const std::filesystem::path& liberty,
             const std::filesystem::path& dir);

}  // namespace comparing
