// SPDX-License-Identifier: Apache-2.0
/// The netlist that `synth` writes computes what golden computes.
#include "cli_bench.hpp"

namespace {

using namespace cli_bench;

// Verilator and Yosys do not read every construct alike (Yosys 0.23 takes a parameter's '1 as 1,
// and says nothing), so RTL that is right in simulation may be wrong in silicon. One small macro of
// each scheme, with a shift-add that negates, partial tiles and every trial of `sim`, on the
// netlist of generic gates. It failed for as long as cim_shifter had such a parameter, and (block:
// five ADCs to an output) while Verilator 5.006 might combine single bits, which it does wrongly.
TEST_CASE("netlist: computes what golden computes", "[cli]") {
    if (!have("yosys")) return;
    const Desk desk;
    desk.put("pattern.yaml",
             "name: pattern\nscheme: zebra\narray: {rows: 3, outputs: 2, banks: 2}\n"
             "adc: {share: 8, latency: 2}\naccumulator: {max_tiles: 2, bits: 14, bias: true}\n");
    desk.put("block.yaml",
             "name: block\nscheme: bfp\narray: {rows: 2, outputs: 1, banks: 2}\n"
             "adc: {share: 1, latency: 2}\naccumulator: {max_tiles: 2}\n"
             "input: {bits: 3}\nweight: {bits: 5}\nbfp: {mantissa_bits: 2, block: dynamic}\n");
    for (const std::string name : {"mini", "pattern", "block"}) {
        INFO(name);
        const ProcessResult synth = desk.run({"synth", "-q", name + ".yaml", "-o", "net_" + name});
        INFO(synth.output);
        REQUIRE(synth.exit_code == 0);
        const ProcessResult sim =
            desk.run({"sim", name + ".yaml", "--netlist", "net_" + name, "--vectors", "8"});
        INFO(sim.output);
        REQUIRE(sim.exit_code == 0);
        CHECK_THAT(sim.output, Contains("golden and netlist agree"));
    }
}

}  // namespace

TEST_CASE("netlist: one of another config is named", "[cli]") {
    if (!have("yosys")) return;
    const Desk desk;
    check_passed(desk.run({"synth", "mini.yaml", "-o", "area"}));
    check_failed(desk.run({"sim", "mini.yaml", "--netlist", "area", "-P", "adc.bits=2"}),
                 {"area", "--netlist", "another config", "cimrtl synth"});
    CHECK_FALSE(fs::exists(desk.at("cache")));
}
