// SPDX-License-Identifier: Apache-2.0
// quantize from file to file, on the layers of the project's own network and on bad input.
//
// What quantize_layer() computes has its own test; here: the files and what they say, that errors
// name the file, and that a failure leaves the folder as it was.
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"
#include "quantize/quantize.hpp"
#include "quantize_bench.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace quantize;
using namespace npy_bench;

generator::Config conventional(bool bias) {
    generator::Config c = quantize_bench::placed({}, 8);
    c.accumulator.bias = bias;
    c.adc.step = {5, 2};
    c.section = generator::conventional::Section{8, false, 8};
    return c;
}

generator::Config option1() {
    generator::Config c = quantize_bench::placed({}, 4);
    c.section = generator::zebra::Section{"option1", {0, 1, 2, 3}, 4};
    return c;
}

std::string layer(const std::string& name) {
    return std::string(CIMRTL_SOURCE_DIR) + "/tests/data/fashion_conv/" + name + ".npy";
}

/// The float product against the integers' product in real units, dB.
double product_sqnr(const std::string& name, const Quantized& q) {
    const Tensor<double> w = read_npy_float(layer(name + "_weights"));
    const Tensor<double> x = read_npy_float(layer(name + "_inputs"));
    const std::size_t outputs = w.shape[1], features = w.shape[0];
    std::vector<double> reference, estimate;
    for (std::size_t v = 0; v < x.shape[0]; ++v) {
        for (std::size_t o = 0; o < outputs; ++o) {
            double real = 0, sum = 0;
            for (std::size_t k = 0; k < features; ++k) {
                const std::size_t xi = v * features + k, wi = k * outputs + o;
                real += x.data[xi] * w.data[wi];
                sum += double(q.inputs.data[xi] - q.input_zero_point) * double(q.weights.data[wi]);
            }
            reference.push_back(real);
            estimate.push_back(sum * q.input_scale * q.weight_scale[o % q.weight_scale.size()]);
        }
    }
    return sqnr_db(reference, estimate);
}

}  // namespace

TEST_CASE("quantize files: layers of the network", "[quantize]") {
    const Scratch scratch;
    for (const std::string name : {"conv1", "conv2", "conv3", "fc"}) {
        const bool offset = name == "conv1";
        const Quantized q = quantize_files(conventional(true), layer(name + "_weights"),
                                           layer(name + "_inputs"), scratch / "a/b");
        CHECK((q.input_zero_point > 0) == offset);
        CHECK(read_npy_int(scratch / "a/b/weights.npy").data == q.weights.data);
        CHECK(read_npy_int(scratch / "a/b/inputs.npy").shape == q.inputs.shape);
        const Integers bias = read_npy_int(scratch / "a/b/bias.npy");
        CHECK(bias.shape == std::vector<std::size_t>{q.weights.shape[1]});
        CHECK(bias.data == (offset ? q.bias : std::vector<std::int64_t>(bias.shape[0])));
        const Quantized z = quantize_files(option1(), layer(name + "_weights"),
                                           layer(name + "_inputs"), scratch / "z");
        const double conventional_db = product_sqnr(name, q), zebra_db = product_sqnr(name, z);
        INFO(name << ": product " << conventional_db << " dB conventional 8-8, " << zebra_db
                  << " dB zebra option1; weights " << q.weight_sqnr_db << ", " << z.weight_sqnr_db
                  << "; inputs " << q.input_sqnr_db << ", " << z.input_sqnr_db);
        CHECK(conventional_db > 30);
        CHECK(zebra_db > 18);
        CHECK(conventional_db > zebra_db);
    }
}

