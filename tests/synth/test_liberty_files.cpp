// SPDX-License-Identifier: Apache-2.0
// Libraries as they come: compressed, marked, in several files, unlike what Yosys expects.
//
// What can go wrong: a file that is read as something it is not (each kind of file has its
// message), files that do not belong together, and a mended library that means something else than
// the given one. The last is decided by Yosys itself: registers that reset to 0 and to 1 are mapped
// to cells that store the inverse of their input, and the netlist is compared with the RTL in
// simulation. It fails on the library as it is given (seen with Yosys 0.23 and 0.52: clear and
// preset change places).
#include <fmt/format.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "skip.hpp"
#include "synth/liberty.hpp"

namespace {

using namespace base;
using namespace synth;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

const std::string inverter =
    "cell(INV) { area : 2; pin(A) { direction : input; } pin(Y) { direction : output; function : \"!A\"; } }";
const std::string nand =
    "cell(ND) { area : 4; pin(A) { direction : input; } pin(B) { direction : input; } "
    "pin(Y) { direction : output; function : \"A' + B'\"; } }";

std::string library(const std::string& name, const std::string& body) {
    return "library(" + name + ") {\n  time_unit : \"1ns\";\n" + body + "\n}\n";
}

std::string gzipped(const std::string& text) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(text.size() + 1000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

struct Folder {
    ScratchFolder scratch{"cimrtl-test"};
    std::string put(const std::string& name, const std::string& bytes) const {
        const std::string path = (scratch.path() / name).string();
        write_file(path, bytes);
        return path;
    }
};

TEST_CASE("Liberty: gzip, UTF-8's mark and odd names are taken", "[liberty]") {
    const Folder folder;
    const std::string text = library("l", inverter + nand);
    for (const auto& [name, bytes] : std::map<std::string, std::string>{
             {"a b.lib", text},
             {"quote\"'$;.lib", text},
             {"mark.lib", "\xef\xbb\xbf" + text},
             {"packed.lib", gzipped(text)},
             {"both.lib.gz", gzipped("\xef\xbb\xbf" + text)},
             {"two members.gz", gzipped(text.substr(0, 40)) + gzipped(text.substr(40))}}) {
        INFO(name);
        const Library l = read_liberty({folder.put(name, bytes)});
        CHECK(l.cells.size() == 2);
        CHECK(l.gate == 4);
    }
}

TEST_CASE("Liberty: what cannot be read is named", "[liberty]") {
    const Folder folder;
    const std::string text = library("l", inverter);
    const std::string packed = gzipped(text);
    const auto refuses = [&](const std::string& path, const std::string& message) {
        INFO(message);
        CHECK_THROWS_WITH(read_liberty({path}), Contains(path) && Contains(message));
    };
    refuses((folder.scratch.path() / "none.lib").string(), "there is no such file");
    refuses(folder.scratch.path().string(), "is a folder");
    refuses(folder.put("cut.lib.gz", packed.substr(0, packed.size() - 12)), "cut off");
    refuses(folder.put("head.lib.gz", packed.substr(0, 5)), "cut off");
    std::string damaged = packed;
    for (std::size_t i = 20; i < 40; ++i) damaged[i] = '\x55';
    refuses(folder.put("bad.lib.gz", damaged), "damaged gzip");
    refuses(folder.put("a.lib.xz",
                       "\xfd"
                       "7zXZ" +
                           std::string(1, '\0')),
            "compressed with xz");
    refuses(folder.put("a.zip", "PK\x03\x04..."), "compressed with zip");
    refuses(folder.put("empty.lib", ""), "the file ends");
    refuses(folder.put("v.lib", "module m; endmodule\n"), "expected ':' or '('");
}

TEST_CASE("Liberty: several files become one library", "[liberty]") {
    const Folder folder;
    const std::string first =
        folder.put("1.lib", library("one", "lu_table_template(t) { a : 1; }" + inverter));
    const std::string second =
        folder.put("2.lib", library("two", "lu_table_template(t) { a : 1 ; } " + nand));
    const Library both = read_liberty({first, second});
    CHECK(both.name == "one + two");
    CHECK(both.cells.size() == 2);
    CHECK(both.gate == 4);
    const Library again = parse_liberty(both.mended, "mended");
    CHECK(again.cells.size() == 2);
    CHECK(again.mended.find("lu_table_template") == again.mended.rfind("lu_table_template"));
    // The same file twice counts once, by its contents.
    CHECK(read_liberty({first, folder.put("copy.lib.gz",
                                          gzipped(library("one", "lu_table_template(t) { a : 1; }" +
                                                                     inverter)))})
              .cells.size() == 1);

    const auto refuses = [&](const std::string& other, const std::string& message) {
        CHECK_THROWS_WITH(read_liberty({first, folder.put("3.lib", other)}),
                          Contains("3.lib") && Contains(message));
    };
    refuses(library("three", inverter), "cell INV is in " + first);
    refuses("library(l) { time_unit : \"1ps\"; " + nand + " }", "time_unit is 1ps, but 1ns in");
    refuses(library("l", "lu_table_template(t) { a : 2; }" + nand),
            "lu_table_template(t) is another one");
}

TEST_CASE("Liberty: a gate equivalent is the smallest NAND2, by function", "[liberty]") {
    const std::string other =
        "cell(NR) { area : 1; pin(A) { direction : input; } pin(B) { direction : input; } "
        "pin(Y) { direction : output; function : \"!(A + B)\"; } }\n"
        "cell(BIG) { area : 9; pin(A) { direction : input; } pin(B) { direction : input; } "
        "pin(Y) { direction : output; function : \"(A B)'\"; } }\n";
    CHECK(parse_liberty(library("l", nand + other), "l").gate == 4);
    CHECK_FALSE(parse_liberty(library("l", inverter), "l").gate);
    const Library& gates = gate_equivalents();
    CHECK(gates.gate == 1);
    CHECK(gates.areas_are_gates);
    CHECK(gates.cells.at("DFF").ff);
    CHECK(driving_buffer(gates) == "BUF");
}

TEST_CASE("Liberty: what Yosys stumbles over is mended", "[liberty]") {
    const Library l = parse_liberty(
        library(
            "l",
            "cell(F) { area : 9; ff(IQ, IQN) { clocked_on : CK; next_state : D; clear : !RN; }\n"
            "  pin(CK) { direction : input; internal_power() { values(\"1\"); } } pin(D) { direction : input; }\n"
            "  pin(RN) { direction : input } pin(Q) { direction : output; function : IQ; } }"),
        "l");
    CHECK_THAT(l.mended, Contains("clear : \"!RN\";") && Contains("clocked_on : CK;") &&
                             !Contains("internal_power"));
    CHECK(parse_liberty(l.mended, "l").cells.at("F").ff->clear == "!RN");
}

/// A register that resets to 0, one that resets to 1 and one without; everything random but the
/// clock.
const char* design_text = R"sv(
module dut (input clk, input rst_n, input d, output reg q0, output reg q1, output reg q);
  always @(posedge clk or negedge rst_n) if (!rst_n) q0 <= 0; else q0 <= d;
  always @(posedge clk or negedge rst_n) if (!rst_n) q1 <= 1; else q1 <= d;
  always @(posedge clk) q <= d;
endmodule
)sv";
const char* bench_text = R"sv(
module tb;
  reg clk = 0, rst_n = 1, d = 0;
  wire q0, q1, q;
  reg w0, w1, w;
  integer i, bad = 0, ones = 0;
  reg [31:0] x = 32'd2463534242;
  dut u (.clk(clk), .rst_n(rst_n), .d(d), .q0(q0), .q1(q1), .q(q));
  initial begin
    for (i = 0; i < 2000; i = i + 1) begin
      x = x ^ (x << 13); x = x ^ (x >> 17); x = x ^ (x << 5);
      d = x[9]; rst_n = i < 2 ? 0 : x[13:12] != 0;
      #1 clk = 1; w = d; w0 = rst_n & d; w1 = !rst_n | d;
      #1 if (q0 !== w0 || q1 !== w1 || q !== w) bad = bad + 1;
      if (q0) ones = ones + 1;
      rst_n = x[15:14] != 0;
      if (!rst_n) begin w0 = 0; w1 = 1; end
      #1 if (q0 !== w0 || q1 !== w1) bad = bad + 1;
      clk = 0; #1;
    end
    $display("bad %0d ones %0d", bad, ones > 100);
    $finish;
  end
endmodule
)sv";

