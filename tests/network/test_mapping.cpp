// SPDX-License-Identifier: Apache-2.0
/// Layers on the macro: integers that lose nothing give what the model's own definition gives, in
/// any batch and on any number of threads.
#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "base/error.hpp"
#include "base/scratch_folder.hpp"
#include "models.hpp"
#include "network/session.hpp"

using Catch::Matchers::Contains;

namespace {

network::SessionOptions options(const std::string& model, const std::string& config) {
    network::SessionOptions o;
    o.model = model_file(model + ".onnx");
    o.data = model_file(model + "_inputs.npy");
    o.config = std::string(CIMRTL_SOURCE_DIR) + "/generator/configs/" + config + ".yaml";
    o.threads = 1;
    return o;
}

/// Largest difference of a session's logits from the expected ones, in units of their largest.
double worst(const network::Report& r, const Case& c) {
    double top = 0, worst = 0;
    REQUIRE(r.logits.size() == c.expected.data.size());
    for (std::size_t n = 0; n < r.logits.size(); ++n) {
        top = std::max(top, std::abs(c.expected.data[n]));
        worst = std::max(worst, std::abs(double{r.logits[n]} - c.expected.data[n]));
    }
    return worst / top;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("integer dialects lose nothing on a macro that never clips: zero points are corrected") {
    const std::string name = GENERATE("qdq", "qoperator", "qonnx");
    CAPTURE(name);
    const Case c(name);
    network::SessionOptions o = options(name, "conventional_64x16");
    const bool is_signed = GENERATE(false, true);  // another shift of the inputs
    o.overrides = {{"input.signed", is_signed ? "true" : "false"}};
    const network::Report r = network::run_session(o);
    CHECK(worst(r, c) < 2e-6);
    CHECK(r.same.hits == r.images);
    for (const network::LayerReport& l : r.layers) {
        CHECK(l.totals.adc_clipped == 0);
        CHECK(l.totals.vectors == l.vectors * r.images);
        CHECK(l.adc_bits_no_clip <= l.adc_bits);
    }
}

TEST_CASE("an ADC that clips changes the logits, and clipped codes are counted") {
    const Case c("qdq");
    network::SessionOptions o = options("qdq", "conventional_64x16");
    o.overrides = {{"adc.bits", "2"}};
    const network::Report r = network::run_session(o);
    CHECK(worst(r, c) > 1e-3);
    CHECK(r.layers[0].totals.adc_clipped > 0);
    CHECK(r.layers[0].adc_bits_no_clip > 2);
}

TEST_CASE("float layers come near, one scale an output nearer; a layer left out is exact") {
    const Case c("float_ops");
    network::SessionOptions o = options("float_ops", "conventional_64x16");
    CHECK(worst(network::run_session(o), c) < 0.05);
    for (const network::Layer& layer : c.net.layers) o.digital.push_back(layer.name);
    CHECK(worst(network::run_session(o), c) < 2e-6);
}

TEST_CASE("reports have the same bytes on any batch and threads") {
    const base::ScratchFolder folder("network");
    network::SessionOptions one = options("float_ops", "bfp_64x16");
    network::SessionOptions many = one;
    one.out_dir = folder.path() / "one";
    one.batch = 1;
    many.out_dir = folder.path() / "many";
    many.batch = 3;
    many.threads = 3;
    network::run_session(one);
    network::run_session(many);
    for (const std::string name : {"report.json", "report.md", "report.html", "logits.npy"}) {
        CAPTURE(name);
        const std::string bytes = bytes_of(folder.path() / "one" / name);
        CHECK(!bytes.empty());
        CHECK(bytes == bytes_of(folder.path() / "many" / name));
    }
}

TEST_CASE("integers wider than the macro's are refused for all layers at once, or found anew") {
    network::SessionOptions o = options("qdq", "conventional_64x16");
    o.overrides = {{"input.bits", "4"}, {"weight.bits", "4"}};
    const std::string text = complaint(o);
    CHECK_THAT(
        text,
        Contains(
            "its inputs are integers from -121 to 134; expected what scheme conventional holds: 0 to 15"));
    CHECK_THAT(text, Contains("its weights are integers from ") && Contains("MatMul"));
    o.mapping.requantize = true;
    CHECK(worst(network::run_session(o), Case("qdq")) < 0.5);
}

TEST_CASE("names, labels and depths that do not fit are refused before any work") {
    network::SessionOptions o = options("qdq", "conventional_64x16");
    SECTION("a layer's name") {
        o.digital = {"Conv_x"};
        CHECK_THAT(complaint(o), Contains("--digital: found layer `Conv_x`; expected one of "));
    }
    SECTION("a setting of a layer that is left out") {
        const std::string name = Case("qdq").net.layers[0].name;
        o.digital = {name};
        o.layers = {{name, {"adc.bits", "6"}}};
        CHECK_THAT(complaint(o), Contains("--layer: found adc.bits for layer `" + name +
                                          "`, which --digital leaves out"));
    }
    SECTION("more tiles than the config has") {
        o.overrides = {{"array.rows", "8"}, {"accumulator.max_tiles", "4"}};
        CHECK_THAT(
            complaint(o),
            Contains(
                "its 54 features need 7 tiles of 8 rows; expected at most accumulator.max_tiles: 4"));
    }
    SECTION("labels") {
        const base::ScratchFolder folder("network");
        o.labels = folder.path() / "l.npy";
        operands::write_npy(o.labels, operands::Tensor<std::int64_t>{{4}, {0, 1, 5, 2}});
        CHECK_THAT(complaint(o), Contains("[2]: found label 5; expected 0 to 4"));
        operands::write_npy(o.labels, operands::Tensor<std::int64_t>{{3}, {0, 1, 2}});
        CHECK_THAT(complaint(o), Contains("found shape (3,); expected (4,)"));
    }
    SECTION("a layer's settings") {
        o.layers = {{Case("qdq").net.layers[0].name, {"adc.colour", "3"}}};
        CHECK_THAT(complaint(o),
                   Catch::Matchers::StartsWith("--layer " + o.layers[0].first +
                                               ":adc.colour: error: found an unknown key"));
    }
    SECTION("no layer for the macro") {
        o.model = model_file("bad_no_layer.onnx");
        o.data = model_file("qonnx_inputs.npy");
        CHECK_THAT(complaint(o), Contains("found no layer for the macro"));
    }
    SECTION("an output folder, before any work; nothing is left of what was made") {
        const base::ScratchFolder folder("network");
        const std::string file = folder.path() / "file";
        std::ofstream(file) << "x";
        o.out_dir = file;
        CHECK_THAT(complaint(o), Contains(file + ": error: cannot be made: Not a directory"));
        o.out_dir = folder.path() / "a/b";
        o.overrides = {{"input.bits", "4"}};
        CHECK_THAT(complaint(o), Contains("expected what scheme conventional holds"));
        CHECK(!std::filesystem::exists(folder.path() / "a"));
    }
    SECTION("image files") {
        const base::ScratchFolder folder("network");
        o.data = folder.path() / "x.npy";
        operands::write_npy(o.data, operands::Tensor<double>{{0, 1, 7, 7}, {}});
        CHECK_THAT(complaint(o), Contains("found shape (0, 1, 7, 7); expected at least one image"));
        operands::Tensor<double> x{{2, 3, 7, 7}, std::vector<double>(294)};
        x.data[147 + 5] = std::numeric_limits<double>::infinity();
        operands::write_npy(o.data, x);
        CHECK_THAT(complaint(o),
                   Contains("image 1, element 5: found inf; expected a finite number"));
        operands::write_npy(
            o.data, operands::Tensor<std::int64_t>{{1, 1, 7, 7}, std::vector<std::int64_t>(49)});
        CHECK_THAT(complaint(o), Contains("expected float32 or uint8"));
        x.data[147 + 5] = 0;
        operands::write_npy(o.data, x);
        std::filesystem::resize_file(o.data, std::filesystem::file_size(o.data) - 8);
        CHECK_THAT(complaint(o), Contains("found 2344 bytes of data; expected 2352"));
    }
    SECTION("images") {
        o.data = model_file("float_ops_inputs.npy");
        CHECK_THAT(complaint(o),
                   Contains("found images of shape (1, 3, 15, 15); expected (1, 3, 7, 7)"));
    }
}

TEST_CASE("Wilson's interval") {
    const auto [low, high] = network::Share{915, 1000}.interval();
    CHECK(low == Approx(0.8961).margin(1e-4));
    CHECK(high == Approx(0.9307).margin(1e-4));
}

TEST_CASE("adc.step: fit takes another step where codes would clip, and loses less") {
    network::SessionOptions o = options("qdq", "conventional_64x16");
    o.overrides = {{"adc.bits", "3"}};
    const auto error_of = [](const network::Report& r) {
        double sum = 0;
        for (const network::LayerReport& l : r.layers) sum += l.totals.error / l.totals.signal;
        return sum;
    };
    const network::Report plain = network::run_session(o);
    o.overrides.push_back({"adc.step", "fit"});
    const network::Report fitted = network::run_session(o);
    CHECK(fitted.layers[0].step.num > fitted.layers[0].step.den);
    CHECK(error_of(fitted) < error_of(plain));
}
