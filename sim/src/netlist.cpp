#include "cosim/netlist.hpp"

#include <fmt/format.h>

#include "cimrtl/diagnostic.hpp"

namespace fs = std::filesystem;

namespace cosim {

NetlistSimulation netlist_simulation(const fs::path& synth_dir) {
    const fs::path netlist = synth_dir / "netlist.v";
    if (!fs::is_regular_file(netlist))
        throw cimrtl::Error(
            fmt::format("{}: no netlist; run `cimrtl synth` first", netlist.string()));
    NetlistSimulation simulation;
    simulation.files = {netlist};
    if (const fs::path models = synth_dir / "cell_models.v"; fs::is_regular_file(models))
        simulation.files.push_back(models);
    // DECLFILENAME: all modules in one file. UNUSED, UNDRIVEN: pins that nothing needs.
    // UNOPTFLAT stays an error: a vector port of the top that feeds itself must not go unseen.
    // const-bit-op-tree: Verilator 5.006 combines trees of single bits wrongly.
    simulation.verilator_flags = {"-Wno-DECLFILENAME",      "-Wno-UNUSED",    "-Wno-UNDRIVEN",
                                  "-fno-const-bit-op-tree", "--output-split", "20000"};
    simulation.make_flags = {"OPT_FAST=-O1", "OPT_SLOW=-O0", "OPT_GLOBAL=-O1"};
    return simulation;
}

}  // namespace cosim
