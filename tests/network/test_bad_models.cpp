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

/// Each line says "error:" once.
void check_said_once(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        const auto at = line.find("error:");
        CHECK(at != line.npos);
        CHECK(line.find("error:", at + 1) == line.npos);
    }
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
        {"clip_empty",
         "node `node` (Clip, opset 13): error: input 1 (min): found int64 of shape (0,); expected one number of int64"},
        {"clip_several", "input 2 (max): found int64 of shape (2,); expected one number of int64"},
        {"clip_type", "input 1 (min): found int64 of shape (); expected one number of float32"},
        {"pad_several", "input 2 (value): found int64 of shape (2,); expected one number of int64"},
        {"alpha_text",
         "node `node` (LeakyRelu, opset 13): error: attribute `alpha`: found a string; expected a number"},
        {"cast_text", "node `node` (Cast, opset 13): error: to: found element type 8; expected"},
        {"sigmoid_scale", "input 1: found scale inf; expected a positive number"},
        {"sigmoid_zero_type", "input 2: found int8; expected a zero point of uint8"},
        {"sigmoid_type", "input 0: found int64; expected int8 or uint8"},
        {"quant_scale", "input 1: found scale 0; expected a positive number"},
        {"bipolar_scale", "input 1: found scale -1; expected a positive number"},
        {"quantize_scale", "input 1: found scale 0; expected a positive number"},
        {"dequantize_type", "found int64; expected integers of 8, 16 or 32 bits"},
    }));
    CAPTURE(name);
    CHECK_THAT(complaint(name), Contains(text));
    check_said_once(complaint(name));
    static_cast<void>(Row{});
}

// Read by their layers before they were checked: a crash, or memory of others as integers.
TEST_CASE("operands of products are checked before they are read") {
    const auto [name, text] = GENERATE(table<std::string, std::string>({
        {"float_weights", "input 1 (weights): found float32; expected int8 or uint8"},
        {"float_zero",
         "input 2 (first zero point): found float32; expected uint8, the type of input 0"},
        {"float_weight_zero",
         "input 3 (second zero point): found float32; expected int8, the type of input 1"},
        {"no_zero", "input 3 (second zero point): found shape (0,); expected one number or 3"},
        {"few_zeros", "input 3 (second zero point): found shape (2,); expected one number or 3"},
        {"integers", "input 0 (data): found int64; expected a float"},
        {"gemm_bias", "input 2 (bias): found int32; expected a float"},
        {"image_bias", "input 2 (bias) is not constant; expected a constant"},
        {"scale_zero", "input 6 (result's scale): found 0; expected a positive number"},
        {"scale_negative", "input 6 (result's scale): found -0.1; expected a positive number"},
        {"scale_inf", "input 6 (result's scale): found inf; expected a positive number"},
        {"scale_integer", "input 6 (result's scale): found int64; expected a float"},
        {"scale_several", "input 6 (result's scale): found shape (3,); expected one number"},
    }));
    CAPTURE(name);
    const std::string found = complaint("product_" + name);
    CHECK_THAT(found, Contains("bad_product_" + name + ".onnx: node `product` (") &&
                          Contains(", opset 13): error: " + text));
    check_said_once(found);
}

TEST_CASE("all that is wrong with the operands of all products is said at once") {
    const std::string text = complaint("product_all");
    const std::string first = "node `first` (QLinearMatMul, opset 13): error: ",
                      second = "node `second` (MatMulInteger, opset 13): error: ";
    for (const std::string& fault :
         {first + "input 1 (first scale): found int64; expected a float",
          first + "input 2 (first zero point): found int8; expected uint8, the type of input 0",
          first + "input 3 (weights): found float32; expected int8 or uint8",
          first + "input 4 (second scale): found 0; expected a positive number",
          first + "input 5 (second zero point): found shape (2,); expected one number or 3",
          first + "input 6 (result's scale): found shape (2,); expected one number",
          first + "input 7 (result's zero point): found float32; expected int8 or uint8",
          second +
              "input 2 (first zero point): found float32; expected uint8, the type of input 0"})
        CHECK_THAT(text, Contains(fault));
    check_said_once(text);
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
