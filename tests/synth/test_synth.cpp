// SPDX-License-Identifier: Apache-2.0
// Area reports and netlists of `synth`.
//
// What can go wrong: the sum over the hierarchy (instances of instances, parameterizations of one
// module, the black box), the kinds of flip-flops, the areas, and the netlist itself. One small
// design has all of them: a module used twice with one parameter and once with another, inside a
// module that is used twice itself; registers with no, asynchronous and synchronous reset; a
// black box. Flip-flops are counted by hand, areas from the counts and a table beside the design.
// The summing is seen to be checked by breaking it.
#include <fmt/format.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "synth/synth.hpp"
#include "synth_bench.hpp"

namespace {

using namespace synth_bench;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

std::map<std::string, BlockArea> by_name(const AreaReport& report) {
    std::map<std::string, BlockArea> blocks;
    for (const BlockArea& b : report.blocks) blocks[b.name] = b;
    return blocks;
}

void check_hand_counts(const AreaReport& report) {
    auto blocks = by_name(report);
    REQUIRE(blocks.size() == 3);
    CHECK(blocks["ts_reg"].instances == 6);
    CHECK(blocks["ts_lane"].instances == 2);
    CHECK(blocks["ts"].instances == 1);
    CHECK(blocks["ts_reg"].flops == 2 * (3 + 3 + 5));
    CHECK(blocks["ts_reg"].async_reset == 22);
    CHECK(blocks["ts_lane"].flops == 2 * 8);
    CHECK(blocks["ts_lane"].sync_reset == 16);
    CHECK(blocks["ts"].flops == 2);
    CHECK(blocks["ts"].no_reset == 2);
    CHECK(report.flops == 40);
    CHECK(report.excluded == std::map<std::string, long>{{"ts_array", 1}});
    long cells = 0, counted = 0;
    for (const BlockArea& b : report.blocks) cells += b.cells;
    for (const auto& [type, count] : report.cell_counts) counted += count;
    CHECK(cells == report.cells);
    CHECK(counted == report.cells);
}

TEST_CASE("without a library: gate equivalents, and blocks sum to the whole", "[synth]") {
    if (!have("yosys")) return;
    const Bench bench(false);
    const AreaReport report = synthesize(bench.job);
    check_hand_counts(report);
    CHECK_FALSE(report.area_um2);
    double area = 0;
    for (const auto& [type, count] : report.cell_counts)
        area += gate_equivalents().cells.at(type).area * static_cast<double>(count);
    CHECK(report.area_ge.value() == Approx(area).epsilon(1e-12));
    // ts_reg resets to 0 and to 1, the other registers do not.
    CHECK(report.cell_counts.at("DFFR") + report.cell_counts.at("DFFS") == 22);
    CHECK(report.cell_counts.at("DFF") == 18);
    const auto json = nlohmann::json::parse(bench.out("area.json"));
    CHECK(json["library"] == "cimrtl_gates");
    CHECK(json["area_ge"].get<double>() == Approx(area).epsilon(1e-6));
    double sum = 0;
    for (const auto& block : json["blocks"]) sum += block["area_ge"].get<double>();
    CHECK(sum == Approx(area).epsilon(1e-6));
    CHECK_THAT(bench.out("area.md"), Contains("kGE") && !Contains("µm²"));
    CHECK(json["config"] == "ts config");
    CHECK(json["area_um2"].is_null());
    CHECK(json["blocks"][0]["area_um2"].is_null());
    CHECK(json["tool_versions"]["cimrtl"] == "9.9");
    CHECK_THAT(json["tool_versions"]["yosys"].get<std::string>(), StartsWith("Yosys"));
}

TEST_CASE("mapped synthesis: areas and reports", "[synth]") {
    if (!have("yosys")) return;
    const Bench bench(true);
    const AreaReport report = synthesize(bench.job);
    check_hand_counts(report);
    double area = 0;
    for (const auto& [type, count] : report.cell_counts)
        area += areas.at(type) * static_cast<double>(count);
    CHECK(report.area_um2.value() == Approx(area).epsilon(1e-12));
    CHECK(report.area_ge.value() == Approx(area / areas.at("NAND")).epsilon(1e-12));
    CHECK(report.cell_counts.at("DFFSR") == 22);
    CHECK(report.cell_counts.at("DFF") == 18);

    const auto json = nlohmann::json::parse(bench.out("area.json"));
    long cells = 0, flops = 0;
    double sum = 0;
    for (const auto& block : json["blocks"]) {
        cells += block["cells"].get<long>();
        flops += block["flops"].get<long>();
        sum += block["area_um2"].get<double>();
    }
    CHECK(cells == json["cells"]);
    CHECK(flops == json["flops"]);
    CHECK(sum == Approx(json["area_um2"].get<double>()).epsilon(1e-6));  // 0.52: six digits
    CHECK(json["array_cells"] == 96);
    CHECK(json["physical_columns"] == 6);
    CHECK(json["adcs"] == 2);
    CHECK_THAT(bench.out("area.csv"),
               StartsWith("block,instances,cells,flops,area_ge,area_um2\n") &&
                   Contains("\nts_array,1,excluded,"));
    CHECK_THAT(bench.out("area.md"), Contains("`ts_array`") && Contains("Excluded"));
    CHECK_THAT(bench.out("resets.csv"), Contains("\nts_reg,6,22,0,0\n") &&
                                            Contains("\nts_lane,2,0,16,0\n") &&
                                            Contains("\ntotal,,22,16,2\n"));
}

TEST_CASE("with the hierarchy kept", "[synth]") {
    if (!have("yosys")) return;
    Bench bench(true);
    bench.job.mapping.hierarchical = true;
    const AreaReport report = synthesize(bench.job);
    check_hand_counts(report);
    CHECK_FALSE(report.flattened);
    CHECK(nlohmann::json::parse(bench.out("area.json"))["hierarchy"] == "kept");
}

TEST_CASE("a flattened whole is shared out", "[synth]") {
    // By hand: 10 flip-flops of 18 and 12 other cells of 4, of which 3 quarters of the gates before
    // mapping (3 NAND of 4 in all) are the lane's. Odd cells go to the largest remainder.
    const auto module = [](std::map<std::string, long> cells, double area) {
        return ModuleStat{std::move(cells), area};
    };
    const Bench bench(true);
    SynthJob job = bench.job;
    job.black_boxes = {"ts_array"};
    FlatStat stat;
    stat.tree.modules = {{"ts", module({{"lane", 2}, {"ts_array", 1}}, 0)},
                         {"lane", module({}, 0)}};
    stat.whole.modules = {{"ts", module({{"DFF", 10}, {"NAND", 13}, {"ts_array", 1}}, 232)}};
    stat.gates = {{"ts", module({{"$_NAND_", 1}, {"$_DFF_P_", 4}}, 0)},
                  {"lane", module({{"$_NAND_", 3}, {"$_SDFF_PN0_", 6}}, 0)}};
    stat.named = {{"ts", module({{"DFF", 4}}, 0)}, {"lane", module({{"DFF", 6}}, 0)}};
    const AreaReport report = attribute(job, stat, *bench.library);
    auto blocks = by_name(report);
    CHECK((blocks["lane"].instances == 2 && blocks["lane"].flops == 6));
    CHECK((blocks["lane"].cells == 6 + 10 && blocks["ts"].cells == 4 + 3));
    CHECK(blocks["lane"].area_um2.value() == Approx(6 * 18 + 0.75 * 52));
    CHECK(blocks["ts"].area_um2.value() == Approx(4 * 18 + 0.25 * 52));
    CHECK((blocks["lane"].sync_reset == 6 && blocks["ts"].no_reset == 4));

    FlatStat broken = stat;
    broken.named["lane"].cells["DFF"] = 5;
    CHECK_THROWS_WITH(attribute(job, broken, *bench.library),
                      Contains("the blocks have 9 flip-flops, the whole has 10"));
    broken = stat;
    broken.whole.modules["ts"].area = 231;
    CHECK_THROWS_WITH(attribute(job, broken, *bench.library), Contains("yosys finds 231"));
    broken = stat;
    broken.whole.modules["ts"].cells["strange"] = 1;
    CHECK_THROWS_WITH(attribute(job, broken, *bench.library), Contains("strange is no module"));
    broken = stat;
    broken.tree.modules["ts_array"] = {};
    CHECK_THROWS_WITH(attribute(job, broken, *bench.library), Contains("ts_array is no black box"));
}

TEST_CASE("adders and shifters count for the block that they are in", "[synth]") {
    // Yosys makes their gates from files of its own. Two ways to the same blocks: shared out after
    // flattening, and mapped each by itself.
    if (!have("yosys")) return;
    Bench bench(false);
    std::map<std::string, double> shared, kept;
    for (auto* areas : {&shared, &kept}) {
        bench.job.mapping.hierarchical = areas == &kept;
        synthesize(bench.job);
        const auto json = nlohmann::json::parse(bench.out("area.json"));
        for (const auto& block : json["blocks"])
            (*areas)[block["name"].get<std::string>()] = block["area_ge"].get<double>();
    }
    REQUIRE(shared.size() == 3);
    for (const std::string name : {"ts_reg", "ts_lane"}) {
        INFO(name << ": shared " << shared[name] << ", kept " << kept[name]);
        CHECK(shared[name] == Approx(kept[name]).epsilon(0.1));
    }
}

TEST_CASE("only the logic is flattened, and nothing else is left", "[synth]") {
    if (!have("yosys")) return;
    const std::string wrapper =
        "\nmodule tw (input logic clk_i, input logic rst_ni, input logic [9:0] x_i,\n"
        "  output logic [31:0] y_o, output logic [3:0] z_o);\n"
        "  ts u_ts (.clk_i, .rst_ni, .x_i, .y_o, .z_o);\nendmodule\n";
    Bench bench(true, std::string(design_text) + wrapper);
    bench.job.top = "tw";
    bench.job.logic = "ts";
    bench.job.black_boxes = {"ts_array"};
    const AreaReport report = synthesize(bench.job);
    auto blocks = by_name(report);
    CHECK((report.flops == 40 && blocks["ts_reg"].flops == 22 && blocks["tw"].cells == 0));
    const std::string netlist = bench.out("netlist.v");
    for (const char* module : {"ts_lane", "ts_reg"})
        CHECK_THAT(netlist, !Contains(std::string("module ") + module));
    CHECK_THAT(netlist, Contains("module tw(") && Contains("module ts("));
}

TEST_CASE("a run that fails leaves nothing of the run before beside its log", "[synth]") {
    if (!have("yosys")) return;
    Bench bench(true, design_text);
    synthesize(bench.job);
    const std::filesystem::path out = bench.job.out_dir;
    REQUIRE(std::filesystem::exists(out / "netlist.v"));
    bench.job.top = "no_such_module";
    CHECK_THROWS_WITH(synthesize(bench.job), Contains("yosys failed"));
    for (const char* name : {"netlist.v", "area.json", "area.md", "cell_models.v", "resets.csv"})
        CHECK_FALSE(std::filesystem::exists(out / name));
    CHECK(std::filesystem::exists(out / "yosys.log"));
}

TEST_CASE("files of the user's in the folder are not taken for a run's", "[synth]") {
    if (!have("yosys")) return;
    const Bench bench(true);
    const std::filesystem::path mine = bench.job.out_dir / "netlist.v";
    std::filesystem::create_directories(bench.job.out_dir);
    std::ofstream(mine) << "mine\n";
    CHECK_THROWS_WITH(synthesize(bench.job), Contains(mine.string()) && Contains("no synth.ys"));
    CHECK(bench.out("netlist.v") == "mine\n");
}

TEST_CASE("paths by block", "[synth]") {
    const std::string report =
        "Warning: netlist.v, line 7 module ts_array not found.\nunit 1e-12\n"
        "Startpoint   Endpoint   Slack\n-----\n\n"
        "reg_1/Q (DFF) reg_2/D (DFF)   12.5\nreg_1/Q (DFF) reg\\[3\\]/D (DFF)   -40\n"
        "reg_2/Q (DFF) reg_1/D (DFF)   100\n";
    const std::map<std::string, std::string> blocks{
        {"reg_1", "ts"}, {"reg_2", "lane"}, {"reg[3]", "lane"}};
    const Timing timing = parse_timing(report, 2000, blocks);
    CHECK(timing.slack == Approx(-0.04));
    CHECK(timing.delay == Approx(2.04));
    CHECK(timing.mhz() == Approx(1000 / 2.04));
    CHECK((timing.from_block == "ts" && timing.to_block == "lane"));
    REQUIRE(timing.blocks.size() == 2);
    CHECK((timing.blocks[0].name == "lane" && timing.blocks[0].from == "ts"));
    CHECK(timing.blocks[0].delay == Approx(2.04));
    CHECK((timing.blocks[1].name == "ts" && timing.blocks[1].from == "lane"));
    CHECK(timing.blocks[1].delay == Approx(1.9));
    CHECK_THROWS_WITH(parse_timing("unit 1e-9\n", 2000, blocks), Contains("no path"));
}

TEST_CASE("what --sta needs", "[synth]") {
    if (!have("yosys")) return;
    Bench bench(true);
    bench.job.mapping.sta = true;
    CHECK_THROWS_WITH(synthesize(bench.job), Contains("tiny, which has no delays"));
    CHECK_FALSE(fs::exists(bench.job.out_dir / "area.json"));
}

TEST_CASE("folders and files of any name", "[synth]") {
    if (!have("yosys")) return;
    // Yosys takes no path with a quote, abc none with a blank, and TMPDIR reaches both.
    const Bench bench(true);
    const fs::path odd = bench.folder.path() / "a b'\"$c;d";
    fs::create_directory(odd);
    SynthJob job = bench.job;
    for (std::string& file : job.sv_files) {
        fs::copy_file(file, odd / fs::path(file).filename());
        file = (odd / fs::path(file).filename()).string();
    }
    job.out_dir = odd / "out";
    const char* before = getenv("TMPDIR");
    const std::string tmp = before != nullptr ? before : "/tmp";
    setenv("TMPDIR", odd.c_str(), 1);
    CHECK(synthesize(job).flops == 40);
    setenv("TMPDIR", tmp.c_str(), 1);
    CHECK(fs::exists(job.out_dir / "netlist.v"));
}

TEST_CASE("the same input gives the same reports", "[synth]") {
    if (!have("yosys")) return;
    const Bench bench(true);
    std::map<std::string, std::string> first;
    for (int run = 0; run < 2; ++run) {
        synthesize(bench.job);
        for (const char* name : {"area.json", "area.csv", "area.md", "resets.csv", "netlist.v",
                                 "cell_models.v", "synth.ys"}) {
            CHECK_FALSE(bench.out(name).empty());
            if (run == 0) first[name] = bench.out(name);
            CHECK(bench.out(name) == first[name]);
        }
    }
}

TEST_CASE("a sum that leaves something out is noticed", "[synth]") {
    const std::string text =
        "\n=== $paramod$0f\\m ===\n\n   Number of cells:                  3\n"
        "     $_DFF_P_                        2\n     $_AND_                          1\n\n"
        "=== $paramod\\m\\W=32'1 ===\n\n   Number of cells:                  1\n"
        "     $_DFF_PN0_                      1\n\n"
        "=== t ===\n\n   Number of wires:  7\n   Number of cells:                  4\n"
        "     $paramod$0f\\m      2\n     $paramod\\m\\W=32'1      1\n     t_array      1\n\n"
        "=== design hierarchy ===\n\n   t      1\n     $paramod$0f\\m      2\n\n"
        "   Number of cells:                  8\n     $_AND_      2\n";
    SynthJob job;
    job.top = "t";
    job.black_boxes = {"t_array"};
    const DesignStat stat = parse_stat(text);
    REQUIRE(stat.modules.size() == 3);
    const AreaReport report = roll_up(job, stat, stat, nullptr);
    CHECK(report.cells == 7);
    CHECK(report.flops == 5);
    const BlockArea m = by_name(report)["m"];
    CHECK((m.instances == 3 && m.cells == 7 && m.no_reset == 4 && m.async_reset == 1));

    DesignStat broken = stat;
    broken.modules["$paramod\\m\\W=32'1"].cells.clear();
    CHECK_THROWS_WITH(roll_up(job, broken, broken, nullptr), Contains("yosys counts 8"));
    broken = stat;
    broken.modules["t"].cells["$paramod$0f\\m"] = 1;
    CHECK_THROWS_WITH(roll_up(job, broken, broken, nullptr), Contains("yosys counts 8"));
    broken = stat;
    broken.modules["t"].cells["strange"] = 1;
    CHECK_THROWS_WITH(roll_up(job, broken, broken, nullptr), Contains("strange is no module"));
    job.black_boxes = {"t_array", "other"};
    CHECK_THROWS_WITH(roll_up(job, stat, stat, nullptr), Contains("other is no black box"));
}

TEST_CASE("block names", "[synth]") {
    CHECK(block_name("cim_top") == "cim_top");
    CHECK(block_name("$paramod$02145db08df7de71\\ts_reg") == "ts_reg");
    CHECK(block_name("$paramod\\ts_reg\\Width=32'00000101") == "ts_reg");
}

TEST_CASE("what synth refuses", "[synth]") {
    if (!have("yosys")) return;
    SECTION("a latch") {
        const Bench bench(false,
                          "module ts(input logic clk_i, input logic a, output logic [3:0] q);\n"
                          "ts_array u(.clk_i, .x_i({2{a}}), .code_o(q[3:0]));\n"
                          "ts_leaf m(.a);\nendmodule\n");
        CHECK_THROWS_WITH(synthesize(bench.job), Contains("yosys failed on ts config") &&
                                                     Contains("yosys.log") && Contains("ts_leaf"));
        CHECK_FALSE(fs::exists(bench.job.out_dir / "area.json"));
        bench.put(
            "ts.sv",
            "module ts(input logic clk_i, input logic a, input logic b, output logic [3:0] q);\n"
            "logic l; always @* if (a) l = b;\n"
            "ts_array u(.clk_i, .x_i({2{l}}), .code_o(q));\nendmodule\n");
        CHECK_THROWS_WITH(synthesize(bench.job), Contains("latches were inferred") &&
                                                     Contains("ts: 1 $_DLATCH_P_") &&
                                                     Contains("ts.\\l"));
    }
    SECTION("an implicit wire") {
        const Bench bench(false,
                          "module ts(input logic clk_i, output logic [3:0] q);\n"
                          "ts_array u(.clk_i, .x_i(nothing), .code_o(q));\nendmodule\n");
        CHECK_THROWS_WITH(synthesize(bench.job), Contains("implicitly declared"));
    }
    SECTION("an array that is no black box") {
        const Bench bench(false);
        bench.put("stub.sv", array);
        CHECK_THROWS_WITH(synthesize(bench.job), Contains("ts_array is no black box"));
    }
    SECTION("a library without a flip-flop") {
        const Bench bench(true);
        const std::string text = liberty;
        const Library gates_only =
            parse_liberty(text.substr(0, text.find("  cell(DFF)")) + "}\n", "tiny.lib");
        SynthJob job = bench.job;
        job.library = &gates_only;
        CHECK_THROWS_AS(synthesize(job), base::Error);
        CHECK_FALSE(fs::exists(bench.job.out_dir / "area.json"));
    }
}

TEST_CASE("a missing yosys is named with its package", "[synth]") {
    const Bench bench(false);
    const std::string path = getenv("PATH") != nullptr ? getenv("PATH") : "";
    setenv("PATH", bench.folder.path().c_str(), 1);
    CHECK_THROWS_WITH(synthesize(bench.job),
                      "yosys not found in PATH; install the Debian package `yosys`");
    setenv("PATH", path.c_str(), 1);
}

}  // namespace
