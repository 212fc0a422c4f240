// SPDX-License-Identifier: Apache-2.0
/// `net --integer`: whole layers on the macro, quantized by its output stage. What the macro gives
/// is held against the integers that the model's own nodes make, which share nothing with it.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "models.hpp"

namespace {

const std::string source = CIMRTL_SOURCE_DIR;

network::SessionOptions integer(const std::string& model) {
    network::SessionOptions o;
    o.model = source + model + ".onnx";
    o.config = source + "/generator/configs/conventional_64x16.yaml";
    o.overrides = {{"accumulator.bias", "true"}, {"output.mode", "requant"}};
    o.mapping.integer = true;
    o.calibrate = 4;
    return o;
}

network::SessionOptions fashion(const std::string& dialect) {
    network::SessionOptions o = integer("/tests/data/models/fashion_" + dialect);
    o.data = source + "/tests/data/models/fashion_images.npy";
    return o;
}

}  // namespace

TEST_CASE("integer: the output stage gives the model's own integers but for rounding") {
    const network::Report r = network::run_session(fashion("qdq"));
    CHECK(r.same.hits == r.images);
    CHECK(r.logit_difference > 0);
    CHECK(r.logit_difference < 0.01 * r.greatest_logit);
    for (const network::LayerReport& l : r.layers) {
        CAPTURE(l.name, l.totals.stage_equal, l.totals.stage_outputs);
        const bool last = l.name == "fc";  // its result is quantized by nobody
        CHECK(l.totals.stage_outputs == (last ? 0 : r.images * l.vectors * l.outputs));
        CHECK(static_cast<double>(l.totals.stage_outputs - l.totals.stage_equal) <=
              1e-4 * static_cast<double>(l.totals.stage_outputs));
    }
}

TEST_CASE("integer: with few bits of multiplier outputs differ more") {
    network::SessionOptions o = fashion("qdq");
    o.overrides.push_back({"output.multiplier_bits", "4"});
    const network::Report r = network::run_session(o);
    const network::LayerTotals& t = r.layers.front().totals;
    CHECK(t.stage_equal < t.stage_outputs * 99 / 100);
}

TEST_CASE("integer: QOperator nodes, zero points of both operands, groups") {
    network::SessionOptions o = integer("/tests/network/models/qoperator");
    o.data = source + "/tests/network/models/qoperator_inputs.npy";
    const network::Report r = network::run_session(o);
    std::size_t finished = 0;
    for (const network::LayerReport& l : r.layers) {
        CAPTURE(l.name, l.totals.stage_equal, l.totals.stage_outputs);
        finished += l.totals.stage_outputs > 0;
        CHECK(static_cast<double>(l.totals.stage_outputs - l.totals.stage_equal) <=
              0.002 * static_cast<double>(l.totals.stage_outputs));
    }
    CHECK(finished >= 2);
}

TEST_CASE("integer: whole layers on the RTL, on a noisy chip") {
    network::SessionOptions o = fashion("qdq");
    o.config = source + "/generator/configs/zebra_64x16.yaml";
    o.overrides.push_back({"analog.noise", "0.5"});
    o.overrides.push_back({"analog.mismatch", "0.02"});
    o.digital = {"conv2", "conv3"};
    o.rtl_vectors = 2;
    const network::Report r = network::run_session(o);
    CHECK(r.layers.front().totals.rtl_outputs == 2 * 16);
    CHECK(r.layers.front().totals.analog_error > 0);
}

TEST_CASE("integer: what cannot be is refused, all layers at once") {
    network::SessionOptions o = fashion("qdq");
    SECTION("no output stage") {
        o.overrides = {{"accumulator.bias", "true"}};
        const std::string message = complaint(o);
        for (const char* name : {"conv1", "conv2", "conv3"})
            CHECK_THAT(message, Catch::Contains(fmt::format(
                                    "node `{}` (Conv, opset 13): error: found output.mode: raw "
                                    "with --integer; expected output.mode: requant",
                                    name)));
    }
    SECTION("no starting values") {
        o.overrides = {{"output.mode", "requant"}};
        CHECK_THAT(complaint(o), Catch::Contains("expected accumulator.bias: true, for --integer"));
    }
    SECTION("another type") {
        o.overrides.push_back({"output.signed", "true"});
        CHECK_THAT(complaint(o), Catch::Contains("for its uint8 results; expected output.bits: 8, "
                                                 "output.signed: false"));
    }
    SECTION("a float model") {
        CHECK_THAT(complaint(fashion("float")),
                   Catch::Contains("found no layer whose result the model quantizes"));
    }
}
