// SPDX-License-Identifier: Apache-2.0
#include "layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "data.hpp"
#include "evaluate.hpp"
#include "lowering.hpp"
#include "quantizer.hpp"

namespace network {

namespace {

constexpr std::array<std::string_view, 10> looked_through = {
    "Identity", "Dropout",   "Flatten", "Reshape", "Transpose",
    "Squeeze",  "Unsqueeze", "Slice",   "Pad",     "MaxPool"};

bool is_zero(const Tensor* t) {
    return !t || std::ranges::all_of(t->f, [](float x) { return x == 0; });
}

/// Finds the quantizer behind a value, through nodes that only move elements or choose among them.
class Tracer {
  public:
    explicit Tracer(const Network& network) : net_(network) {}

    /// The quantizing node, or null; `path_` then holds what stands between, nearest to the value
    /// first.
    const Node* find(int value) {
        path_.clear();
        pads_ = false;
        while (value >= 0) {
            const int producer = net_.model.values[static_cast<std::size_t>(value)].producer;
            if (producer < 0) return nullptr;
            const Node& node = net_.model.nodes[static_cast<std::size_t>(producer)];
            if (node.type == "DequantizeLinear" || node.type == "Quant" ||
                node.type == "IntQuant" || node.type == "BipolarQuant") {
                return &node;
            }
            if (std::ranges::find(looked_through, node.type) == looked_through.end())
                return nullptr;
            if (node.outputs.empty() || node.outputs[0] != value) return nullptr;
            if (node.type == "Pad" && !zero_pad(node)) return nullptr;
            path_.push_back(&node);
            value = node.inputs[0];
        }
        return nullptr;
    }
    const std::vector<const Node*>& path() const { return path_; }
    bool pads() const { return pads_; }

  private:
    /// Zeros, which every quantizer's integers have; copies of elements are as good.
    bool zero_pad(const Node& node) {
        if (node.text("mode", "constant") != "constant") return true;
        pads_ = true;
        const int value = node.inputs.size() > 2 ? node.inputs[2] : -1;
        if (value >= 0 && !net_.constant(value)) return false;
        return is_zero(net_.constant(value)) && node.real("value", 0) == 0;
    }

