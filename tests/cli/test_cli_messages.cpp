// SPDX-License-Identifier: Apache-2.0
// Rationale: mistakes that were told late, one at a time, or in a tool's words.
#include "cli_bench.hpp"

using namespace cli_bench;

TEST_CASE("messages: net without config or data is a wrong command line", "[cli]") {
    const Desk desk;
    const auto refused = [&](const Words& words, const std::string& part) {
        const ProcessResult r = desk.run(words);
        INFO(r.output);
        CHECK(r.exit_code == 2);
        CHECK_THAT(r.output, Contains(part));
    };
    refused({"net", "m.onnx"}, "CONFIG and --data is required");
    refused({"net", "m.onnx", "mini.yaml"}, "--data is required");
    refused({"net", "m.onnx", "--data", "x.npy"}, "CONFIG is required");
}

TEST_CASE("messages: net names all files that are wrong", "[cli]") {
    const Desk desk;
    desk.put("bad.npy", "no array");
    check_failed(desk.run({"net", "nofile.onnx", "absent.yaml", "--data", "bad.npy", "--labels",
                           "none.npy"}),
                 {"nofile.onnx", "absent.yaml", "bad.npy", "none.npy"});
}

TEST_CASE("messages: a file that a netlist lacks is named", "[cli]") {
    if (!have("yosys")) return;
    const Desk desk;
    check_passed(desk.run({"synth", "mini.yaml", "-o", "area"}));
    const Words sim = {"sim", "mini.yaml", "--netlist", "area"};
    fs::rename(desk.at("area/cell_models.v"), desk.at("models"));
    check_failed(desk.run(sim), {"area/cell_models.v: error: --netlist: found No such file"});
    fs::rename(desk.at("models"), desk.at("area/cell_models.v"));
    desk.put("area/netlist.v", "");
    const ProcessResult empty = desk.run(sim);
    check_failed(empty, {"area/netlist.v: error: --netlist: found an empty file"});
    CHECK_THAT(empty.output, !Contains("erilator"));
}
