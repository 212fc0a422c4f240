// SPDX-License-Identifier: Apache-2.0
#include "network/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "evaluate.hpp"
#include "generator/scheme.hpp"
#include "lowering.hpp"
#include "operands/operands.hpp"

namespace network {

namespace {

constexpr std::string_view no_registers =
    "its bias and zero points need starting values in the macro; expected accumulator.bias: true, "
    "for --integer";

generator::ValueRange inputs_of(const generator::Config& c) {
    return generator::scheme_of(c).input_range(c);
}
generator::ValueRange weights_of(const generator::Config& c) {
    return generator::scheme_of(c).weight_range(c);
}

/// What is added to low … high so that it lies in the range; nothing if it is too wide.
std::optional<std::int64_t> shift_into(std::int64_t low, std::int64_t high,
                                       const generator::ValueRange& r) {
    if (r.stride != 1 || high - low > r.max - r.min) return std::nullopt;
    if (low < r.min) return r.min - low;
    return high > r.max ? r.max - high : 0;
}

struct Extremes {
    std::int64_t low = 0, high = 0;
};
Extremes extremes(const std::vector<std::int64_t>& values) {
    const auto [low, high] = std::ranges::minmax(values);
    return {low, high};
}

bool input_fits(const Layer& l, const generator::Config& c) {
    if (!l.input) return true;
    const auto range = inputs_of(c);
    if (range.stride != 1) return l.input->bipolar && !l.input->has_zeros;
    return shift_into(l.input->low, l.input->high, range).has_value();
}

bool weights_fit(const Layer& l, const generator::Config& c) {
    if (l.weights.empty()) return true;
    const auto range = weights_of(c);
    if (range.stride != 1) return l.bipolar_weights;
    const Extremes e = extremes(l.weights);
    return shift_into(e.low, e.high, range).has_value();
}

std::string range_text(const generator::ValueRange& r) {
    if (r.stride == 1) return fmt::format("{} to {}", r.min, r.max);
    if (r.max - r.min == r.stride) return fmt::format("{} and {}", r.min, r.max);
    return fmt::format("{} to {} in steps of {}", r.min, r.max, r.stride);
}

}  // namespace

std::string misfit(const Network& net, const Layer& l, const generator::Config& c) {
    std::string text;
    const std::string remedy = "; --requantize finds new integers, --digital leaves the layer out";
    if (!input_fits(l, c)) {
        const auto range = inputs_of(c);
        const std::string zeros =
            range.stride != 1 && l.input->bipolar ? " and zeros of its pads" : "";
        text += fmt::format(
            "{}: error: its inputs are integers from {} to {}{}; expected what scheme {} holds: {}{}\n",
            place(net.model, net.node(l)), l.input->low, l.input->high, zeros, c.scheme(),
            range_text(range), remedy);
    }
    if (!weights_fit(l, c)) {
        const Extremes e = extremes(l.weights);
        text += fmt::format(
            "{}: error: its weights are integers from {} to {}; expected what scheme {} holds: {}{}\n",
            place(net.model, net.node(l)), e.low, e.high, c.scheme(), range_text(weights_of(c)),
            remedy);
    }
    return text;
}

std::string too_deep(const Network& net, const Layer& layer, const generator::Config& c) {
    const auto rows = static_cast<std::size_t>(c.array.rows), depth = layer.lowering->depth;
    const std::size_t tiles = (depth + rows - 1) / rows;
    if (tiles <= static_cast<std::size_t>(c.accumulator.max_tiles)) return {};
    return fmt::format(
        "{}: error: its {} features need {} tiles of {} rows; expected at most "
        "accumulator.max_tiles: {}\n",
        place(net.model, net.node(layer)), depth, tiles, rows, c.accumulator.max_tiles);
}

std::string no_sums(const Network& net, const Layer& layer, const generator::Design& d) {
    const bool requant = d.config.output.requant;
    if (!requant && d.result_bits == 0) return {};
    return fmt::format("{}: error: found {} of the macro; expected sums ({})\n",
                       place(net.model, net.node(layer)),
                       requant ? "requantized outputs" : "decisions as outputs",
                       requant ? "output.mode: raw" : "binsparx.threshold: false");
}

MappedLayer::MappedLayer(const Network& net, const Layer& layer, LayerMacro macro,
                         const Sample& sample, const MappingOptions& options)
    : net_(&net),
      layer_(&layer),
      macro_(std::move(macro)),
      spec_(operands::to_spec(macro_.design.config, macro_.settings)) {
    try {
        take_stage();
        find_input(sample, options);
        find_weights(options);
        place_integers();
        fit_columns(sample);
        if (macro_.fit_step) fit_step(sample);
        for (Group& group : groups_)
            group.operands.noise_stream = 16 + static_cast<std::uint32_t>(layer.number);
        finish_groups();
        find_bits(sample);
        set_stage();
    } catch (const base::Error& e) {
        const std::string_view message = e.what();
        if (message.starts_with(net.model.path)) throw;  // it has its place
        fail(std::string(message));
    }
}

void MappedLayer::fail(const std::string& message) const {
    fail_at(net_->model, net_->node(*layer_), message);
}

std::size_t MappedLayer::tiles() const {
    const auto rows = static_cast<std::size_t>(macro_.design.config.array.rows);
    return (layer_->lowering->depth + rows - 1) / rows;
}

void MappedLayer::find_input(const Sample& sample, const MappingOptions& options) {
    const generator::Config& c = macro_.design.config;
    if (layer_->input && (input_fits(*layer_, c) || !options.requantize)) {
        input_scale_ = layer_->input->scale;
        if (inputs_of(c).stride == 1)
            shift_ = *shift_into(layer_->input->low, layer_->input->high, inputs_of(c));
        return;
    }
    const std::size_t depth = layer_->lowering->depth;
    const auto& vectors = sample.vectors.front();
    quantizer_.emplace(c, sample.values,
                       operands::Tensor<double>{{vectors.size() / depth, depth}, vectors});
    input_scale_ = quantizer_->scale();
    shift_ = quantizer_->zero_point();
}

void MappedLayer::find_weights(const MappingOptions& options) {
    const generator::Config& c = macro_.design.config;
    const Lowering& l = *layer_->lowering;
    if (!layer_->weights.empty() && (weights_fit(*layer_, c) || !options.requantize)) {
        weights_ = layer_->weights;
        weight_scale_ = layer_->weight_scale;
        if (weights_of(c).stride == 1) {
            const Extremes e = extremes(weights_);
            weight_shift_ = *shift_into(e.low, e.high, weights_of(c));
        }
        return;
    }
    found_weights_ = true;
    const Tensor& w = *net_->constant(layer_->w);
    operands::Tensor<double> real{{l.depth, l.all_outputs()},
                                  std::vector<double>(l.depth * l.all_outputs())};
    const auto each = [&](auto&& f) {
        for (std::size_t k = 0; k < l.depth; ++k) {
            for (std::size_t o = 0; o < l.all_outputs(); ++o) {
                f(k * l.all_outputs() + o, l.weight(o / l.outputs, k, o % l.outputs), o);
            }
        }
    };
    each([&](std::size_t to, std::size_t from, std::size_t o) {
        real.data[to] = layer_->weights.empty()
                            ? w.number(from)
                            : static_cast<double>(layer_->weights[from]) * layer_->weight_scale[o];
    });
    const quantize::WeightIntegers found = quantize::quantize_weights(c, real, options.per_output);
    weights_.resize(w.size());
    each([&](std::size_t to, std::size_t from, std::size_t) {
        weights_[from] = found.integers.data[to];
    });
    weight_scale_.resize(l.all_outputs());
    for (std::size_t o = 0; o < weight_scale_.size(); ++o) {
        weight_scale_[o] = found.scale[found.scale.size() == 1 ? 0 : o];
    }
}

void MappedLayer::place_integers() {
    const Lowering& l = *layer_->lowering;
    for (std::size_t g = 0; g < l.groups; ++g) {
        Group group;
        golden::Matrix& w = group.operands.weights;
        w.rows = l.depth;
        w.cols = l.outputs;
        for (std::size_t k = 0; k < l.depth; ++k) {
            for (std::size_t m = 0; m < l.outputs; ++m)
                w.data.push_back(weights_[l.weight(g, k, m)] + weight_shift_);
        }
        group.unit.assign(l.outputs, 1);
        groups_.push_back(std::move(group));
    }
}

/// Units, corrections and the starting values of the registers.
void MappedLayer::finish_groups() {
    const generator::Config& c = macro_.design.config;
    const Lowering& l = *layer_->lowering;
    const bool counts_steps = quantize::counts_steps(c);
    const double step = counts_steps ? static_cast<double>(spec_.step_num) / spec_.step_den : 1;
    const Node& node = net_->node(*layer_);
    const ProductKind& kind = *product_kind(node.type);
    // A float layer's bias and zero point live in the registers where there are some, and those of
    // a layer that the output stage finishes.
    const bool found = !kind.integer && quantizer_ && found_weights_;
    const bool registers = c.accumulator.bias && (found || macro_.stage);
    const bool has_bias = kind.bias >= 0 && std::ssize(node.inputs) > kind.bias &&
                          node.inputs[static_cast<std::size_t>(kind.bias)] >= 0;
    const Tensor* bias = (registers || macro_.stage) && has_bias
                             ? net_->constant(node.inputs[static_cast<std::size_t>(kind.bias)])
                             : nullptr;
    if (registers) register_bias_.assign(l.all_outputs(), 0);
    const bool per_output =
        bias &&
        (bias->size() == 1 || (bias->size() == l.all_outputs() && bias->rank() > 0 &&
                               bias->shape.back() == static_cast<std::int64_t>(bias->size())));
    if (macro_.stage && has_bias && !per_output)
        fail("its bias is no constant of one value an output; expected one, for --integer");
    if (macro_.stage && has_bias && !registers) fail(std::string(no_registers));
    if (per_output) {
        const double beta = node.real("beta", 1), alpha = node.real("alpha", 1);
        for (std::size_t o = 0; o < l.all_outputs(); ++o) {
            const double value = bias->number(bias->size() == 1 ? 0 : o);
            const double share = kind.integer ? 1 : alpha == 0 ? 0 : beta / alpha;
            register_bias_[o] = share * value;
        }
    }
    for (std::size_t g = 0; g < l.groups; ++g) {
        Group& group = groups_[g];
        if (c.accumulator.bias) group.operands.bias.assign(l.outputs, 0);
        for (std::size_t m = 0; m < l.outputs; ++m) {
            group.unit[m] *= step;
            double sum = 0;
            for (std::size_t k = 0; k < l.depth; ++k)
                sum += static_cast<double>(group.operands.weights(k, m));
            const auto x = static_cast<double>(shift_), w = static_cast<double>(weight_shift_);
            const double correction = x * sum - static_cast<double>(l.depth) * x * w;
            if (macro_.stage && !registers && correction != 0) fail(std::string(no_registers));
            if (!registers) {
                group.correction.push_back(correction);
                continue;
            }
            const std::size_t o = g * l.outputs + m;
            const double start = register_bias_[o] / (input_scale_ * weight_scale_[o]) - correction;
            const double units = std::floor(start / group.unit[m] + 0.5);
            if (!(std::abs(units) < 4e18))
                fail(fmt::format("bias of output {} is too large for a register", o));
            group.operands.bias[m] = static_cast<std::int64_t>(units);
            group.correction.push_back(0);
        }
    }
}

namespace {

std::int32_t bounded(double integer) {
    constexpr double low = std::numeric_limits<std::int32_t>::lowest(),
                     high = std::numeric_limits<std::int32_t>::max();
    // Written so that NaN becomes the lowest.
    return static_cast<std::int32_t>(integer > low ? std::min(integer, high) : low);
}

}  // namespace

MappedLayer::Integers MappedLayer::integers(const Tensor& x) const {
    Integers out(x.size());
    if (quantizer_ && x.is_float()) {
        for (const float value : x.f) {
            if (!std::isfinite(value))
                fail(fmt::format("found {} among its inputs; expected a finite number", value));
        }
        (*quantizer_)(x.f, out);
    } else if (quantizer_) {
        for (std::size_t n = 0; n < out.size(); ++n) {
            out[n] = static_cast<std::int32_t>(
                (*quantizer_)(static_cast<double>(x.i[n] - layer_->zero_point)));
        }
    } else if (x.is_float()) {
        const auto add = static_cast<double>(shift_);
        for (std::size_t n = 0; n < out.size(); ++n)
            out[n] = bounded(std::nearbyint(x.f[n] / input_scale_) + add);
    } else {
        for (std::size_t n = 0; n < out.size(); ++n)
            out[n] = bounded(static_cast<double>(x.i[n] - layer_->zero_point + shift_));
    }
    return out;
}

}  // namespace network
