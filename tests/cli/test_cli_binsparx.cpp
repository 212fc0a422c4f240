// SPDX-License-Identifier: Apache-2.0
// Rationale: binary tensors are +1 and -1, and thresholds go with one config key. Each way in which
// they do not fit has to end in exit 1 with file, index and value; the right product, thresholded
// by hand, is checked once. quantize has a closed form here: the sign, and the mean magnitude.
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// plain.yaml and bits.yaml (with thresholds), x.npy (4, 7), w.npy (7, 3), th.npy (3,).
struct BinaryDesk : Desk {
    BinaryDesk() {
        const std::string shape = "scheme: binsparx\narray: {rows: 4, outputs: 2}\n";
        put("plain.yaml", "name: plain\n" + shape);
        put("bits.yaml", "name: bits\n" + shape + "binsparx: {threshold: true}\n");
        put_signs("x.npy", {4, 7}, 3);
        put_signs("w.npy", {7, 3}, 5);
        put_npy("th.npy", {3}, 3, -1);
    }
    void put_signs(const std::string& name, const std::vector<std::size_t>& shape,
                   std::size_t factor) const {
        Tensor<std::int64_t> t{shape, {}};
        for (std::size_t i = 0; i < shape[0] * shape[1]; ++i) {
            t.data.push_back((i + 1) * factor * 2654435761U >> 13 & 1 ? 1 : -1);
        }
        write_npy(at(name), t);
    }
    ProcessResult golden(const std::string& config, const Words& more = {},
                         const std::string& x = "x.npy", const std::string& w = "w.npy") const {
        Words words = {"run", config, "--engine", "golden", "--inputs", x, "--weights", w};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

}  // namespace

TEST_CASE("run, binsparx: the product, and its thresholds", "[cli]") {
    const BinaryDesk desk;
    check_passed(desk.golden("plain.yaml", {"--output", "y.npy"}));
    check_passed(desk.golden("bits.yaml", {"--output", "b.npy", "--threshold", "th.npy"}));
    const auto x = read_npy_int(desk.at("x.npy")), w = read_npy_int(desk.at("w.npy"));
    const auto y = read_npy_int(desk.at("y.npy")), b = read_npy_int(desk.at("b.npy"));
    const auto th = read_npy_int(desk.at("th.npy"));
    std::set<std::int64_t> seen;
    for (std::size_t v = 0; v < 4; ++v) {
        for (std::size_t m = 0; m < 3; ++m) {
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < 7; ++k) sum += x.data[v * 7 + k] * w.data[k * 3 + m];
            CHECK(y.data[v * 3 + m] == sum);
            CHECK(b.data[v * 3 + m] == (sum >= th.data[m] ? 1 : 0));
            seen.insert(b.data[v * 3 + m]);
        }
    }
    CHECK(seen.size() == 2);
}

TEST_CASE("run, binsparx: thresholds that are missing, not taken, or wrong", "[cli]") {
    const BinaryDesk desk;
    desk.put_npy("two.npy", {2}, 3, 0);
    desk.put_npy("wide.npy", {3}, 1, 1 << 20);
    check_failed(desk.golden("bits.yaml"),
                 {"--threshold", "missing", "(M,)", "binsparx.threshold: true"});
    check_failed(desk.golden("plain.yaml", {"--threshold", "th.npy"}),
                 {"--threshold", "not taken", "binsparx.threshold: false"});
    check_failed(desk.golden("bits.yaml", {"--threshold", "two.npy"}), {"two.npy", "(2,)", "(3,)"});
    check_failed(desk.golden("bits.yaml", {"--threshold", "wide.npy"}),
                 {"wide.npy", "[0]", "1048576"});
    check_failed(desk.run({"run", "mini.yaml", "--engine", "golden", "--inputs", "x.npy",
                           "--weights", "w.npy", "--threshold", "th.npy"}),
                 {"--threshold", "not taken by scheme conventional"});
}

TEST_CASE("run, binsparx: values between and beyond the signs", "[cli]") {
    const BinaryDesk desk;
    desk.put_npy("zero.npy", {4, 7}, 1, 0);
    desk.put_npy("three.npy", {7, 3}, 1, 3);
    check_failed(desk.golden("plain.yaml", {}, "zero.npy"),
                 {"zero.npy", "[0, 0]", "found 0", "-1 or 1"});
    check_failed(desk.golden("plain.yaml", {}, "x.npy", "three.npy"),
                 {"three.npy", "[0, 0]", "found 3", "-1 or 1"});
}

TEST_CASE("quantize, binsparx: signs, and the mean magnitude", "[cli]") {
    const BinaryDesk desk;
    const std::vector<double> x = {0.5, -1.5, 2, -0.0, 0, 1e-9}, w = {1, -3, -2, 0.25, 0, 8};
    write_npy(desk.at("xf.npy"), Tensor<double>{{2, 3}, x});
    write_npy(desk.at("wf.npy"), Tensor<double>{{3, 2}, w});
    const auto signs = [](const std::vector<double>& values) {
        std::vector<std::int64_t> all;
        for (const double v : values) all.push_back(v >= 0 ? 1 : -1);
        return all;
    };
    check_passed(desk.run({"quantize", "plain.yaml", "--weights", "wf.npy", "--inputs", "xf.npy",
                           "-o", "q", "--per-output"}));
    CHECK(read_npy_int(desk.at("q/inputs.npy")).data == signs(x));
    CHECK(read_npy_int(desk.at("q/weights.npy")).data == signs(w));
    const auto scales = nlohmann::json::parse(slurp(desk.at("q/scales.json")));
    const double input = (0.5 + 1.5 + 2 + 1e-9) / 6;
    CHECK(scales.at("input_scale") == Approx(input));
    CHECK(scales.at("weight_scale")[0] == Approx((1 + 2 + 0) / 3.0));
    CHECK(scales.at("weight_scale")[1] == Approx((3 + 0.25 + 8) / 3));
    // The result counts units of 1, whatever the ADC's step.
    check_passed(desk.run({"quantize", "plain.yaml", "--weights", "wf.npy", "--inputs", "xf.npy",
                           "-o", "q", "-P", "adc.step=4"}));
    const auto coarse = nlohmann::json::parse(slurp(desk.at("q/scales.json")));
    const double weight = (1 + 3 + 2 + 0.25 + 0 + 8) / 6;
    CHECK(coarse.at("output_scale")[0] == Approx(input * weight));
}
