// SPDX-License-Identifier: Apache-2.0
/// Each kind of bad model: one clear message. And any bytes whatever: an Error or a model, never a
/// crash.
#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <sstream>

#include "base/error.hpp"
#include "models.hpp"

using Catch::Matchers::Contains;

namespace {

std::string complaint(const std::string& name) {
    try {
        network::prepare(network::read_model(model_file("bad_" + name + ".onnx")), std::nullopt);
    } catch (const base::Error& e) {
        return e.what();
    }
    return "no complaint";
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("all unsupported nodes are named at once, and what is supported") {
    const std::string text = complaint("operators");
    CHECK_THAT(text, Contains("node `first`: Erf (opset 17) is not supported"));
    CHECK_THAT(text, Contains("node `second`: Mish (ai.other opset 1) is not supported"));
    CHECK_THAT(text, Contains("supported: Abs, Add, ArgMax") && Contains("QLinearAdd") &&
                         Contains("BipolarQuant"));
}

TEST_CASE("bad models are refused with their place") {
    using Row = std::pair<std::string, std::string>;
    const auto [name, text] = GENERATE(table<std::string, std::string>({
        {"opset", "found opset 8; expected opset 9 or later"},
        {"two_inputs", "found 2 inputs; expected one"},
        {"batch", "input `x`: found batch 4; expected a free one or 1"},
        {"free_axes", "input `x`: axis 2 is free; expected a number"},
        {"dynamic",
         "node `reshape` (Reshape, opset 17): error: input `b` decides a shape and depends on the image"},
        {"weights", "node `conv` (Conv, opset 17): error: its weights are not constant"},
        {"nan", "constant `w`: error: element 25: found nan; expected a number"},
        {"inf",
         "node `conv` (Conv, opset 17): error: input 1, element 45: found inf; expected a finite number"},
        {"cycle", "its nodes form a cycle"},
        {"unmade", "node `conv` (Conv, opset 17): error: input `z` is made by no node"},
        {"twice", "value `a` is made twice"},
        {"channels",
         "found an input of shape (1, 2, 6, 6), weights of shape (3, 5, 3, 3) and 1 groups, which do not fit"},
        {"attribute", "attribute `colour`: error: not known"},
        {"external_missing", "external data `nowhere.bin` is missing"},
        {"external_outside",
         "found external data in `../make_models.py`; expected a file inside the model's folder"},
        {"external_short",
         "external data `weights.bin` is short: found 216 bytes; expected 216 from byte 100 on"},
        {"raw_size", "constant `w`: error: found 7 bytes; expected 216 for shape (3, 2, 3, 3)"},
    }));
    CAPTURE(name);
    CHECK_THAT(complaint(name), Contains(text));
    static_cast<void>(Row{});
}

// flow/fuzz_onnx.sh found it: the message was without file and input.
TEST_CASE("an image beyond all limits is refused with its place") {
    const std::string path = model_file("bad_free_axes.onnx");
    CHECK_THROWS_WITH(
        network::prepare(network::read_model(path), network::Shape{1, 2, 1 << 15, 1 << 15}),
        Contains(path + ": error: input `x`: found shape (1, 2, 32768, 32768); expected at most "
                        "268435456 elements"));
}

TEST_CASE("truncated and damaged files never crash the reader") {
    const std::string name =
        GENERATE("float_ops.onnx", "qoperator.onnx", "qonnx.onnx", "bad_external_short.onnx");
    const std::string whole = bytes_of(model_file(name));
    std::mt19937_64 random(1);
    std::size_t refused = 0;
    for (int trial = 0; trial < 300; ++trial) {
        std::string bytes = whole;
        if (trial % 4 == 0) bytes.resize(random() % bytes.size());
        for (int n = 0; n < 1 + trial % 5 && !bytes.empty(); ++n)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        try {
            network::prepare(network::parse_model(bytes, model_file(name)), std::nullopt);
        } catch (const base::Error&) {
            ++refused;
        }
    }
    CHECK(refused > 100);
}