TEST_CASE("quantize files: scales.json, and bias.npy only where a bias is", "[quantize]") {
    const Scratch scratch;
    write_npy(scratch / "w.npy", Integers{{2, 2}, {100, -128, 127, 0}});
    write_npy(scratch / "x.npy", Tensor<double>{{1, 2}, {-51, 204}});
    const Quantized q = quantize_files(conventional(true), scratch / "w.npy", scratch / "x.npy",
                                       scratch / "out", {.per_output = true});
    const auto json = nlohmann::json::parse(get(scratch / "out/scales.json"));
    CHECK(json.size() == 8);
    CHECK(json["scheme"] == "conventional");
    CHECK(json["input_scale"] == q.input_scale);
    CHECK(json["input_zero_point"] == q.input_zero_point);
    CHECK(json["weight_scale"] == q.weight_scale);
    CHECK(json["output_scale"] == q.output_scale);
    CHECK(json["weight_scale"].size() == 2);
    CHECK(json["adc_step"] == nlohmann::json({5, 2}));
    CHECK(fs::exists(scratch / "out/bias.npy"));
    write_npy(scratch / "x.npy", Tensor<double>{{1, 2}, {0, 0}});
    quantize_files(conventional(false), scratch / "w.npy", scratch / "x.npy", scratch / "out");
    CHECK_FALSE(fs::exists(scratch / "out/bias.npy"));
    CHECK(nlohmann::json::parse(get(scratch / "out/scales.json"))["input_sqnr_db"].is_null());
}

