// SPDX-License-Identifier: Apache-2.0
/// compare --model: rows are what `net` gives for each config.
#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

const std::string source = CIMRTL_SOURCE_DIR;
const std::string models = source + "/tests/data/models/";

/// A number of a JSON text behind a key.
double number(const std::string& json, const std::string& key, std::size_t from = 0) {
    const std::size_t at = json.find("\"" + key + "\":", from);
    REQUIRE(at != json.npos);
    return std::stod(json.substr(at + key.size() + 3));
}

}  // namespace

TEST_CASE("compare: accuracy on a network, ideal and noisy", "[cli]") {
    const Desk desk;
    const std::string config = source + "/generator/configs/zebra_64x16.yaml";
    const Words data = {"--data", models + "fashion_images.npy", "--labels",
                        models + "fashion_labels.npy"};
    Words words = {
        "compare", config + ",analog.noise=40",   config, "--no-rtl", "--no-synth", "--chips", "2",
        "--model", models + "fashion_float.onnx", "-o",   "out"};
    words.insert(words.end(), data.begin(), data.end());
    check_passed(desk.run(words));
    const std::string table = slurp(desk.at("out/report.json"));
    Words net = {"net", models + "fashion_float.onnx", config, "--json", "ideal.json"};
    net.insert(net.end(), data.begin(), data.end());
    check_passed(desk.run(net));
    net[4] = "noisy.json";
    net.insert(net.end(), {"-P", "analog.noise=40", "--chips", "2"});
    check_passed(desk.run(net));
    const std::string ideal = slurp(desk.at("ideal.json")), noisy = slurp(desk.at("noisy.json"));
    CHECK(number(table, "accuracy") ==
          Approx(100 * number(ideal, "share", ideal.find("\"macro\""))));
    CHECK(number(table, "accuracy_noisy") == Approx(100 * number(noisy, "mean")));
    CHECK(number(table, "accuracy_worst") == Approx(100 * number(noisy, "worst")));
    CHECK(number(table, "accuracy_noisy") < number(table, "accuracy"));
    CHECK(number(table, "conversions") == number(ideal, "conversions", ideal.find("\"total\"")));

    words[1] = config + ",adc.colour=1";
    check_failed(desk.run(words), {"adc.colour"});
    words[1] = config;
    words.back() = "x.npy";
    check_failed(desk.run(words), {"x.npy", "expected (64,)"});
}
