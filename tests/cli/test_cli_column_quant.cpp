// SPDX-License-Identifier: Apache-2.0
// Rationale: column_quant's operands have three axes and a granularity that ties some of them
// together; each way in which a file does not fit has to end in exit 1 with file, index and value.
// The product of a hand-made case is checked once, and what quantize writes has to go straight into
// run.
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// column.yaml, array.yaml, layer.yaml: 4 rows, 2 outputs, planes of w+ and w-; x.npy (3, 6),
/// w.npy (6, 3): 2 tiles; alpha.npy and scale.npy (2, 2, 3) of ones, center.npy (2, 2) of zeros.
struct ColumnDesk : Desk {
    ColumnDesk() {
        for (const std::string g : {"column", "array", "layer"}) {
            put(g + ".yaml", "name: " + g +
                                 "\nscheme: column_quant\narray: {rows: 4, outputs: 2}\n"
                                 "adc: {bits: 8}\ninput: {bits: 2}\nweight: {bits: 2}\n"
                                 "column_quant: {cell_bits: 2, alpha_frac: 0, granularity: " +
                                 g + "}\n");
        }
        put_npy("x.npy", {3, 6}, 4, 0);
        put_npy("w.npy", {6, 3}, 7, -3);
        put_npy("alpha.npy", {2, 2, 3}, 1, 1);
        put_npy("scale.npy", {2, 2, 3}, 1, 1);
        put_npy("center.npy", {2, 2}, 1, 0);
        put_npy("mixed.npy", {2, 2, 3}, 2, 1);
    }
    ProcessResult golden(const std::string& config, const Words& more) const {
        Words words = {"run",      config,  "--engine",  "golden",
                       "--inputs", "x.npy", "--weights", "w.npy"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

}  // namespace

TEST_CASE("run, column_quant: with alpha and scale 1 the plain product", "[cli]") {
    const ColumnDesk desk;
    for (const std::string g : {"column", "array", "layer"}) {
        check_passed(desk.golden(g + ".yaml", {"--alpha", "alpha.npy", "--scale", "scale.npy",
                                               "--center", "center.npy", "--output", "y.npy"}));
        const auto x = read_npy_int(desk.at("x.npy")), w = read_npy_int(desk.at("w.npy"));
        const auto y = read_npy_int(desk.at("y.npy"));
        for (std::size_t v = 0; v < 3; ++v) {
            for (std::size_t m = 0; m < 3; ++m) {
                std::int64_t sum = 0;
                for (std::size_t k = 0; k < 6; ++k) sum += x.data[v * 6 + k] * w.data[k * 3 + m];
                CHECK(y.data[v * 3 + m] == sum);
            }
        }
    }
}

TEST_CASE("run, column_quant: operands that are missing, misshapen, out of range or not alike",
          "[cli]") {
    const ColumnDesk desk;
    desk.put_npy("flat.npy", {2, 2}, 1, 1);
    desk.put_npy("great.npy", {2, 2, 3}, 1, 65536);
    desk.put_npy("wide.npy", {2, 2, 3}, 1, 256);
    desk.put_npy("low.npy", {2, 2}, 1, -129);
    desk.put_npy("tilted.npy", {2, 2}, 2, 0);
    check_failed(desk.golden("column.yaml", {"--scale", "scale.npy"}),
                 {"--alpha", "missing", "(T, planes, M)", "scheme column_quant needs"});
    const ProcessResult none = desk.golden("layer.yaml", {});
    check_failed(none, {"--alpha: missing", "error: --scale: missing"});
    CHECK_THAT(none.output, !Contains("granularity") && !Contains("center"));
    check_failed(desk.golden("column.yaml", {"--alpha", "alpha.npy"}), {"--scale", "missing"});
    const auto with = [&](const std::string& config, const std::string& alpha,
                          const std::string& scale, const std::string& center) {
        return desk.golden(config, {"--alpha", alpha, "--scale", scale, "--center", center});
    };
    check_failed(with("column.yaml", "flat.npy", "scale.npy", "center.npy"),
                 {"flat.npy", "(2, 2)", "(2, 2, 3)"});
    check_failed(with("column.yaml", "great.npy", "scale.npy", "center.npy"),
                 {"great.npy", "[0, 0, 0]", "65536", "0 to 65535"});
    check_failed(with("column.yaml", "alpha.npy", "wide.npy", "center.npy"),
                 {"wide.npy", "256", "0 to 255"});
    check_failed(with("column.yaml", "alpha.npy", "scale.npy", "low.npy"),
                 {"low.npy", "-129", "-128 to 127"});
    check_passed(with("column.yaml", "mixed.npy", "mixed.npy", "tilted.npy"));
    check_failed(with("array.yaml", "mixed.npy", "scale.npy", "center.npy"),
                 {"mixed.npy", "[0, 0, 1]", "found 2", "expected 1", "granularity: array"});
    check_passed(with("array.yaml", "alpha.npy", "scale.npy", "tilted.npy"));
    check_failed(with("layer.yaml", "alpha.npy", "scale.npy", "tilted.npy"),
                 {"tilted.npy", "granularity: layer"});
    check_failed(desk.run({"run", "mini.yaml", "--engine", "golden", "--inputs", "x.npy",
                           "--weights", "w.npy", "--alpha", "alpha.npy"}),
                 {"--alpha", "not taken by scheme conventional"});
}

TEST_CASE("quantize, column_quant: its files go into run", "[cli]") {
    const ColumnDesk desk;
    Tensor<double> x{{9, 6}, {}}, w{{6, 3}, {}};
    for (int i = 0; i < 54; ++i) x.data.push_back((i * 37 % 11) / 10.0);
    for (int i = 0; i < 18; ++i) w.data.push_back((i * 29 % 13 - 6) / 20.0);
    write_npy(desk.at("xf.npy"), x);
    write_npy(desk.at("wf.npy"), w);
    const auto r = desk.run({"quantize", "column.yaml", "--weights", "wf.npy", "--inputs", "xf.npy",
                             "-o", "q", "-P", "adc.bits=3", "-P", "column_quant.alpha_frac=12"});
    check_passed(r);
    CHECK_THAT(r.output,
               Contains("alpha.npy, scale.npy, center.npy: results") && !Contains("limit"));
    check_passed(desk.run({"run",      "column.yaml",  "--engine",  "golden",
                           "-P",       "adc.bits=3",   "-P",        "column_quant.alpha_frac=12",
                           "--inputs", "q/inputs.npy", "--weights", "q/weights.npy",
                           "--alpha",  "q/alpha.npy",  "--scale",   "q/scale.npy",
                           "--center", "q/center.npy", "--output",  "y.npy"}));
    const auto scales = nlohmann::json::parse(slurp(desk.at("q/scales.json")));
    const double unit = scales.at("output_scale").at(0);
    CHECK(scales.at("partial_sum_sqnr_db") >= scales.at("partial_sum_sqnr_max_abs_db"));
    const auto y = read_npy_int(desk.at("y.npy"));
    double signal = 0, noise = 0;
    for (std::size_t v = 0; v < 9; ++v) {
        for (std::size_t m = 0; m < 3; ++m) {
            double sum = 0;
            for (std::size_t k = 0; k < 6; ++k) sum += x.data[v * 6 + k] * w.data[k * 3 + m];
            signal += sum * sum;
            noise += std::pow(sum - unit * static_cast<double>(y.data[v * 3 + m]), 2);
        }
    }
    CHECK(signal > 20 * noise);
    check_failed(desk.run({"quantize", "mini.yaml", "--weights", "wf.npy", "--inputs", "xf.npy",
                           "-o", "q2", "--one-alpha"}),
                 {"--one-alpha", "not taken by scheme conventional"});
}

TEST_CASE("quantize, column_quant: with a zero point the figure is that of the results", "[cli]") {
    const ColumnDesk desk;
    Tensor<double> x{{40, 6}, {}}, w{{6, 3}, {}};
    for (int i = 0; i < 240; ++i) x.data.push_back((i * 37 % 11 - 5) / 10.0);
    for (int i = 0; i < 18; ++i) w.data.push_back((i * 29 % 13 - 6) / 20.0);
    write_npy(desk.at("xf.npy"), x);
    write_npy(desk.at("wf.npy"), w);
    const Words keys = {"-P", "accumulator.bias=true", "-P", "column_quant.alpha_frac=24"};
    const auto with = [&](Words words) {
        words.insert(words.end(), keys.begin(), keys.end());
        const auto r = desk.run(words);
        check_passed(r);
        return r.output;
    };
    // 24 fractional bits: a code step of less than 1/256 is out of reach.
    CHECK_THAT(with({"quantize", "column.yaml", "--weights", "wf.npy", "--inputs", "xf.npy", "-o",
                     "q", "-q"}),
               Contains("stand at their limit, 65535") && Contains("alpha_frac"));
    with({"run", "column.yaml", "--engine", "golden", "--inputs", "q/inputs.npy", "--weights",
          "q/weights.npy", "--bias", "q/bias.npy", "--alpha", "q/alpha.npy", "--scale",
          "q/scale.npy", "--center", "q/center.npy", "--output", "y.npy"});
    const auto scales = nlohmann::json::parse(slurp(desk.at("q/scales.json")));
    const auto qx = read_npy_int(desk.at("q/inputs.npy")),
               qw = read_npy_int(desk.at("q/weights.npy"));
    const auto y = read_npy_int(desk.at("y.npy"));
    double signal = 0, noise = 0;
    for (std::size_t v = 0; v < 40; ++v) {
        for (std::size_t m = 0; m < 3; ++m) {
            double sum = 0;
            for (std::size_t k = 0; k < 6; ++k) {
                sum += (double(qx.data[v * 6 + k]) - scales["input_zero_point"].get<double>()) *
                       double(qw.data[k * 3 + m]);
            }
            sum *= scales["input_scale"].get<double>() * scales["weight_scale"][0].get<double>();
            const double found =
                double(y.data[v * 3 + m]) * scales["output_scale"][0].get<double>();
            signal += sum * sum;
            noise += (sum - found) * (sum - found);
        }
    }
    const double result = scales["result_sqnr_db"];
    CHECK(result == Approx(10 * std::log10(signal / noise)));
    CHECK(result < scales["partial_sum_sqnr_db"].get<double>());  // which flatters
}