TEST_CASE("quantize files: errors name the file and leave the folder as it was", "[quantize]") {
    const Scratch scratch;
    write_npy(scratch / "w.npy", Tensor<double>{{2, 1}, {1, 2}});
    write_npy(scratch / "x.npy", Tensor<double>{{1, 2}, {1, -2}});
    write_npy(scratch / "flat.npy", Tensor<double>{{2}, {1, 2}});
    write_npy(scratch / "tall.npy", Tensor<double>{{3, 1}, {1, 2, 3}});
    put(scratch / "file", "");
    const auto text = [&](const char* w, const char* x, const char* out) {
        try {
            quantize_files(conventional(false), scratch / w, scratch / x, scratch / out);
        } catch (const base::Error& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    };
    CHECK_THAT(
        text("w.npy", "x.npy", "out"),
        Contains(scratch / "x.npy: error: [0, 1]: found -2") && Contains("accumulator.bias"));
    CHECK_THAT(text("tall.npy", "x.npy", "out"),
               Contains(scratch / "tall.npy: error: found shape"));
    CHECK_THAT(text("w.npy", "flat.npy", "out"),
               Contains(scratch / "flat.npy: error: found shape (2,); expected (V, K)"));
    CHECK_THAT(text("flat.npy", "x.npy", "out"), Contains("flat.npy") && Contains("(K, M)"));
    CHECK_THAT(text("none.npy", "x.npy", "out"), Contains("none.npy") && Contains("No such file"));
    CHECK_FALSE(fs::exists(scratch / "out"));
    write_npy(scratch / "x.npy", Tensor<double>{{1, 2}, {1, 2}});
    CHECK_THAT(text("w.npy", "x.npy", "file"), Contains("cannot be a folder"));
    CHECK_THAT(text("w.npy", "x.npy", "file/below"), Contains("cannot be a folder"));
    fs::create_directories(scratch / "out/scales.json");
    put(scratch / "out/weights.npy", "old");
    CHECK_THAT(text("w.npy", "x.npy", "out"), Contains("scales.json") && Contains("directory"));
    CHECK(get(scratch / "out/weights.npy") == "old");
    CHECK(std::distance(fs::directory_iterator(scratch / "out"), {}) == 2);
    fs::remove_all(scratch / "out");
    {
        // The weights fit, the inputs do not: nothing stays of either.
        write_npy(scratch / "many.npy", Tensor<double>{{1000, 2}, std::vector<double>(2000, 1)});
        const SmallFiles limit;
        CHECK_THAT(text("w.npy", "many.npy", "out/new"),
                   Contains("inputs.npy: error: cannot be written"));
    }
    CHECK_FALSE(fs::exists(scratch / "out"));
    CHECK(text("w.npy", "x.npy", "out/new/") == "no error");
    CHECK(fs::exists(scratch / "out/new/scales.json"));
}

TEST_CASE("quantize files: nothing that run would refuse", "[quantize]") {
    const Scratch scratch;
    generator::Config config = conventional(true);
    config.accumulator.bits = 8;
    write_npy(scratch / "w.npy", Integers{{2, 2}, {100, -128, 127, 0}});
    write_npy(scratch / "x.npy", Tensor<double>{{1, 2}, {-200, 55}});
    // Zero point 40 at scale 5: -40 * (100 + 127) and -40 * -128, in units of the step 5/2.
    CHECK_THROWS_WITH(quantize_files(config, scratch / "w.npy", scratch / "x.npy", scratch / "out"),
                      Contains("accumulator.bits: found 8") && Contains("-3632 at bias [0]") &&
                          Contains("at least 13"));
    CHECK_FALSE(fs::exists(scratch / "out"));
    config.accumulator.bits = 16;
    CHECK(quantize_files(config, scratch / "w.npy", scratch / "x.npy", scratch / "out").bias ==
          std::vector<std::int64_t>{-3632, 2048});
    const auto rows = static_cast<std::size_t>(config.array.rows);
    const std::size_t features = rows * std::size_t(config.accumulator.max_tiles) + 1;
    write_npy(scratch / "tall.npy",
              Integers{{features, 1}, std::vector<std::int64_t>(features, 1)});
    write_npy(scratch / "long.npy",
              Integers{{1, features}, std::vector<std::int64_t>(features, 1)});
    CHECK_THROWS_WITH(
        quantize_files(config, scratch / "tall.npy", scratch / "long.npy", scratch / "new"),
        Contains(scratch / "long.npy") && Contains("accumulator.max_tiles"));
    CHECK_FALSE(fs::exists(scratch / "new"));
}

TEST_CASE("quantize files: one message for every dtype that is neither float nor integer",
          "[quantize]") {
    const Scratch scratch;
    write_npy(scratch / "x.npy", Tensor<double>{{1, 1}, {1}});
    for (const std::string dtype : {"<c8", "|b1", "<f2", "<f16"}) {
        const std::size_t size = std::stoul(dtype.substr(2));
        put(scratch / "w.npy", npy(dict(dtype, "(1, 1)"), std::string(size, '\0')));
        CHECK_THROWS_WITH(
            quantize_files(conventional(true), scratch / "w.npy", scratch / "x.npy", scratch / "q"),
            Contains("w.npy: error: found dtype '" + dtype) &&
                Contains("expected a float dtype of 4 or 8 bytes or an integer dtype of 1, 2, 4 or "
                         "8 bytes"));
    }
    // A real value needs no int64.
    put(scratch / "w.npy", npy(dict("<u8", "(1, 1)"), raw(UINT64_MAX, 8, false)));
    CHECK(quantize_files(conventional(true), scratch / "w.npy", scratch / "x.npy", scratch / "q")
              .weight_scale[0] == Approx(0x1p64 / 127));
}

TEST_CASE("quantize files: operands of another scheme go, a user's own files stay", "[quantize]") {
    const Scratch scratch;
    write_npy(scratch / "w.npy", Tensor<double>{{2, 1}, {1, 2}});
    write_npy(scratch / "x.npy", Tensor<double>{{1, 2}, {1, 2}});
    fs::create_directory(scratch / "q");
    for (const char* name :
         {"alpha.npy", "center.npy", "scale.npy", "threshold.npy", "bias.npy", "mine.npy"}) {
        put(scratch / "q" + "/" + name, "old");
    }
    quantize_files(conventional(false), scratch / "w.npy", scratch / "x.npy", scratch / "q");
    std::set<std::string> left;
    for (const auto& entry : fs::directory_iterator(scratch / "q")) {
        left.insert(entry.path().filename().string());
    }
    CHECK(left == std::set<std::string>{"inputs.npy", "mine.npy", "scales.json", "weights.npy"});
}
