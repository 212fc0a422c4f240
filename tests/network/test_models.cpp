// SPDX-License-Identifier: Apache-2.0
/// Whole models in float against ONNX Runtime (and NumPy for QONNX): every operator of the table is
/// in one of them. Random weights; four images each. What is in no model: see test_operators.cpp.
#include <catch2/catch.hpp>

#include "models.hpp"

TEST_CASE("models in float compute what ONNX Runtime computes") {
    const std::string name = GENERATE("float_ops", "float_opset9", "qdq", "qoperator", "qonnx");
    CAPTURE(name);
    const Case c(name);
    network::Execution e;
    e.threads = 2;
    const auto found = network::execute(c.net, c.inputs(), e);
    REQUIRE(found.size() == c.images.count());
    CHECK(c.worst(found) < 2e-6);
}

TEST_CASE("a batch gives what its images give one by one, on any number of threads") {
    const Case c("float_ops");
    network::Execution one, many;
    many.threads = 3;
    const auto together = network::execute(c.net, c.inputs(), many);
    for (std::size_t i = 0; i < together.size(); ++i) {
        const auto alone = network::execute(c.net, {c.inputs()[i]}, one);
        CHECK(alone[0].f == together[i].f);
    }
}

TEST_CASE("layers are found with their dialects and shapes") {
    const Case c("qoperator");
    std::vector<std::string> types;
    for (const auto& layer : c.net.layers) {
        types.push_back(c.net.node(layer).type);
        CHECK(layer.dialect == network::Dialect::qoperator);
    }
    CHECK(types == std::vector<std::string>{"QLinearConv", "QLinearConv", "ConvInteger",
                                            "QLinearMatMul", "QGemm", "MatMulInteger"});
    CHECK(c.net.layers[0].input->low == -100);
    CHECK(c.net.layers[0].input->high == 155);
    const Case binary("qonnx");
    CHECK(binary.net.layers.back().input->bipolar);
    CHECK(binary.net.layers.back().bipolar_weights);
    CHECK(binary.net.layers.back().weight_scale == std::vector<double>(4, 0.5));
}
