// SPDX-License-Identifier: Apache-2.0
/// Layers whose results the macro's output stage quantizes, as the model's own quantizer would.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "lowering.hpp"
#include "network/mapping.hpp"
#include "operands/operands.hpp"
#include "output_quantizer.hpp"
#include "quantize/next_scale.hpp"

namespace network {

std::string no_stage(const Network& net, const Layer& layer, const OutputQuantizer& output,
                     const generator::Config& c) {
    const auto wrong = [&](const std::string& found, const std::string& expected) {
        return fmt::format("{}: error: found {}; expected {}\n", place(net.model, net.node(layer)),
                           found, expected);
    };
    if (layer.dialect == Dialect::real || layer.dialect == Dialect::qonnx || !layer.input ||
        layer.weights.empty()) {
        return wrong(fmt::format("a layer of the dialect {}", dialect_name(layer.dialect)),
                     "QDQ or QOperator with both operands quantized, for --integer");
    }
    if (!c.output.requant) return wrong("output.mode: raw with --integer", "output.mode: requant");
    const Node& node = net.node(layer);
    const int bias = product_kind(node.type)->bias;
    if (!c.accumulator.bias && bias >= 0 && std::ssize(node.inputs) > bias)
        return wrong("a bias with accumulator.bias: false",
                     "accumulator.bias: true, for --integer");
    if (generator::output_range(c.output) == std::pair(lowest(output.type), highest(output.type)))
        return {};
    const int bits = output.type == Type::i8 || output.type == Type::u8 ? 8 : 16;
    return wrong(fmt::format("output.bits: {}, output.signed: {} for its {} results", c.output.bits,
                             c.output.is_signed, type_name(output.type)),
                 fmt::format("output.bits: {}, output.signed: {} (--layer {}:output.signed={})",
                             bits, lowest(output.type) < 0, layer.name, lowest(output.type) < 0));
}

/// Scales are found on the sums: the stage is left out until all else is there.
void MappedLayer::take_stage() {
    if (!macro_.stage) return;
    macro_.design.config.output.requant = false;
    macro_.design = generator::elaborate(macro_.design.config);
    spec_ = operands::to_spec(macro_.design.config, macro_.settings);
}

void MappedLayer::set_stage() {
    if (!macro_.stage) return;
    if (weight_shift_ != 0) {
        fail(
            fmt::format("its weights less their zero points lie {} outside the macro's range; "
                        "expected weights that fit, for --integer",
                        std::abs(weight_shift_)));
    }
    generator::Config config = macro_.design.config;
    config.output.requant = true;
    macro_.design = generator::elaborate(config);
    spec_ = operands::to_spec(config, macro_.settings);
    const Lowering& l = *layer_->lowering;
    const std::vector<double> scales = output_scales(*net_, *layer_);
    for (std::size_t g = 0; g < l.groups; ++g) {
        Group& group = groups_[g];
        std::vector<double> unit(l.outputs);
        for (std::size_t m = 0; m < l.outputs; ++m) {
            const std::size_t o = g * l.outputs + m;
            unit[m] = group.unit[m] * input_scale_ * weight_scale_[o] * scales[o];
        }
        const quantize::Requantization r = quantize::requantization(
            config, unit, l.outputs,
            {.scale = macro_.stage->scale, .zero_point = macro_.stage->zero_point});
        group.operands.multiplier = r.multiplier;
        group.operands.shift = r.shift;
        group.operands.output = {.zero_point = r.zero_point,
                                 .clamp = std::pair(std::max(r.clamp.first, macro_.stage->low),
                                                    std::min(r.clamp.second, macro_.stage->high))};
    }
}

/// The layer's result in the model's own terms.
Tensor MappedLayer::stage_tensor(std::span<const double> integers) const {
    const bool real = !product_kind(net_->node(*layer_).type)->integer;
    Tensor y(real ? Type::f32 : macro_.stage->type, layer_->lowering->shape);
    for (std::size_t n = 0; n < integers.size(); ++n) {
        if (real) {
            const double value =
                (integers[n] - static_cast<double>(macro_.stage->zero_point)) * macro_.stage->scale;
            y.f[n] = static_cast<float>(value);
        } else {
            y.i[n] = static_cast<std::int64_t>(integers[n]);
        }
    }
    return y;
}

/// Against the integers that the model's own nodes make of the same inputs, `own` the product's
/// result in them.
void MappedLayer::compare_stage(const Tensor& own, std::span<const double> integers,
                                StageCount& count) const {
    const auto zero = static_cast<double>(macro_.stage->zero_point);
    const auto low = static_cast<double>(macro_.stage->low),
               high = static_cast<double>(macro_.stage->high);
    for (std::size_t n = 0; n < integers.size(); ++n) {
        double wanted = own.number(n);
        if (own.is_float()) {
            const float steps = own.f[n] / static_cast<float>(macro_.stage->scale);
            wanted = std::clamp(std::nearbyint(static_cast<double>(steps)) + zero, low, high);
        }
        const double real = (wanted - zero) * macro_.stage->scale;
        const double error = (integers[n] - wanted) * macro_.stage->scale;
        count.signal += real * real;
        count.error += error * error;
        count.equal += integers[n] == wanted;
    }
}

}  // namespace network
