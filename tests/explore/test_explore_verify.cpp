// SPDX-License-Identifier: Apache-2.0
/// What stands behind a point of the front: RTL and netlist that compute what golden does; a broken
/// one is named and fails the command.
#include <algorithm>

#include "explore_bench.hpp"
#include "rtl_bench.hpp"

using namespace explore_bench;

namespace {

ProcessResult explored(const Desk& desk, const Words& more = {}) {
    Words words = {"explore", "s.yaml", "-o", "out", "--hierarchical", "-j", "1"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.run(words);
}

bool have_tools() { return have("yosys") && have_verilator(); }

}  // namespace

TEST_CASE("Points of the front are run as RTL and as netlists; a broken one fails it", "[verify]") {
    if (!have_tools()) return;
    const Desk desk;
    desk.put("s.yaml", whole_study);
    {
        const auto fault = rtl_bench::row_driver_fault();
        const Variable broken("CIMRTL_RTL_OVERRIDE", fault.path());
        check_failed(explored(desk, {"--no-netlist"}),
                     {"error: adc.bits=3: golden and RTL differ", "mismatch"});
        bool told = false;
        for (const Json& p : points(desk)) told = told || p.at("checked") == "RTL ≠";
        CHECK(told);
    }
    check_passed(explored(desk));
    std::size_t on_front = 0;
    for (const Json& p : points(desk)) {
        if (p.at("front") == false) continue;
        ++on_front;
        CHECK(p.at("checked") == "RTL, netlist");
    }
    CHECK(on_front == 2);
}

TEST_CASE("A netlist that computes something else is named", "[verify]") {
    if (!have_tools()) return;
    const Desk desk;
    desk.put("s.yaml", whole_study);
    check_passed(explored(desk, {"--no-rtl", "--no-netlist"}));
    for (const auto& entry : fs::directory_iterator(desk.at("out/synth"))) {
        const fs::path file = entry.path() / "netlist.v";
        std::string text = slurp(file);
        // One AND in the whole becomes an OR: both have pins A, B and Y.
        const auto at = text.find("  AND2 ");
        REQUIRE(at != text.npos);
        std::ofstream(file, std::ios::binary) << text.replace(at, 7, "  OR2 ");
    }
    check_failed(explored(desk, {"--no-rtl"}), {"golden and netlist differ"});
}

TEST_CASE("A network's front is run as RTL, a vector of each layer", "[verify]") {
    if (!have_verilator()) return;
    const Desk desk;
    const std::string models = std::string(CIMRTL_SOURCE_DIR) + "/tests/data/models/";
    desk.put("s.yaml",
             "base:\n"
             "  scheme: zebra\n"
             "  array: {rows: 64, outputs: 4, banks: 16, precharge: 1, settle: 1}\n"
             "  accumulator: {max_tiles: 64}\n"
             "groups:\n"
             "- {synth: false, axes: {adc.bits: [6, 8]}, set: {adc.step: fit}}\n"
             "explore:\n"
             "  objectives: {accuracy: max, conversion_steps: min}\n");
    const Words network = {"--model",  models + "fashion_float.onnx",
                           "--data",   models + "fashion_images.npy",
                           "--labels", models + "fashion_labels.npy"};
    {
        const auto fault = rtl_bench::row_driver_fault();
        const Variable broken("CIMRTL_RTL_OVERRIDE", fault.path());
        check_failed(explored(desk, network), {"RTL"});
    }
    check_passed(explored(desk, network));
    std::size_t on_front = 0;
    for (const Json& p : points(desk)) {
        if (p.at("front") == true) CHECK(p.at("checked") == "RTL");
        on_front += p.at("front") == true;
    }
    CHECK(on_front >= 1);
}

TEST_CASE("Columns without the option that measures them are refused", "[verify]") {
    if (!have("yosys")) return;
    const Desk desk;
    desk.put("s.yaml", timed_study("100"));
    check_failed(desk.run(timed_words),
                 {"explore: found objective max_mhz; expected --liberty and --sta beside it",
                  "found objective area_um2; expected --liberty beside it",
                  "found constraint worst_ns; expected --liberty and --sta beside it"});
}
