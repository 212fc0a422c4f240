// SPDX-License-Identifier: Apache-2.0
/// The project's own networks (tests/data/models) on every scheme, and every layer of them on the
/// RTL, on a noisy chip.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/scratch_folder.hpp"
#include "network/session.hpp"
#include "operands/npy.hpp"

namespace {

const std::string source = CIMRTL_SOURCE_DIR;

network::SessionOptions own(const std::string& model, const std::string& scheme) {
    network::SessionOptions o;
    o.model = source + "/tests/data/models/fashion_" + model + ".onnx";
    o.data = source + "/tests/data/models/fashion_images.npy";
    o.labels = source + "/tests/data/models/fashion_labels.npy";
    o.config = source + "/generator/configs/" + scheme + "_64x16.yaml";
    if (scheme == "binsparx") o.overrides = {{"accumulator.max_tiles", "32"}};
    o.calibrate = 16;
    return o;
}

/// The first images alone, without labels: these runs take their time.
void shorten(network::SessionOptions& o, std::size_t images, const std::string& path) {
    const operands::Tensor<std::int64_t> all = operands::read_npy_int(o.data);
    operands::Tensor<double> t{all.shape, {}};
    t.shape[0] = images;
    t.data.assign(all.data.begin(),
                  all.data.begin() + static_cast<std::ptrdiff_t>(images * 28 * 28));
    operands::write_npy(path, t);
    o.data = path;
    o.labels.clear();
}

}  // namespace

TEST_CASE("own networks: learned, and what the dialect promises on an ideal array") {
    SECTION("integers are exact") {
        for (const auto& [model, scheme] :
             {std::pair{"qdq", "conventional"}, {"bnn", "binsparx"}}) {
            CAPTURE(model);
            const network::Report r = network::run_session(own(model, scheme));
            CHECK(r.same.hits == r.images);
            CHECK(r.top1.value() > 0.8);
            for (const network::LayerReport& l : r.layers) CHECK(l.totals.adc_clipped == 0);
        }
    }
    SECTION("float comes near") {
        const std::string scheme = GENERATE("conventional", "zebra", "column_quant", "bfp");
        CAPTURE(scheme);
        network::SessionOptions o = own("float", scheme);
        const base::ScratchFolder folder("network");
        shorten(o, 16, folder.path() / "x.npy");
        const network::Report r = network::run_session(o);
        CHECK(r.same.value() > 0.8);
    }
}

TEST_CASE("own networks: a macro whose results are no sums is refused, all layers at once") {
    const auto [scheme, key, value, expected] = GENERATE(table<std::string, std::string,
                                                               std::string, std::string>(
        {{"conventional", "output.mode", "requant",
          "found requantized outputs of the macro; expected sums (output.mode: raw)"},
         {"binsparx", "binsparx.threshold", "true",
          "found decisions as outputs of the macro; expected sums (binsparx.threshold: false)"}}));
    CAPTURE(scheme);
    network::SessionOptions o = own(scheme == "binsparx" ? "bnn" : "qdq", scheme);
    o.overrides.push_back({key, value});
    try {
        network::run_session(o);
        FAIL("accepted");
    } catch (const base::Error& e) {
        const std::string message = e.what();
        CAPTURE(message);
        std::size_t found = 0;
        for (std::size_t at = 0; (at = message.find(expected, at)) != message.npos; ++at) ++found;
        CHECK(found == 4);
    }
}

TEST_CASE("own networks: every layer on the RTL, on a noisy chip of every scheme") {
    const auto [model, scheme] =
        GENERATE(table<std::string, std::string>({{"qdq", "conventional"},
                                                  {"float", "zebra"},
                                                  {"float", "column_quant"},
                                                  {"float", "bfp"},
                                                  {"bnn", "binsparx"}}));
    CAPTURE(model, scheme);
    network::SessionOptions o = own(model, scheme);
    for (const auto& [key, value] : {std::pair{"analog.noise", "0.5"},
                                     {"analog.mismatch", "0.02"},
                                     {"analog.adc_offset", "0.5"},
                                     {"analog.adc_gain", "0.01"}})
        o.overrides.push_back({key, value});
    o.rtl_vectors = 1;
    const base::ScratchFolder folder("network");
    shorten(o, 4, folder.path() / "x.npy");
    const network::Report r = network::run_session(o);
    REQUIRE(r.layers.size() == 4);
    for (const network::LayerReport& l : r.layers) {
        CAPTURE(l.name);
        CHECK(l.totals.rtl_outputs == l.outputs);
        CHECK(l.totals.analog_error > 0);
    }
}

// Scales that were trained through the macro (flow/models/train_column_quant.py) instead of fitted:
// the files reach the macro, and golden and RTL agree on them.
TEST_CASE("own networks: trained alpha, scale and centre run, at 2 bits on the RTL too") {
    const std::string bits = GENERATE("2", "3", "4");
    CAPTURE(bits);
    const std::string folder = source + "/tests/data/column_quant/";
    network::SessionOptions o = own("float", "column_quant");
    o.model = folder + "fashion_cq" + bits + ".onnx";
    o.overrides = {{"adc.bits", bits}};
    const network::Report fitted = network::run_session(o);
    for (const char* layer : {"conv1", "conv2", "conv3", "fc"}) {
        for (const char* what : {"alpha", "scale", "center"}) {
            o.layers.push_back(
                {layer, {what, folder + "cq" + bits + "_" + layer + "_" + what + ".npy"}});
        }
    }
    if (bits == "2") o.rtl_vectors = 1;
    const network::Report r = network::run_session(o);
    CHECK(r.top1.value() > 0.7);
    CHECK(r.logits != fitted.logits);
    if (bits != "2") return;
    for (const network::LayerReport& l : r.layers) CHECK(l.totals.rtl_outputs == l.outputs);
}
