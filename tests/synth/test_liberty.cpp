// SPDX-License-Identifier: Apache-2.0
// Liberty reader, expression translation and cell models.
//
// The state space: the grammar (simple, complex and group statements, comments, continued lines,
// missing semicolons), the Boolean operators with their precedence, the kinds of cells
// (combinational, flip-flop with any of clear and preset, latch, tri-state), and every malformed
// file. A hand-written library holds one of each. Expressions are checked against their Verilog
// text, and the one model whose behavior is not evident from its text, a flip-flop with clear and
// preset, against its levels in a simulation in which every pin changes at random, alone.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "operands/npy.hpp"
#include "skip.hpp"
#include "synth/liberty.hpp"

namespace {

using namespace base;
using namespace synth;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

const char* library_text = R"lib(/* one of
each */
library ("small") {
  time_unit : "1ns"
  capacitive_load_unit (1, pf);
  define(extra, cell, string)
  cell (AOI) { // comment
    area : 3.25
    pin (A, B) { direction : input; }
    pin (C) { direction : input }
    pin ("Y") { direction : output; function : "(A B + \
 C)'"; timing () { values ("1, 2", \
       "3, 4"); } }
  }
  cell (BIG) { area : 8; pin(A) { direction : input; } pin(Y) { direction : output; function : "A"; } }
  cell (MID) { area : 5; pin(Y) { direction : output; function : "A"; } pin(A) { direction : input; } }
  cell (LOW) { area : 4; pin(A) { direction : input; } pin(Y) { direction : output; function : "(A)"; } }
  cell (FFN) { area : 10; ff (IQ, IQN) { clocked_on : "!CK"; next_state : "D E + IQX E'"; }
    pin(CK) { direction : input; } pin(D) { direction : input; } pin(E) { direction : input; }
    pin(IQX) { direction : input; } pin(QN) { direction : output; function : "IQN"; } }
  cell (HOLD) { area : 9; latch (IQ, IQN) { enable : "G"; data_in : "D"; }
    pin(G) { direction : input; } pin(D) { direction : input; }
    pin(Q) { direction : output; function : "IQ"; } }
  cell (TRI) { area : 9; pin(A) { direction : input; } pin(E) { direction : input; }
    pin(Y) { direction : output; function : "A"; three_state : "E'"; } }
  cell (BANK) { area : 9; ff_bank (IQ, IQN, 2) { clocked_on : "C"; next_state : "D"; } }
}
)lib";

std::string message_of(const std::string& text) {
    try {
        parse_liberty(text, "bad.lib");
    } catch (const base::Error& e) {
        return e.what();
    }
    return "no error";
}

std::string in_library(const std::string& body) { return "library(l) {\n" + body + "\n}\n"; }

TEST_CASE("a Liberty file is read", "[liberty]") {
    const Library library = parse_liberty(library_text, "small.lib");
    CHECK(library.name == "small");
    CHECK_FALSE(library.delays);
    REQUIRE(library.cells.size() == 8);
    const LibertyCell& aoi = library.cells.at("AOI");
    CHECK(aoi.area == 3.25);
    CHECK(aoi.line == 7);
    REQUIRE(aoi.pins.size() == 4);
    CHECK(aoi.pins[3].name == "Y");
    CHECK(aoi.pins[3].direction == LibertyPin::Direction::output);
    CHECK(aoi.pins[3].function == "(A B +  C)'");
    REQUIRE(library.cells.at("FFN").ff);
    CHECK(library.cells.at("FFN").ff->clocked_on == "!CK");
    CHECK(library.cells.at("HOLD").latch);
    CHECK(driving_buffer(library) == "MID");
}

TEST_CASE("Liberty expressions keep their precedence", "[liberty]") {
    const std::set<std::string> pins = {"A", "B", "C", "D"};
    const auto v = [&](const std::string& e) { return verilog_expression(e, pins, "cell X"); };
    CHECK(v("A+B C") == "(A | (B & C))");
    CHECK(v("A*B^C|D") == "((A & (B ^ C)) | D)");
    CHECK(v("!A'B") == "(~(~A) & B)");
    CHECK(v("(A B)'(C)") == "(~(A & B) & C)");
    CHECK(v("(!(A B)+1)") == "(~(A & B) | 1'b1)");
    CHECK(v("!A !B") == "(~A & ~B)");
    for (const std::string bad : {"", "A+", "(A", "A)", "A$B", "E", "*A"})
        CHECK_THROWS_WITH(v(bad), StartsWith("cell X: function"));
    CHECK_THROWS_WITH(v(std::string(5000, '(')), Contains("nested too deeply"));
}

