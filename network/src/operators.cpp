// SPDX-License-Identifier: Apache-2.0
#include "operators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "onnx.hpp"
#include "ops.hpp"

namespace network {

namespace {

constexpr std::uint32_t in(int n) { return 1U << n; }
constexpr std::string_view conv_keys = "auto_pad dilations group kernel_shape pads strides";
constexpr std::string_view pool_keys =
    "auto_pad ceil_mode count_include_pad dilations kernel_shape pads storage_order strides";
constexpr std::uint32_t all = ~0U;

// clang-format off
constexpr auto table = std::to_array<Operator>({
    // type, domain, inputs, outputs, inputs that decide shapes, attributes, function
    {"Conv", Domain::onnx, 2, 3, 1, 0, conv_keys, product},
    {"Gemm", Domain::onnx, 2, 3, 1, 0, "alpha beta transA transB", product},
    {"MatMul", Domain::onnx, 2, 2, 1, 0, "", product},
    {"QLinearConv", Domain::onnx, 8, 9, 1, 0, conv_keys, product},
    {"QLinearMatMul", Domain::onnx, 8, 8, 1, 0, "", product},
    {"ConvInteger", Domain::onnx, 2, 4, 1, 0, conv_keys, product},
    {"MatMulInteger", Domain::onnx, 2, 4, 1, 0, "", product},
    {"QGemm", Domain::microsoft, 6, 9, 1, 0, "alpha transA transB", product},

    {"QLinearAdd", Domain::microsoft, 7, 8, 1, 0, "", qlinear_add},
    {"QLinearMul", Domain::microsoft, 7, 8, 1, 0, "", qlinear_mul},
    {"QLinearConcat", Domain::microsoft, 5, -1, 1, 0, "axis", qlinear_concat},
    {"QLinearSigmoid", Domain::microsoft, 4, 5, 1, 0, "", qlinear_sigmoid},
    {"QLinearLeakyRelu", Domain::microsoft, 4, 5, 1, 0, "alpha", qlinear_leaky_relu},
    {"QLinearAveragePool", Domain::microsoft, 4, 5, 1, 0, "auto_pad ceil_mode channels_last count_include_pad dilations kernel_shape pads strides", qlinear_average_pool},
    {"QLinearGlobalAveragePool", Domain::microsoft, 4, 5, 1, 0, "channels_last", qlinear_global_average_pool},

    {"Quant", Domain::qonnx, 4, 4, 1, 0, "narrow rounding_mode signed", quant},
    {"IntQuant", Domain::qonnx, 4, 4, 1, 0, "narrow rounding_mode signed", quant},
    {"BipolarQuant", Domain::qonnx, 2, 2, 1, 0, "", bipolar_quant},
    {"QuantizeLinear", Domain::onnx, 2, 3, 1, 0, "axis block_size output_dtype precision saturate", quantize_linear},
    {"DequantizeLinear", Domain::onnx, 2, 3, 1, 0, "axis block_size output_dtype", dequantize_linear},

    {"BatchNormalization", Domain::onnx, 5, 5, 1, 0, "epsilon momentum training_mode spatial", batch_normalization},
    {"Relu", Domain::onnx, 1, 1, 1, 0, "", relu},
    {"Clip", Domain::onnx, 1, 3, 1, 0, "min max", clip},
    {"LeakyRelu", Domain::onnx, 1, 1, 1, 0, "alpha", leaky_relu},
    {"PRelu", Domain::onnx, 2, 2, 1, 0, "", prelu},
    {"Sigmoid", Domain::onnx, 1, 1, 1, 0, "", sigmoid},
    {"Tanh", Domain::onnx, 1, 1, 1, 0, "", tanh_op},
    {"HardSigmoid", Domain::onnx, 1, 1, 1, 0, "alpha beta", hard_sigmoid},
    {"HardSwish", Domain::onnx, 1, 1, 1, 0, "", hard_swish},
    {"Softmax", Domain::onnx, 1, 1, 1, 0, "axis", softmax},
    {"LogSoftmax", Domain::onnx, 1, 1, 1, 0, "axis", log_softmax},
    {"Sign", Domain::onnx, 1, 1, 1, 0, "", sign},
    {"Neg", Domain::onnx, 1, 1, 1, 0, "", neg},
    {"Abs", Domain::onnx, 1, 1, 1, 0, "", abs_op},
    {"Sqrt", Domain::onnx, 1, 1, 1, 0, "", sqrt_op},
    {"Exp", Domain::onnx, 1, 1, 1, 0, "", exp_op},
    {"Pow", Domain::onnx, 2, 2, 1, 0, "", pow_op},
    {"Reciprocal", Domain::onnx, 1, 1, 1, 0, "", reciprocal},
    {"Floor", Domain::onnx, 1, 1, 1, 0, "", floor_op},
    {"Ceil", Domain::onnx, 1, 1, 1, 0, "", ceil_op},
    {"Round", Domain::onnx, 1, 1, 1, 0, "", round_op},
    {"Max", Domain::onnx, 1, -1, 1, 0, "", max_op},
    {"Min", Domain::onnx, 1, -1, 1, 0, "", min_op},
    {"Add", Domain::onnx, 2, 2, 1, 0, "", add},
    {"Sub", Domain::onnx, 2, 2, 1, 0, "", sub},
    {"Mul", Domain::onnx, 2, 2, 1, 0, "", mul},
    {"Div", Domain::onnx, 2, 2, 1, 0, "", div_op},

    {"MaxPool", Domain::onnx, 1, 1, 1, 0, pool_keys, max_pool},
    {"GlobalMaxPool", Domain::onnx, 1, 1, 1, 0, "", global_max_pool},
    {"AveragePool", Domain::onnx, 1, 1, 1, 0, pool_keys, average_pool},
    {"GlobalAveragePool", Domain::onnx, 1, 1, 1, 0, "", global_average_pool},
    {"ReduceMean", Domain::onnx, 1, 2, 1, in(1), "axes keepdims noop_with_empty_axes", reduce_mean},

    {"Concat", Domain::onnx, 1, -1, 1, 0, "axis", concat},
    {"Split", Domain::onnx, 1, 2, -1, in(1), "axis split num_outputs", split},
    {"Slice", Domain::onnx, 1, 5, 1, in(1) | in(2) | in(3) | in(4), "axes starts ends", slice},
    {"Pad", Domain::onnx, 1, 4, 1, in(1) | in(3), "mode pads value", pad},
    {"Flatten", Domain::onnx, 1, 1, 1, 0, "axis", flatten},
    {"Reshape", Domain::onnx, 2, 2, 1, in(1), "allowzero", reshape},
    {"Transpose", Domain::onnx, 1, 1, 1, 0, "perm", transpose},
    {"Squeeze", Domain::onnx, 1, 2, 1, in(1), "axes", squeeze},
    {"Unsqueeze", Domain::onnx, 1, 2, 1, in(1), "axes", unsqueeze},
    {"Identity", Domain::onnx, 1, 1, 1, 0, "", identity},
    {"Dropout", Domain::onnx, 1, 3, 2, in(2), "ratio seed", dropout},
    {"Constant", Domain::onnx, 0, 0, 1, 0, "value value_float value_floats value_int value_ints", constant},
    {"ConstantOfShape", Domain::onnx, 1, 1, 1, all, "value", constant_of_shape},
    {"Expand", Domain::onnx, 2, 2, 1, in(1), "", expand_op},
    {"Shape", Domain::onnx, 1, 1, 1, 0, "start end", shape_op},
    {"Gather", Domain::onnx, 2, 2, 1, 0, "axis", gather},
    {"Cast", Domain::onnx, 1, 1, 1, 0, "to saturate", cast},
    {"Resize", Domain::onnx, 1, 4, 1, in(1) | in(2) | in(3), "antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value keep_aspect_ratio_policy mode nearest_mode", resize},
    {"ArgMax", Domain::onnx, 1, 1, 1, 0, "axis keepdims select_last_index", arg_max},
    {"TopK", Domain::onnx, 1, 2, 2, in(1), "axis k largest sorted", top_k},
});
// clang-format on

bool belongs(Domain domain, std::string_view name) {
    switch (domain) {
        case Domain::onnx:
            return name.empty();
        case Domain::microsoft:
            return name == "com.microsoft";
        case Domain::qonnx:
            break;
    }
    constexpr std::array<std::string_view, 4> qonnx = {"onnx.brevitas", "finn.custom_op.general",
                                                       "qonnx.custom_op.general", "finn"};
    return std::ranges::find(qonnx, name) != qonnx.end();
}

}  // namespace

const Operator* find_operator(std::string_view domain, std::string_view type) {
    for (const Operator& op : table) {
        if (op.type == type && belongs(op.domain, domain)) return &op;
    }
    return nullptr;
}

std::string supported_operators() {
    const auto names = [](Domain domain) {
        std::set<std::string_view> sorted;
        for (const Operator& op : table) {
            if (op.domain == domain) sorted.insert(op.type);
        }
        std::string text;
        for (const std::string_view name : sorted)
            text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
        return text;
    };
    return fmt::format("{}; com.microsoft: {}; QONNX: {}", names(Domain::onnx),
                       names(Domain::microsoft), names(Domain::qonnx));
}

void refuse(const std::string& message) { throw base::Error(message); }

void expect(bool condition, std::string_view message) {
    if (!condition) refuse(std::string(message));
}

const Tensor& real_input(const Call& call, std::size_t n) {
    expect(call.has(n), "an input is missing");
    if (!call.in(n).is_float()) {
        refuse(fmt::format("input {}: found {}; expected a float", n, type_name(call.in(n).type)));
    }
    return call.in(n);
}

const Tensor& integer_input(const Call& call, std::size_t n) {
    expect(call.has(n), "an input is missing");
    if (call.in(n).is_float()) refuse(fmt::format("input {}: found float32; expected integers", n));
    return call.in(n);
}

const Tensor& quantized_input(const Call& call, std::size_t n) {
    expect(call.has(n), "an input is missing");
    const Type type = call.in(n).type;
    if (type != Type::i8 && type != Type::u8)
        refuse(fmt::format("input {}: found {}; expected int8 or uint8", n, type_name(type)));
    return call.in(n);
}

const Tensor& single_input(const Call& call, std::size_t n, std::string_view role) {
    const Tensor &t = call.in(n), &data = call.in(0);
    if (t.type != data.type || t.size() != 1) {
        refuse(fmt::format("input {} ({}): found {} of shape {}; expected one number of {}", n,
                           role, type_name(t.type), shape_text(t.shape), type_name(data.type)));
    }
    return t;
}

bool is_scale(float value) { return value > 0 && std::isfinite(value); }

const Tensor& scale_input(const Call& call, std::size_t n) {
    const Tensor& t = real_input(call, n);
    if (!call.known(n)) return t;
    for (const float s : t.f) {
        if (!is_scale(s))
            refuse(fmt::format("input {}: found scale {}; expected a positive number", n, s));
    }
    return t;
}

Type type_attribute(const Call& call, std::string_view key, std::int64_t otherwise) {
    try {
        return type_of(call.node.integer(key, otherwise));
    } catch (const base::Error& e) {
        refuse(fmt::format("{}: {}", key, e.what()));
    }
}

std::vector<std::int64_t> integers_of(const Call& call, std::size_t input,
                                      std::string_view attribute) {
    if (call.has(input)) return integer_input(call, input).i;
    return call.node.list(attribute);
}

bool given(const Call& call, std::size_t input, std::string_view attribute) {
    return call.has(input) || call.node.has(attribute);
}

std::size_t axis_of(std::int64_t axis, std::int64_t rank, bool past) {
    if (axis < -rank || axis >= rank + (past ? 1 : 0)) {
        refuse(fmt::format("found axis {} for {} axes", axis, rank));
    }
    return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

std::vector<Tensor> one(Tensor t) {
    std::vector<Tensor> out;
    out.push_back(std::move(t));
    return out;
}

}  // namespace network
