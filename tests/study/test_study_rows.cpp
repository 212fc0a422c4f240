// SPDX-License-Identifier: Apache-2.0
/// Rows against what the other commands say of the same config: `run` of conversions and cycles,
/// the exact product of the error, `synth` of cells. Small macros: what a row joins is the same for
/// any.
#include "rtl_bench.hpp"
#include "skip.hpp"
#include "study_bench.hpp"

using namespace study_bench;

TEST_CASE("A row has the figures of run and of synth, and both engines behind it", "[rows]") {
    if (!test_environment::have("yosys") || !test_environment::have("verilator")) return;
    const Desk desk;
    const Json row = rows_of(desk, Words{"mini.yaml", "-o", "out"} + layer).at(0);
    check_passed(desk.run(
        {"run", "mini.yaml", "--inputs", "x.npy", "--weights", "w.npy", "--stats", "stats.json"}));
    const Json stats = Json::parse(slurp(desk.at("stats.json")));
    CHECK(row.at("conversions") == stats.at("conversions"));
    CHECK(row.at("cycles") == stats.at("cycles"));
    CHECK(row.at("sqnr_db") == "exact");
    CHECK(row.at("golden_and_rtl") == "equal");
    CHECK(row.at("golden_and_netlist") == "equal");
    check_passed(desk.run({"synth", "mini.yaml", "-o", "area"}));
    const Json area = Json::parse(slurp(desk.at("area/area.json")));
    CHECK(row.at("area").at("cells") == area.at("cells"));
    CHECK(row.at("area").at("flops") == area.at("flops"));
    CHECK(row.at("area").at("blocks").size() == area.at("blocks").size());
    CHECK_THAT(slurp(desk.at("out/report.md")), Contains("| RTL, netlist |"));
}

TEST_CASE("A faulty RTL is a row that differs, an error, and not kept", "[rows]") {
    if (!test_environment::have("verilator")) return;
    const Desk desk;
    const auto fault = rtl_bench::row_driver_fault();
    {
        const Variable folder("CIMRTL_RTL_OVERRIDE", fault.path());
        const auto r = desk.run(Words{"compare", "mini.yaml", "--no-synth", "-o", "out"} + layer);
        check_failed(r, {"RTL ≠", "mini: golden and RTL differ", "first differing conversion"});
    }
    CHECK(desk.names("out").count("rows") == 0);
    const Json row = rows_of(desk, Words{"mini.yaml", "--no-synth", "-o", "out"} + layer).at(0);
    CHECK(row.at("golden_and_rtl") == "equal");
}

TEST_CASE("A netlist that computes something else is found", "[rows]") {
    if (!test_environment::have("yosys") || !test_environment::have("verilator")) return;
    const Desk desk;
    const Words words = Words{"mini.yaml", "--no-rtl", "-o", "out"} + layer;
    rows_of(desk, words + Words{"--no-netlist"});
    for (const auto& entry : fs::recursive_directory_iterator(desk.path() / "out")) {
        if (entry.path().filename() != "netlist.v") continue;
        std::string text = slurp(entry.path());
        for (auto at = text.find(" & "); at != text.npos; at = text.find(" & ", at))
            text.replace(at, 3, " | ");
        for (auto at = text.find("NAND"); at != text.npos; at = text.find("NAND", at))
            text.replace(at, 4, "NOR_");
        std::ofstream(entry.path()) << text;
    }
    const auto r = desk.run(Words{"compare"} + words);
    INFO(r.output);
    CHECK(r.exit_code == 1);
}

TEST_CASE("Float tensors: the error is of the float product, less with more bits", "[rows]") {
    const Desk desk;
    Tensor<double> w{{6, 3}, {}}, x{{5, 6}, {}};
    for (int i = 0; i < 18; ++i) w.data.push_back(std::sin(i));
    for (int i = 0; i < 30; ++i) x.data.push_back(1 + std::cos(3 * i));
    write_npy(desk.at("wf.npy"), w);
    write_npy(desk.at("xf.npy"), x);
    const Json rows = rows_of(desk, Words{"mini.yaml", "mini.yaml,input.bits=6,weight.bits=6",
                                          "--weights", "wf.npy", "--inputs", "xf.npy"} +
                                        quick);
    const double few = rows.at(0).at("sqnr_db"), many = rows.at(1).at("sqnr_db");
    CHECK(few > 3);
    CHECK(many > few + 12);
}

TEST_CASE("-P for all configs, values of a config's own; the own count", "[rows]") {
    const Desk desk;
    const Json rows =
        rows_of(desk, Words{"mini.yaml", "mini.yaml,adc.bits=2,adc.step=3/2", "-P", "adc.bits=3"} +
                          layer + quick);
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).at("adc_bits") == 3);
    CHECK(rows.at(1).at("adc_bits") == 2);
    CHECK(rows.at(1).at("adc_step") == Json({3, 2}));
    CHECK(rows.at(1).at("label") == "mini, adc.bits=2, adc.step=3/2");
    SECTION("a value with commas") {
        desk.put(
            "z.yaml",
            "name: z\nscheme: zebra\narray: {rows: 4, outputs: 2}\naccumulator: {max_tiles: 3}\n");
        const Json zebra =
            rows_of(desk, Words{"z.yaml,zebra.pattern={base: [3, 2, 1, 0], ratio: 4},adc.bits=9"} +
                              layer + quick);
        CHECK(zebra.at(0).at("adc_bits") == 9);
    }
}

TEST_CASE("Everything that is wrong is said at once, before any work", "[rows]") {
    const Desk desk;
    desk.put("bad.yaml", mini_config + "  kind: 3\n");
    const auto r = desk.run(Words{"compare", "bad.yaml", "mini.yaml,adc.bits=99",
                                  "mini.yaml,accumulator.max_tiles=1", "none.yaml", "-o", "out"} +
                            layer);
    check_failed(
        r, {"bad.yaml:15:3: error: weight.kind", "mini.yaml,adc.bits=99: error: adc.bits: found 99",
            "mini.yaml: error: K = 6 features on 4 rows are 2 tiles", "none.yaml: error"});
    CHECK(!fs::exists(desk.at("out")));
}

TEST_CASE("Integers outside a scheme's range are an error that names the value", "[rows]") {
    const Desk desk;
    desk.put_npy("x.npy", {5, 6}, 9, 0);
    check_failed(desk.run(Words{"compare", "mini.yaml"} + layer + quick),
                 {"x.npy", "found 8", "0 to 7"});
    CHECK(rows_of(desk, Words{"mini.yaml", "--quantize"} + layer + quick).size() == 1);
}