TEST_CASE("Liberty: flip-flops that store the inverse of their input", "[liberty][simulation]") {
    if (!test_environment::have("yosys") || !test_environment::have("verilator")) return;
    // As in ASAP7: the cell with resets stores !D, its clear is what sets the output behind the
    // inverter.
    const std::string inverting =
        "cell(BUF) { area : 3; pin(A) { direction : input; } pin(Y) { direction : output; function : \"A\"; } }\n"
        "cell(FN) { area : 8; ff(IQN, IQNN) { clocked_on : \"CK\"; next_state : \"!D\"; }\n"
        "  pin(CK) { direction : input; } pin(D) { direction : input; }\n"
        "  pin(QN) { direction : output; function : \"IQN\"; } }\n"
        "cell(FSRN) { area : 12; ff(IQN, IQNN) { clocked_on : \"CK\"; next_state : \"!D\"; clear : \"!SETN\";\n"
        "    preset : \"!RESETN\"; clear_preset_var1 : L; clear_preset_var2 : L; }\n"
        "  pin(CK) { direction : input; } pin(D) { direction : input; } pin(SETN) { direction : input; }\n"
        "  pin(RESETN) { direction : input; } pin(QN) { direction : output; function : \"IQN\"; } }\n";
    const Folder folder;
    const Library l = parse_liberty(library("l", inverter + nand + inverting), "l");
    folder.put("dut.v", design_text);
    folder.put("tb.v", bench_text);
    folder.put("cells.lib", l.mended);
    folder.put("cells.v", cell_models(l, {"INV", "FN", "FSRN"}));
    const std::filesystem::path here = folder.scratch.path();
    const auto mapped =
        run_process({{"yosys", "-q", "-p",
                      "read_verilog dut.v; synth -top dut; dfflibmap -liberty cells.lib; "
                      "abc -liberty cells.lib; write_verilog -noattr net.v"},
                     here,
                     {}});
    INFO(mapped.output);
    REQUIRE(mapped.exit_code == 0);
    const auto built = run_process({{"verilator", "--binary", "--timing", "-MAKEFLAGS",
                                     "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0", "-Wno-fatal",
                                     "--top-module", "tb", "tb.v", "net.v", "cells.v"},
                                    here,
                                    {}});
    INFO(built.output);
    REQUIRE(built.exit_code == 0);
    CHECK_THAT(run_process({{(here / "obj_dir/Vtb").string()}, {}, {}}).output,
               StartsWith("bad 0 ones 1\n"));
}

}  // namespace
