/// Cells and area of a config, synthesized once for the same hardware.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace generator {
struct Design;
}

namespace comparing {

struct Area {
    long cells = 0;
    double area_um2 = 0;
    /// µm² of each, largest first; their sum is all.
    std::vector<std::pair<std::string, double>> blocks;
    std::filesystem::path netlist;  ///< folder that holds it
};

/// Synthesizes into a folder below `dir` that is named after the content of the hardware and of
/// the library, and found again there by later runs. Throws base::Error as synth::synthesize.
Area area_of(const std::string& config, const std::filesystem::path& liberty,
             const std::filesystem::path& dir);

/// Throws base::Error if the netlist behind an area does not compute what golden does.
void check_netlist(const Area& area, const generator::Design& design);

}  // namespace comparing
