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

TEST_CASE("The front is run as RTL and as netlists; a broken one is named", "[verify]") {
    if (!have_tools()) return;
    const Desk desk;
    desk.put("s.yaml", whole_study);
    {
        const auto fault = rtl_bench::row_driver_fault();
        const Variable broken("CIMRTL_RTL_OVERRIDE", fault.path());
        check_failed(explored(desk, {"--no-netlist"}),
                     {"error: adc.bits=3: golden and RTL differ", "mismatch"});
        CHECK(points(desk).at(0).at("checked") == "RTL ≠");
    }
    check_passed(explored(desk));
    const Json all = points(desk);
    REQUIRE(all.size() == 2);
    for (const Json& p : all)
        CHECK(p.at("checked") == (p.at("front") == true ? "RTL, netlist" : "golden only"));
    CHECK(all.at(0).at("front") != all.at(1).at("front"));

    fs::remove_all(desk.at("out/rows"));
    for (const auto& entry : fs::directory_iterator(desk.at("out/synth"))) {
        fs::remove(entry.path() / "netlist_equal");
        const fs::path file = entry.path() / "netlist.v";
        std::string text = slurp(file);
        // One AND in the whole becomes an OR: both have pins A, B and Y.
        const auto at = text.find("  AND2 ");
        REQUIRE(at != text.npos);
        std::ofstream(file, std::ios::binary) << text.replace(at, 7, "  OR2 ");
    }
    check_failed(explored(desk, {"--no-rtl"}), {"adc.bits=3: golden and netlist differ"});
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
             "- {synth: false, axes: {adc.bits: [6]}, set: {adc.step: 2}}\n"
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
    REQUIRE(points(desk).size() == 1);
    CHECK(points(desk).at(0).at("checked") == "RTL");
}
