// SPDX-License-Identifier: Apache-2.0
// The netlists that `synth` writes, in simulation.
//
// A netlist is right if it does what the RTL does, cycle by cycle, on random stimuli with resets
// between the clock's edges: generic and mapped gates, with the behavioral array beside it as the
// RTL has it, under Verilator, and under iverilog because Verilator has once simulated a netlist
// wrongly. A netlist with one wrong gate is seen to differ.
#include <fmt/format.h>

#include <algorithm>

#include "sim/netlist.hpp"
#include "synth_bench.hpp"

namespace {

using namespace synth_bench;

/// Random stimuli with resets between clock edges; prints the outputs of every cycle.
const char* bench_text = R"sv(
module tb;
  reg clk = 0, rst = 1;
  reg [9:0] x = 0;
  wire [31:0] y;
  wire [3:0] z;
  integer i;
  reg [31:0] s = 32'd2463534242;
  ts dut (.clk_i(clk), .rst_ni(rst), .x_i(x), .y_o(y), .z_o(z));
  initial begin
    #1 rst = 0;
    #1 rst = 1;
    for (i = 0; i < 3000; i = i + 1) begin
      s = s ^ (s << 13);
      s = s ^ (s >> 17);
      s = s ^ (s << 5);
      x = i < 4 ? 10'h200 : s[9:0];
      if (s[20:16] == 0) rst = 0;
      #1 rst = 1;
      #1 clk = 1;
      #1 clk = 0;
      #1;
      if (i > 4) $display("%0d %h %h", i, y, z);
    end
    $finish;
  end
endmodule
)sv";

/// The bench's output under Verilator, with `sources` beside the test bench.
std::string verilated(const Bench& bench, const std::string& name,
                      const std::vector<std::string>& sources,
                      const std::vector<std::string>& flags) {
    const std::string dir = bench.at(name);
    Command build{{"verilator", "--binary", "--timing", "-Wno-STMTDLY", "--x-initial", "unique",
                   "--top-module", "tb", "--Mdir", dir, "-MAKEFLAGS",
                   "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0", bench.at("tb.v")},
                  bench.folder.path(),
                  {}};
    build.argv.insert(build.argv.end(), flags.begin(), flags.end());
    build.argv.insert(build.argv.end(), sources.begin(), sources.end());
    const ProcessResult built = run_process(build);
    INFO(built.output);
    REQUIRE(built.exit_code == 0);
    const std::string text = run_process({{dir + "/Vtb"}, {}, {}}).output;
    return text.substr(0, text.find("\n- ") + 1);  // without Verilator's own lines
}

TEST_CASE("netlists behave as the RTL", "[synth][simulation]") {
    if (!have("yosys") || !have("verilator")) return;
    const auto [mapped, hierarchical] =
        GENERATE(std::pair(false, false), std::pair(true, false), std::pair(true, true));
    {
        Bench bench(mapped);
        bench.job.mapping.hierarchical = hierarchical;
        bench.put("tb.v", bench_text);
        synthesize(bench.job);
        const sim::NetlistSimulation netlist =
            sim::netlist_simulation(bench.job.out_dir, bench.job.config_hash);
        std::vector<std::string> files = {bench.at("array.v")};
        for (const fs::path& file : netlist.files) files.push_back(file.string());
        const std::string rtl = verilated(
            bench, "rtl",
            {bench.at("ts.sv"), bench.at("ts_lane.sv"), bench.at("ts_reg.sv"), bench.at("array.v")},
            {"-Wno-UNUSED"});
        CHECK(std::count(rtl.begin(), rtl.end(), '\n') == 2995);
        CHECK(verilated(bench, "netlist", files, netlist.verilator_flags) == rtl);

        // Some gates are masked by others, so a few are tried.
        const std::string netlist_text = bench.out("netlist.v");
        const std::string good = mapped ? "  NAND " : "  NAND2 ";
        std::vector<std::size_t> gates;
        for (std::size_t at = netlist_text.find(good); at != std::string::npos;
             at = netlist_text.find(good, at + 1))
            gates.push_back(at);
        bool seen = false;
        for (int tried = 0; tried < 8 && !seen; ++tried) {
            std::string broken = netlist_text;
            broken.replace(gates.at(gates.size() * tried / 8), good.size(),
                           mapped ? "  NOR " : "  NOR2 ");
            bench.put("broken.v", broken);
            std::vector<std::string> with_fault = files;
            with_fault[1] = bench.at("broken.v");
            seen = verilated(bench, fmt::format("broken{}", tried), with_fault,
                             netlist.verilator_flags) != rtl;
        }
        CHECK(seen);

        if (find_program("iverilog")) {
            Command build{{"iverilog", "-g2012", "-o", bench.at("iv"), bench.at("tb.v")}, {}, {}};
            build.argv.insert(build.argv.end(), files.begin(), files.end());
            REQUIRE(run_process(build).exit_code == 0);
            CHECK(run_process({{"vvp", "-n", bench.at("iv")}, {}, {}}).output == rtl);
        }
    }
}

}  // namespace
