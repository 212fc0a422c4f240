// SPDX-License-Identifier: Apache-2.0
// Rationale: the program leans on Verilator and Yosys, which a machine may lack: the message has to
// name the Debian package, and what needs neither has to work. With them, the whole way is walked
// once each: area.json holds what docs/spec/contract.md lists and its blocks sum to the whole; a
// real layer's floats become integers that run on golden and RTL and come back close to the float
// product.
#include <nlohmann/json.hpp>

#include "base/scratch_folder.hpp"
#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// A PATH with links to all but one of what PATH leads to.
class PathWithout {
  public:
    explicit PathWithout(const std::string& missing) {
        for (const char* name : {"verilator", "yosys", "yosys-abc", "g++", "c++", "make", "perl",
                                 "python3", "sh", "bash", "ar", "ld", "as", "cp", "rm", "echo"}) {
            const auto program = find_program(name);
            if (program && name != missing) fs::create_symlink(*program, folder_.path() / name);
        }
    }
    std::string value() const { return folder_.path().string(); }

  private:
    ScratchFolder folder_{"cimrtl-path"};
};

/// Rows [0, rows) of a committed float tensor.
Tensor<double> head(const std::string& name, std::size_t rows) {
    Tensor<double> t = read_npy_float(CIMRTL_SOURCE_DIR "/tests/data/fashion_conv/" + name);
    t.shape[0] = std::min(rows, t.shape[0]);
    t.data.resize(t.shape[0] * t.shape[1]);
    return t;
}

}  // namespace

TEST_CASE("tools: without Verilator, Yosys, g++ or make the message names the package", "[cli]") {
    const Desk desk;
    // A cache without builds, so that the tools are needed.
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    const Words rtl = {"run", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy"};
    for (const std::string missing : {"verilator", "g++", "make"}) {
        if (!find_program("verilator") && missing != "verilator") continue;
        const PathWithout path(missing);
        const Variable variable("PATH", path.value());
        check_failed(desk.run({"sim", "mini.yaml"}),
                     {missing + " not found", "package `" + missing + "`"});
        check_failed(desk.run(rtl), {"package `" + missing + "`"});
        check_passed(desk.golden());
        check_passed(desk.run({"gen", "mini.yaml"}));
    }
    const PathWithout path("yosys");
    const Variable variable("PATH", path.value());
    check_failed(desk.run({"synth", "mini.yaml"}), {"yosys not found", "package `yosys`"});
    check_failed(desk.run({"synth", "mini.yaml", "-o", "area"}), {"yosys not found"});
    CHECK(!fs::exists(desk.at("area")));
    CHECK(!fs::exists(desk.at("cache")));
}

TEST_CASE("tools: synth's area.json, blocks sum to the whole", "[cli]") {
    if (!have("yosys")) return;
    const Desk desk;
    const ProcessResult r = desk.run({"synth", "mini.yaml", "-o", "area"});
    check_passed(r);
    const auto area = nlohmann::json::parse(slurp(desk.at("area/area.json")), nullptr, false);
    REQUIRE(area.is_object());
    CHECK(area["config"] == "mini");
    CHECK(area["tool_versions"].is_object());
    CHECK(area["area_um2"].is_null());
    CHECK(area["array_cells"] == 4 * 2 * 2 * 2);  // rows, outputs, planes, banks
    CHECK(area["physical_columns"] == 4);
    CHECK(area["adcs"] == 2);
    std::int64_t cells = 0, flops = 0;
    std::set<std::string> names;
    for (const auto& block : area["blocks"]) {
        CHECK(block["instances"].get<std::int64_t>() >= 1);
        CHECK(block["area_um2"].is_null());
        cells += block["cells"].get<std::int64_t>();
        flops += block["flops"].get<std::int64_t>();
        names.insert(block["name"]);
    }
    CHECK(cells == area["cells"]);
    CHECK(flops == area["flops"]);
    CHECK(flops > 0);
    CHECK(names.count("cim_accumulator") == 1);
    CHECK(names.size() == area["blocks"].size());
    CHECK(names.count("mini_array") == 0);  // excluded, not zero
    CHECK_THAT(slurp(desk.at("area/area.md")), Contains("Excluded") && Contains("cim_accumulator"));
    CHECK_THAT(slurp(desk.at("area/area.csv")),
               StartsWith("block,instances,cells,flops,area_ge,area_um2\n"));
    check_failed(desk.run({"synth", "mini.yaml", "--liberty", "absent.lib"}), {"absent.lib"});
    check_failed(desk.run({"synth", "mini.yaml", "--liberty", "mini.yaml"}), {"mini.yaml"});
    check_failed(desk.run({"synth", "mini.yaml", "--liberty", "absent.lib", "-o", "other"}),
                 {"absent.lib"});
    CHECK_FALSE(fs::exists(desk.at("other")));
}

TEST_CASE("tools: a layer of a trained network from floats through RTL and back", "[cli]") {
    if (!have("verilator")) return;
    const Desk desk;
    desk.put("layer.yaml",
             "name: layer\nscheme: conventional\narray: {rows: 9, outputs: 8, banks: 1}\n"
             "adc: {latency: 1}\naccumulator: {bias: true}\n"
             "input: {bits: 6}\nweight: {bits: 6}\n");
    const Tensor<double> x = head("conv1_inputs.npy", 12), w = head("conv1_weights.npy", 9);
    write_npy(desk.at("xf.npy"), x);
    write_npy(desk.at("wf.npy"), w);
    check_passed(desk.run(
        {"quantize", "layer.yaml", "--weights", "wf.npy", "--inputs", "xf.npy", "-o", "q"}));
    check_passed(desk.run({"run", "layer.yaml", "--weights", "q/weights.npy", "--inputs",
                           "q/inputs.npy", "--bias", "q/bias.npy", "--output", "y.npy"}));
    const auto scales = nlohmann::json::parse(slurp(desk.at("q/scales.json")));
    CHECK(scales["input_zero_point"] > 0);  // the layer has negative inputs, the scheme has none
    const auto y = read_npy_int(desk.at("y.npy"));
    REQUIRE(y.shape == std::vector<std::size_t>{12, 16});
    double signal = 0, noise = 0;
    for (std::size_t v = 0; v < 12; ++v) {
        for (std::size_t m = 0; m < 16; ++m) {
            double want = 0;
            for (std::size_t k = 0; k < 9; ++k) want += x.data[v * 9 + k] * w.data[k * 16 + m];
            const double got = double(y.data[v * 16 + m]) * scales["output_scale"][0].get<double>();
            signal += want * want;
            noise += (want - got) * (want - got);
        }
    }
    CHECK(signal > 300 * noise);  // 6 bits each: about 30 dB
}

TEST_CASE("tools: run and sim leave nothing behind but what was asked for", "[cli]") {
    if (!have("verilator")) return;
    const Desk desk;
    check_passed(desk.run(
        {"run", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy", "--engine", "rtl"}));
    const ProcessResult sim =
        desk.run({"sim", "mini.yaml", "--vectors", "3", "--seed", "18446744073709551615"});
    check_passed(sim);
    CHECK_THAT(sim.output, Contains("seed 18446744073709551615") && !Contains("\r"));
    CHECK(desk.names() == std::set<std::string>{"mini.yaml", "w.npy", "x.npy"});
}
