// SPDX-License-Identifier: Apache-2.0
/// The design, the library and the job that the tests of `synth` share.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "operands/npy.hpp"
#include "skip.hpp"
#include "synth/synth.hpp"

namespace synth_bench {

using namespace test_environment;
using namespace base;
using namespace synth;
namespace fs = std::filesystem;

inline const char* design_text = R"sv(
module ts_reg #(parameter int unsigned Width = 3, parameter logic [Width-1:0] Start = '0) (
  input logic clk_i, input logic rst_ni, input logic [Width-1:0] d_i, output logic [Width-1:0] q_o
);
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) q_o <= Start;
    else q_o <= q_o + d_i;
  end
endmodule

module ts_lane (
  input logic clk_i, input logic rst_ni, input logic clear_i, input logic signed [4:0] x_i,
  output logic signed [15:0] y_o
);
  logic [2:0] a, b;
  logic [4:0] c;
  logic signed [7:0] sum;
  ts_reg #(.Width(3)) u_a (.clk_i, .rst_ni, .d_i(x_i[2:0]), .q_o(a));
  ts_reg #(.Width(3)) u_b (.clk_i, .rst_ni, .d_i(a), .q_o(b));
  ts_reg #(.Width(5), .Start(5'b10101)) u_c (.clk_i, .rst_ni, .d_i(x_i), .q_o(c));
  always_ff @(posedge clk_i) begin
    if (clear_i) sum <= '0;
    else sum <= sum + 8'(x_i) - 8'($signed({1'b0, b ^ c[2:0]}));
  end
  assign y_o = 16'(sum) <<< c[4:3];
endmodule

module ts (
  input logic clk_i, input logic rst_ni, input logic [9:0] x_i, output logic [31:0] y_o,
  output logic [3:0] z_o
);
  logic [1:0] delay_q;
  logic [3:0] code;
  always_ff @(posedge clk_i) delay_q <= x_i[9:8];
  for (genvar i = 0; i < 2; i++) begin : g_lane
    ts_lane u_lane (.clk_i, .rst_ni, .clear_i(x_i[9]), .x_i(x_i[5*i +: 5]), .y_o(y_o[16*i +: 16]));
  end
  ts_array u_array (.clk_i, .x_i(delay_q), .code_o(code));
  assign z_o = code ^ {2{delay_q}};
endmodule
)sv";

inline const char* stub = R"sv(
(* blackbox *)
module ts_array (input logic clk_i, input logic [1:0] x_i, output logic [3:0] code_o);
endmodule
)sv";

inline const char* array = R"sv(
module ts_array (input clk_i, input [1:0] x_i, output reg [3:0] code_o);
  always @(posedge clk_i) code_o <= {x_i, 2'b01} * 4'd3;
endmodule
)sv";

inline const char* liberty = R"lib(library(tiny) {
  cell(NOT) { area : 2; pin(A) { direction : input; } pin(Y) { direction : output; function : "A'"; } }
  cell(BUF) { area : 3; pin(A) { direction : input; } pin(Y) { direction : output; function : "A"; } }
  cell(NAND) { area : 4; pin(A) { direction : input; } pin(B) { direction : input; }
    pin(Y) { direction : output; function : "(A*B)'"; } }
  cell(NOR) { area : 4.25; pin(A) { direction : input; } pin(B) { direction : input; }
    pin(Y) { direction : output; function : "!(A+B)"; } }
  cell(DFF) { area : 18; ff(IQ, IQN) { clocked_on : "C"; next_state : "D"; }
    pin(C) { direction : input; clock : true; } pin(D) { direction : input; }
    pin(Q) { direction : output; function : "IQ"; } }
  cell(DFFSR) { area : 25.125;
    ff(IQ, IQN) { clocked_on : "C"; next_state : "D"; clear : "R'"; preset : "!S"; clear_preset_var1 : L; }
    pin(C) { direction : input; clock : true; } pin(D) { direction : input; }
    pin(R) { direction : input; } pin(S) { direction : input; }
    pin(Q) { direction : output; function : "IQ"; } }
}
)lib";
inline const std::map<std::string, double> areas = {{"NOT", 2},    {"BUF", 3},  {"NAND", 4},
                                                    {"NOR", 4.25}, {"DFF", 18}, {"DFFSR", 25.125}};

/// The text's modules, by their names.
inline std::map<std::string, std::string> modules_of(const std::string& text) {
    std::map<std::string, std::string> modules;
    const std::string end = "endmodule";
    for (std::size_t at = 0, stop; (stop = text.find(end, at)) != text.npos;
         at = stop + end.size()) {
        const std::size_t name = text.find("module ", at) + 7;
        modules[text.substr(name, text.find_first_of(" (", name) - name)] =
            text.substr(at, stop + end.size() - at) + "\n";
    }
    return modules;
}

/// A folder with the design, and the job for it.
struct Bench {
    ScratchFolder folder{"cimrtl-test"};
    std::shared_ptr<const Library> library;  ///< null: gate equivalents
    SynthJob job;

    explicit Bench(bool mapped, const std::string& design = design_text) {
        put("stub.sv", stub);
        put("array.v", array);
        put("tiny.lib", liberty);
        job.config_name = "ts config";
        job.config_hash = "1234";
        job.top = "ts";
        for (const auto& [name, text] : modules_of(design)) {
            put(name + ".sv", text);
            job.sv_files.push_back(at(name + ".sv"));
        }
        job.sv_files.push_back(at("stub.sv"));
        if (mapped) {
            library = std::make_shared<Library>(read_liberty({at("tiny.lib")}));
            job.library = library.get();
        }
        job.out_dir = folder.path() / "out";
        job.array_cells = 96;
        job.physical_columns = 6;
        job.adcs = 2;
        job.tool_versions = {{"cimrtl", "9.9"}};
    }
    std::string at(const std::string& name) const { return (folder.path() / name).string(); }
    void put(const std::string& name, const std::string& text) const { write_file(at(name), text); }
    std::string out(const std::string& name) const {
        std::ifstream in(job.out_dir / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

}  // namespace synth_bench
