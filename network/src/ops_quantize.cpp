// SPDX-License-Identifier: Apache-2.0
/// From real values to integers and back: ONNX's pair of nodes, and QONNX's nodes that do both.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data.hpp"
#include "onnx.hpp"
#include "ops.hpp"
#include "quantizer.hpp"

namespace network {

namespace {

/// A scale or zero point for each element: one for all, one along an axis.
class Along {
  public:
    Along(const Tensor& parameter, const Call& c) : split_{1, 1, 1} {
        if (parameter.size() == 1) return;
        const Shape& shape = c.in(0).shape;
        const std::size_t axis = axis_of(c.node.integer("axis", 1), c.in(0).rank());
        split_ = split_at(shape, axis);
        if (parameter.rank() != 1 || parameter.shape[0] != shape[axis]) {
            refuse(
                fmt::format("found a scale or zero point of shape {}; expected one number or ({},)",
                            shape_text(parameter.shape), shape[axis]));
        }
        per_axis_ = true;
    }
    std::size_t operator()(std::size_t n) const {
        return per_axis_ ? n / split_.inner % split_.extent : 0;
    }

  private:
    Split split_;
    bool per_axis_ = false;
};

void no_blocks(const Call& c) {
    expect(c.node.integer("block_size", 0) == 0, "block_size: expected 0");
    const Tensor& scale = scale_input(c, 1);
    if (!c.has(2)) return;
    expect(integer_input(c, 2).size() == scale.size(), "scale and zero point differ in shape");
}

/// What a quantized tensor may be: its integers less a zero point stay far from int64's ends.
void expect_narrow(Type type) {
    if (type == Type::boolean || type == Type::i64 || type == Type::u64)
        refuse(fmt::format("found {}; expected integers of 8, 16 or 32 bits", type_name(type)));
}

Type quantized_type(const Call& c) {
    if (c.has(2)) return integer_input(c, 2).type;
    return c.node.integer("output_dtype", 0) == 0 ? Type::u8 : type_attribute(c, "output_dtype", 0);
}

}  // namespace

std::int64_t requantized(double x, std::int64_t zero_point, Type type) {
    if (std::isnan(x)) return zero_point;
    const double y = round_even(x) + static_cast<double>(zero_point);
    return static_cast<std::int64_t>(
        std::clamp(y, static_cast<double>(lowest(type)), static_cast<double>(highest(type))));
}

Results quantize_linear(const Call& c) {
    no_blocks(c);
    const Tensor& x = real_input(c, 0);
    const Type type = quantized_type(c);
    expect_narrow(type);
    Tensor y(type, x.shape);
    const Along along(c.in(1), c);
    for (std::size_t n = 0; n < y.i.size(); ++n) {
        const std::size_t k = along(n);
        const float quotient = x.f[n] / c.in(1).f[k];  // in float32, as the operator says
        y.i[n] = requantized(quotient, c.has(2) ? c.in(2).i[k] : 0, type);
    }
    return one(std::move(y));
}

Results dequantize_linear(const Call& c) {
    no_blocks(c);
    const Tensor& x = integer_input(c, 0);
    expect_narrow(x.type);
    if (c.has(2) && c.in(2).type != x.type) {
        refuse(fmt::format("input 2 (zero point): found {}; expected {}, the type of input 0",
                           type_name(c.in(2).type), type_name(x.type)));
    }
    Tensor y(Type::f32, x.shape);
    const Along along(c.in(1), c);
    for (std::size_t n = 0; n < y.f.size(); ++n) {
        const std::size_t k = along(n);
        y.f[n] = static_cast<float>(x.i[n] - (c.has(2) ? c.in(2).i[k] : 0)) * c.in(1).f[k];
    }
    return one(std::move(y));
}

QuantRange quant_range(const Node& node, double bits) {
    const bool is_signed = node.integer("signed", 1) != 0, narrow = node.integer("narrow", 0) != 0;
    if (!(bits >= 1 && bits <= 32)) refuse(fmt::format("found {} bits; expected 1 to 32", bits));
    const double all = std::exp2(bits), half = std::exp2(bits - 1);
    if (is_signed && bits == 1) return {-1, 1, true};
    if (is_signed) return {narrow ? 1 - half : -half, half - 1, false};
    return {0, all - (narrow ? 2 : 1), false};
}

namespace {

using Rounding = double (*)(double);
Rounding rounding_of(std::string mode) {
    for (char& c : mode) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    if (mode == "ROUND" || mode == "HALF_EVEN") return round_even;
    if (mode == "CEIL") return [](double x) { return std::ceil(x); };
    if (mode == "FLOOR") return [](double x) { return std::floor(x); };
    if (mode == "UP") return [](double x) { return x < 0 ? std::floor(x) : std::ceil(x); };
    if (mode == "DOWN" || mode == "ROUND_TO_ZERO") return [](double x) { return std::trunc(x); };
    if (mode == "HALF_UP")
        return [](double x) { return x < 0 ? std::ceil(x - 0.5) : std::floor(x + 0.5); };
    if (mode == "HALF_DOWN")
        return [](double x) { return x < 0 ? std::floor(x + 0.5) : std::ceil(x - 0.5); };
    refuse(fmt::format(
        "rounding_mode: found {}; expected ROUND, HALF_EVEN, CEIL, FLOOR, UP, DOWN, HALF_UP or HALF_DOWN",
        printable(mode)));
}

float bipolar(float x) { return x >= 0 ? 1.0F : -1.0F; }

}  // namespace

Results quant(const Call& c) {
    const Tensor& x = real_input(c, 0);
    const Tensor &scale = scale_input(c, 1), &zero = real_input(c, 2);
    expect(c.in(3).size() == 1, "bit_width: expected one number");
    const QuantRange range = quant_range(c.node, c.in(3).number(0));
    const Rounding round = rounding_of(c.node.text("rounding_mode", "ROUND"));
    expect(broadcast(x.shape, scale.shape) == x.shape && broadcast(x.shape, zero.shape) == x.shape,
           "scale or zero point do not fit the input's shape");
    Tensor y(Type::f32, x.shape);
    const Walk w = walk(y.shape, scale.shape, zero.shape);
    std::size_t at = 0;
    for (std::size_t r = 0; r < w.rows; ++r) {
        for (std::size_t n = 0; n < w.length; ++n, ++at) {
            const float s = scale.f[w.a[r] + n * w.inner_a], z = zero.f[w.b[r] + n * w.inner_b];
            const float units = x.f[at] / s + z;
            const double q = range.bipolar
                                 ? bipolar(units)
                                 : round(std::clamp<double>(units, range.low, range.high));
            y.f[at] = (static_cast<float>(q) - z) * s;
        }
    }
    return one(std::move(y));
}

Results bipolar_quant(const Call& c) {
    const Tensor &x = real_input(c, 0), &scale = scale_input(c, 1);
    const Tensor s = expand(scale, x.shape);
    expect(s.shape == x.shape, "the scale does not fit the input's shape");
    Tensor y(Type::f32, x.shape);
    for (std::size_t n = 0; n < y.f.size(); ++n) y.f[n] = bipolar(x.f[n]) * s.f[n];
    return one(std::move(y));
}

}  // namespace network