TEST_CASE("bad Liberty files are named with their line", "[liberty]") {
    CHECK_THAT(message_of(""), StartsWith("bad.lib:1: error: "));
    CHECK_THAT(message_of("module m; endmodule"),
               StartsWith("bad.lib:1: error: expected ':' or '('"));
    CHECK_THAT(message_of("library(l) {\n  cell(A) {\n"),
               StartsWith("bad.lib:2: error: the file ends"));
    CHECK_THAT(message_of("library(l) {\n /* x"), StartsWith("bad.lib:2: error: comment"));
    CHECK_THAT(message_of("library(l) { a : \"x\n"), Contains("string without an end"));
    CHECK_THAT(message_of(in_library("")), Contains("without cells"));
    CHECK_THAT(message_of(in_library("cell(A) {}")),
               StartsWith("bad.lib:2: error: cell A has no area"));
    for (const char* area : {"x", "-1", "nan", "1e999", "1 2"})
        CHECK_THAT(message_of(in_library(fmt::format("cell(A) {{ area : {}; }}", area))),
                   Contains("is no number of at least 0"));
    CHECK_THAT(message_of(in_library("cell(A) { area : 1; }\ncell(A) { area : 1; }")),
               StartsWith("bad.lib:3: error: cell A is there twice"));
    CHECK_THAT(message_of(in_library("cell(A) { area : 1; pin(P) { } }")),
               Contains("direction ''"));
    CHECK_THAT(message_of(in_library("cell(A) { area : 1; ff(Q, QN) { } }")),
               Contains("ff without next_state"));
    std::string deep = "library(l) {";
    for (int i = 0; i < 100000; ++i) deep += "g(x) {";
    CHECK_THAT(message_of(deep), Contains("nested too deeply"));
    CHECK_THAT(message_of("\x7f"
                          "ELF\x01"),
               Contains("not the text of a Liberty file"));
}

TEST_CASE("cell models: what is written and what is refused", "[liberty]") {
    const Library library = parse_liberty(library_text, "small.lib");
    CHECK_THAT(cell_models(library, {"AOI"}), Contains("assign Y = ~((A & B) | C);"));
    const std::string ff = cell_models(library, {"FFN"});
    CHECK_THAT(ff, Contains("always @(negedge CK)"));
    CHECK_THAT(ff, Contains("state__ <= ((D & E) | (IQX & ~E));"));
    CHECK_THAT(ff, !Contains("module AOI"));
    CHECK_THROWS_WITH(cell_models(library, {"HOLD"}), Contains("cell HOLD: a latch"));
    CHECK_THROWS_WITH(cell_models(library, {"TRI"}), Contains("tri-state"));
    CHECK_THROWS_WITH(cell_models(library, {"BANK"}), Contains("ff_bank group"));
    CHECK_THROWS_WITH(cell_models(library, {"NONE"}), Contains("there is no cell NONE"));
}

/// Flips one pin of `FF` at a time and compares q with the levels' meaning; `winner` of clear (0)
/// and preset (1) wins while both are active.
std::string bench(int winner) {
    return fmt::format(R"(module tb;
  reg c = 0, d = 0, r = 1, s = 1, want = 0;
  wire q, qn;
  integer i, pin, bad = 0, ones = 0;
  reg [31:0] x = 32'd2463534242;
  FF dut(.C(c), .D(d), .R(r), .S(s), .Q(q), .QN(qn));
  initial begin
    #1 r = 0;
    #1 want = 0;
    for (i = 0; i < 4000; i = i + 1) begin
      x = x ^ (x << 13);
      x = x ^ (x >> 17);
      x = x ^ (x << 5);
      pin = x[9:8];
      if (pin == 0) c = ~c;
      if (pin == 1) d = ~d;
      if (pin == 2) r = ~r;
      if (pin == 3) s = ~s;
      if (!r && !s) want = {};
      else if (!r) want = 0;
      else if (!s) want = 1;
      else if (pin == 0 && c) want = d;
      #1;
      if (q !== want || qn !== ~want) bad = bad + 1;
      if (q) ones = ones + 1;
    end
    $display("bad %0d ones %0d", bad, ones > 1000 && ones < 3000);
    $finish;
  end
endmodule
)",
                       winner);
}

