// SPDX-License-Identifier: Apache-2.0
#include "sim/netlist.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace fs = std::filesystem;

namespace sim {

namespace {

/// A folder without area.json, or with another tool's, says nothing.
void require_same_config(const fs::path& synth_dir, const std::string& config_hash) {
    std::ifstream in(synth_dir / "area.json");
    const auto area = nlohmann::json::parse(in, nullptr, false);
    if (!area.is_object() || !area.contains("config_hash")) return;
    const auto& made_from = area["config_hash"];
    if (!made_from.is_string() || made_from == config_hash) return;
    throw base::Error(fmt::format(
        "{}: error: --netlist: found a netlist of another config (sha256 {:.8}…); expected one of "
        "this (sha256 {:.8}…): run `cimrtl synth` with the same config and -P values",
        synth_dir.string(), made_from.get<std::string>(), config_hash));
}

/// What `synth` writes is never empty.
void require_text(const fs::path& file) {
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    if (!error && bytes > 0) return;
    throw base::Error(
        fmt::format("{}: error: --netlist: found {}; expected the file that "
                    "`cimrtl synth` writes: run it again",
                    file.string(), error ? error.message() : "an empty file"));
}

}  // namespace

NetlistSimulation netlist_simulation(const fs::path& synth_dir, const std::string& config_hash) {
    const fs::path netlist = synth_dir / "netlist.v";
    if (!fs::is_regular_file(netlist))
        throw base::Error(
            fmt::format("{}: no netlist; run `cimrtl synth` first", netlist.string()));
    require_same_config(synth_dir, config_hash);
    NetlistSimulation simulation;
    simulation.files = {netlist};
    const fs::path models = synth_dir / "cell_models.v";
    if (fs::exists(models) || fs::exists(synth_dir / "area.json"))
        simulation.files.push_back(models);
    for (const fs::path& file : simulation.files) require_text(file);
    // DECLFILENAME: all modules in one file. UNUSED, UNDRIVEN: pins that nothing needs.
    // UNOPTFLAT stays an error: a vector port of the top that feeds itself must not go unseen.
    // const-bit-op-tree: Verilator 5.006 combines trees of single bits wrongly.
    simulation.verilator_flags = {"-Wno-DECLFILENAME",      "-Wno-UNUSED",    "-Wno-UNDRIVEN",
                                  "-fno-const-bit-op-tree", "--output-split", "20000"};
    return simulation;
}

}  // namespace sim
