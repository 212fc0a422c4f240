// SPDX-License-Identifier: Apache-2.0
#include "output_quantizer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "lowering.hpp"

namespace network {

namespace {

/// Nodes that move elements or choose the greatest: quantizing before them is quantizing behind.
constexpr std::array<std::string_view, 9> order_kept = {"Identity", "Dropout",   "Flatten",
                                                        "Reshape",  "Transpose", "Squeeze",
                                                        "Slice",    "Unsqueeze", "MaxPool"};

/// What follows a float product up to its quantizer: the bounds of its result.
struct Bounds {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
};

const Tensor* constant_at(const Network& net, const Node& node, int n) {
    if (n < 0 || static_cast<std::size_t>(n) >= node.inputs.size()) return nullptr;
    return net.constant(node.inputs[static_cast<std::size_t>(n)]);
}

/// Of opset 11 on inputs, before attributes. False if they are not constant.
bool clip(const Network& net, const Node& node, Bounds& b) {
    const auto bound = [&](std::size_t n, std::string_view name, double& at, bool upper) {
        double value = node.real(name, static_cast<float>(upper ? b.high : b.low));
        if (n < node.inputs.size() && node.inputs[n] >= 0) {
            const Tensor* t = net.constant(node.inputs[n]);
            if (!t || t->size() != 1) return false;
            value = t->number(0);
        }
        at = upper ? std::min(at, value) : std::max(at, value);
        return true;
    };
    return bound(1, "min", b.low, false) && bound(2, "max", b.high, true);
}

/// The one node that takes a value; null if there are several, or the value is the model's result.
const Node* only_user(const Network& net, int value) {
    if (value < 0 || value == net.model.output) return nullptr;
    const Node* user = nullptr;
    for (const Node& node : net.model.nodes) {
        const auto uses = std::ranges::count(node.inputs, value);
        if (uses == 0) continue;
        if (uses > 1 || user) return nullptr;
        user = &node;
    }
    return user;
}

std::optional<OutputQuantizer> made(const Tensor* scale, const Tensor* zero, Type type,
                                    const Bounds& b) {
    if (!scale || scale->size() != 1 || !(scale->number(0) > 0)) return std::nullopt;
    if (zero && zero->size() != 1) return std::nullopt;
    OutputQuantizer q{scale->number(0), zero ? static_cast<std::int64_t>(zero->number(0)) : 0,
                      lowest(type), highest(type), type};
    const auto zero_point = static_cast<double>(q.zero_point);
    const auto integer = [&](double real) {
        const double at = std::nearbyint(real / q.scale) + zero_point;
        return static_cast<std::int64_t>(
            std::clamp(at, static_cast<double>(q.low), static_cast<double>(q.high)));
    };
    const OutputQuantizer type_range = q;
    if (std::isfinite(b.low)) q.low = std::max(type_range.low, integer(b.low));
    if (std::isfinite(b.high)) q.high = std::min(type_range.high, integer(b.high));
    return q;
}

}  // namespace

std::optional<OutputQuantizer> output_quantizer(const Network& net, const Layer& layer) {
    const Node& product = net.node(layer);
    const ProductKind& kind = *product_kind(product.type);
    if (kind.integer) {
        const Tensor* zero = constant_at(net, product, kind.y_zero);
        return made(constant_at(net, product, kind.y_scale), zero, zero ? zero->type : Type::u8,
                    {});
    }
    Bounds bounds;
    for (const Node* node = only_user(net, product.outputs[0]); node;
         node = only_user(net, node->outputs[0])) {
        if (node->type == "Relu") {
            bounds.low = std::max(bounds.low, 0.0);
        } else if (node->type == "Clip") {
            if (!clip(net, *node, bounds)) return std::nullopt;
        } else if (node->type == "QuantizeLinear") {
            const Tensor* zero = constant_at(net, *node, 2);
            if (node->inputs.size() > 2 && node->inputs[2] >= 0 && !zero) return std::nullopt;
            return made(constant_at(net, *node, 1), zero, zero ? zero->type : Type::u8, bounds);
        } else if (std::ranges::find(order_kept, node->type) == order_kept.end()) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::vector<double> output_scales(const Network& net, const Layer& layer) {
    const Node& node = net.node(layer);
    const ProductKind& kind = *product_kind(node.type);
    const std::size_t outputs = layer.lowering->all_outputs();
    const double alpha = node.real("alpha", 1);
    std::vector<double> scales(outputs, alpha);
    if (!kind.integer) return scales;
    const Tensor* x = constant_at(net, node, layer.swapped ? kind.w_scale : kind.x_scale);
    const Tensor* w = constant_at(net, node, layer.swapped ? kind.x_scale : kind.w_scale);
    for (std::size_t o = 0; o < outputs; ++o) {
        if (x) scales[o] *= x->number(0);
        if (w) scales[o] *= w->number(w->size() == 1 ? 0 : o);
    }
    return scales;
}

}  // namespace network