TEST_CASE("the clock gate of a library: its smallest with a test pin, one without, or none",
          "[liberty]") {
    const auto cell = [](const std::string& name, const std::string& kind, int area, bool test) {
        return fmt::format(
            "cell({}) {{ area : {}; clock_gating_integrated_cell : {}; statetable(\"C E\", \"I\") {{ "
            "table : \"x\"; }} pin(I) {{ direction : internal; }} "
            "pin(C) {{ direction : input; clock_gate_clock_pin : true; }} "
            "pin(E) {{ direction : input; clock_gate_enable_pin : true; }} {} "
            "pin(Z) {{ direction : output; clock_gate_out_pin : true; }} }}\n",
            name, area, kind,
            test ? "pin(T) { direction : input; clock_gate_test_pin : true; }" : "");
    };
    const std::string plain = cell("PLAIN", "latch_posedge", 1, false);
    const std::string big = cell("BIG", "latch_posedge_precontrol", 9, true);
    const std::string tested = cell("TESTED", "latch_posedge_precontrol", 5, true);
    const std::string falling = cell("FALLING", "latch_negedge", 1, false);
    const auto library = [](const std::string& cells) {
        return parse_liberty("library(l) {\n" + cells + "}\n", "l.lib");
    };
    const Library all = library(plain + big + tested + falling);
    CHECK_THAT(clock_gate_module(all),
               Contains("TESTED u_cell (.C(clk_i), .E(en_i), .T(test_en_i), .Z(clk_o));"));
    CHECK_THAT(clock_gate_module(library(plain)),
               Contains("PLAIN u_cell (.C(clk_i), .E(en_i | test_en_i), .Z(clk_o));"));
    CHECK_THAT(clock_gate_module(library(falling)), Contains("@(negedge clk_i)"));
    const std::string models = cell_models(all, {"TESTED", "PLAIN"});
    CHECK_THAT(models, Contains("module TESTED(input C, input E, input T, output Z);"));
    CHECK_THAT(models, Contains("if (!C) state__ = E | T;"));
    CHECK_THAT(models, Contains("if (!C) state__ = E;"));
    CHECK_THROWS_WITH(cell_models(all, {"FALLING"}),
                      Contains("no model for a cell with statetable"));
}

TEST_CASE("a flip-flop with clear and preset follows their levels", "[liberty][simulation]") {
    const std::string cell = R"(library(l) { cell(FF) { area : 1;
      ff(IQ, IQN) { clocked_on : "C"; next_state : "D"; clear : "!R"; preset : "S'"; clear_preset_var1 : @; }
      pin(C) { direction : input; } pin(D) { direction : input; } pin(R) { direction : input; }
      pin(S) { direction : input; } pin(Q) { direction : output; function : "IQ"; }
      pin(QN) { direction : output; function : "IQN"; } } })";
    for (const char both : {'L', 'H'}) {
        std::string text = cell;
        text[text.find('@')] = both;
        const ScratchFolder folder("cimrtl-test");
        const std::string models = cell_models(parse_liberty(text, "ff.lib"), {"FF"});
        write_file((folder.path() / "ff.v").string(), models);
        write_file((folder.path() / "tb.v").string(), bench(both == 'H' ? 1 : 0));
        if (find_program("iverilog")) {
            const auto built =
                run_process({{"iverilog", "-o", "tb", "tb.v", "ff.v"}, folder.path(), {}});
            INFO(built.output);
            REQUIRE(built.exit_code == 0);
            CHECK(run_process({{"vvp", "tb"}, folder.path(), {}}).output == "bad 0 ones 1\n");
        } else {
            WARN("iverilog is not installed: not simulated there");
        }
        if (find_program("verilator")) {
            const auto built =
                run_process({{"verilator", "--binary", "--timing", "-MAKEFLAGS",
                              "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0", "-Wno-STMTDLY",
                              "-Wno-WIDTH", "--top-module", "tb", "tb.v", "ff.v"},
                             folder.path(),
                             {}});
            INFO(built.output);
            REQUIRE(built.exit_code == 0);
            const auto ran = run_process({{(folder.path() / "obj_dir/Vtb").string()}, {}, {}});
            CHECK_THAT(ran.output, StartsWith("bad 0 ones 1\n"));
        } else {
            test_environment::skip("verilator is not installed: not simulated there");
        }
    }
}

}  // namespace
