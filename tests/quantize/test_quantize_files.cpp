// quantize from file to file, on the layers of the project's own network and on bad input.
//
// What quantize_layer() computes has its own test; here: the files and what they say, that errors
// name the file, and that a failure leaves the folder as it was.
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"
#include "npy_bench.hpp"
#include "quantize/quantize.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace quantize;
using namespace npy_bench;

generator::Config conventional(bool bias) {
    generator::Config c;
    c.accumulator.bias = bias;
    c.adc.step = {5, 2};
    c.section = generator::conventional::Section{8, false, 8};
    return c;
}

generator::Config option1() {
    generator::Config c;
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