    const Network& net_;
    std::vector<const Node*> path_;
    bool pads_ = false;
};

const Tensor* parameter(const Network& net, const Node& node, std::size_t n) {
    return n < node.inputs.size() ? net.constant(node.inputs[n]) : nullptr;
}

/// Range of a quantizing node's integers with their zero points still in them.
struct Integers {
    double low = 0, high = 0;
    bool bipolar = false;
};
std::optional<Integers> integers_of_node(const Network& net, const Node& node) {
    if (node.type == "BipolarQuant") return Integers{-1, 1, true};
    if (node.type == "DequantizeLinear") {
        const Type type = net.types[static_cast<std::size_t>(node.inputs[0])];
        if (type == Type::i32 || type == Type::u32 || type == Type::i64 || type == Type::u64)
            return std::nullopt;
        return Integers{static_cast<double>(lowest(type)), static_cast<double>(highest(type)),
                        false};
    }
    const Tensor* bits = parameter(net, node, 3);
    if (!bits || bits->size() != 1) return std::nullopt;
    const QuantRange r = quant_range(node, bits->number(0));
    return Integers{std::ceil(r.low), std::floor(r.high), r.bipolar};
}

Dialect dialect_of(const Node& quantizer) {
    return quantizer.type == "DequantizeLinear" ? Dialect::qdq : Dialect::qonnx;
}

/// Of the data operand: one scale and one zero point, or none.
std::optional<Quantizer> input_quantizer(const Network& net, int value, Dialect& dialect) {
    Tracer trace(net);
    const Node* node = trace.find(value);
    if (!node) return std::nullopt;
    const auto range = integers_of_node(net, *node);
    const Tensor *scale = parameter(net, *node, 1),
                 *zero = node->type == "BipolarQuant" ? nullptr : parameter(net, *node, 2);
    const bool has_zero =
        node->type != "BipolarQuant" && node->inputs.size() > 2 && node->inputs[2] >= 0;
    if (!range || !scale || scale->size() != 1 || !(scale->number(0) > 0)) return std::nullopt;
    if (has_zero && (!zero || zero->size() != 1)) return std::nullopt;
    const double z = zero ? zero->number(0) : 0;
    if (z != std::floor(z) || std::abs(z) > 1e6) return std::nullopt;
    dialect = dialect_of(*node);
    const bool bipolar = range->bipolar && z == 0;
    return Quantizer{scale->number(0), static_cast<std::int64_t>(range->low - z),
                     static_cast<std::int64_t>(range->high - z), bipolar, trace.pads()};
}

/// A parameter (scale) of a quantizing node for each element of its result.
Tensor everywhere(const Network& net, const Node& node, const Tensor& parameter) {
    const Shape& shape = net.shapes[static_cast<std::size_t>(node.outputs[0])];
    if (node.type != "DequantizeLinear" || parameter.size() == 1) {
        return expand(parameter.size() == 1 ? parameter.reshaped({}) : parameter, shape);
    }
    const std::size_t axis =
        axis_of(node.integer("axis", 1), static_cast<std::int64_t>(shape.size()));
    Shape along(shape.size(), 1);
    along[axis] = static_cast<std::int64_t>(parameter.size());
    return expand(parameter.reshaped(along), shape);
}

/// The weights' scale for each element of the constant, moved as the weights are.
std::optional<Tensor> weight_scales(const Network& net, int value, Dialect& dialect) {
    Tracer trace(net);
    const Node* node = trace.find(value);
    if (!node || !integers_of_node(net, *node)) return std::nullopt;
    const Tensor* scale = parameter(net, *node, 1);
    if (!scale) return std::nullopt;
    Tensor moved = everywhere(net, *node, *scale);
    for (auto step = trace.path().rbegin(); step != trace.path().rend(); ++step) {
        if ((*step)->type == "MaxPool") return std::nullopt;
        Call call{**step, {}};
        for (const int in : (*step)->inputs) call.inputs.push_back(net.constant(in));
        call.inputs[0] = &moved;
        moved = evaluate(net.model, call)[0];
    }
    dialect = dialect_of(*node);
    return moved;
}

/// Integers and a scale an output from real weights and the scale of each element; false where an
/// output has more than one scale.
bool split_weights(const Tensor& w, const Tensor& scale, Layer& layer) {
    const Lowering& l = *layer.lowering;
    layer.weights.assign(w.size(), 0);
    layer.weight_scale.assign(l.all_outputs(), 0);
    for (std::size_t o = 0; o < l.all_outputs(); ++o) {
        double& unit = layer.weight_scale[o];
        for (std::size_t k = 0; k < l.depth; ++k) {
            const std::size_t at = l.weight(o / l.outputs, k, o % l.outputs);
            if (scale.f[at] == 0) continue;  // a pad
            if (unit == 0) unit = scale.f[at];
            if (unit != scale.f[at] || unit < 0) return false;
            const double q = std::nearbyint(w.f[at] / unit);
            if (std::abs(q) > 1e9) return false;
            layer.weights[at] = static_cast<std::int64_t>(q);
        }
        if (unit == 0) unit = 1;
    }
    return true;
}

/// Types and sizes are as check_operands() has found them.
void integer_operands(const Network& net, const Node& node, const ProductKind& kind, Layer& layer) {
    const auto at = [&](int n) {
        return n < 0 || static_cast<std::size_t>(n) >= node.inputs.size()
                   ? nullptr
                   : net.constant(node.inputs[static_cast<std::size_t>(n)]);
    };
    layer.dialect = Dialect::qoperator;
    const Tensor* x_zero = at(layer.swapped ? kind.w_zero : kind.x_zero);
    const Tensor* w_zero = at(layer.swapped ? kind.x_zero : kind.w_zero);
    const std::int64_t zx = x_zero ? x_zero->i[0] : 0;
    layer.zero_point = zx;
    const Type type = net.types[static_cast<std::size_t>(layer.x)];
    layer.input = Quantizer{1, lowest(type) - zx, highest(type) - zx, false, false};
    const Lowering& l = *layer.lowering;
    const Tensor& w = *net.constant(layer.w);
    layer.weights.resize(w.size());
    layer.weight_scale.assign(l.all_outputs(), 1);
    for (std::size_t o = 0; o < l.all_outputs(); ++o) {
        const std::int64_t zero = w_zero ? w_zero->i[w_zero->size() == 1 ? 0 : o] : 0;
        for (std::size_t k = 0; k < l.depth; ++k) {
            const std::size_t n = l.weight(o / l.outputs, k, o % l.outputs);
            layer.weights[n] = w.i[n] - zero;
        }
    }
}

void real_operands(const Network& net, Layer& layer) {
    Dialect of_input = Dialect::real, of_weights = Dialect::real;
    layer.input = input_quantizer(net, layer.x, of_input);
    if (const auto scales = weight_scales(net, layer.w, of_weights)) {
        if (!split_weights(*net.constant(layer.w), *scales, layer)) {
            layer.weights.clear();
            layer.weight_scale.clear();
        }
    }
    layer.dialect = layer.input ? of_input : !layer.weights.empty() ? of_weights : Dialect::real;
}

Layer layer_of(const Network& net, int n) {
    const Node& node = net.model.nodes[static_cast<std::size_t>(n)];
    const ProductKind& kind = *product_kind(node.type);
    Layer layer;
    layer.node = n;
    layer.number = static_cast<int>(net.layers.size());
    layer.name = node.name;
    layer.swapped = net.constant(node.inputs[static_cast<std::size_t>(kind.w)]) == nullptr;
    layer.x = node.inputs[static_cast<std::size_t>(layer.swapped ? kind.w : kind.x)];
    layer.w = node.inputs[static_cast<std::size_t>(layer.swapped ? kind.x : kind.w)];
    layer.lowering = std::make_shared<const Lowering>(
        lower(node, net.shapes[static_cast<std::size_t>(layer.x)],
              net.shapes[static_cast<std::size_t>(layer.w)], layer.swapped));
    if (kind.integer) {
        integer_operands(net, node, kind, layer);
    } else {
        real_operands(net, layer);
    }
    const Lowering& l = *layer.lowering;
    const auto padded = [](const auto& pads) {
        return std::ranges::any_of(pads, [](std::int64_t p) { return p > 0; });
    };
    if (layer.input && l.windows && (padded(l.window.before) || padded(l.window.after)))
        layer.input->has_zeros = true;
    layer.bipolar_weights =
        !layer.weights.empty() &&
        std::ranges::all_of(layer.weights, [](auto w) { return w == 1 || w == -1; });
    return layer;
}

}  // namespace

std::string_view dialect_name(Dialect dialect) {
    constexpr std::array<std::string_view, 4> names = {"float", "QDQ", "QOperator", "QONNX"};
    return names[static_cast<std::size_t>(dialect)];
}

void find_layers(Network& net) {
    for (std::size_t n = 0; n < net.model.nodes.size(); ++n) {
        const Node& node = net.model.nodes[n];
        if (net.computed[n] || !product_kind(node.type)) continue;
        net.layers.push_back(
            placed(net.model, node, [&] { return layer_of(net, static_cast<int>(n)); }));
    }
}

}  // namespace network
