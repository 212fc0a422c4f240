// SPDX-License-Identifier: Apache-2.0
/// One element at a time: computed in double, rounded once to float32.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "onnx.hpp"
#include "ops.hpp"

namespace network {

namespace {

template <class F>
Results each(const Call& call, F&& function) {
    const Tensor& x = real_input(call, 0);
    Tensor y = Tensor::unset(x.shape);
    for (std::size_t n = 0; n < y.f.size(); ++n)
        y.f[n] = static_cast<float>(function(double{x.f[n]}));
    return one(std::move(y));
}

/// The same for integers, which wrap as their type does.
template <class I>
Results each_integer(const Call& call, I&& integer) {
    Tensor y(call.in(0).type, call.in(0).shape);
    for (std::size_t n = 0; n < y.i.size(); ++n) y.i[n] = wrapped(y.type, integer(call.in(0).i[n]));
    return one(std::move(y));
}

template <class F, class I>
Results each_of(const Call& call, F&& real, I&& integer) {
    return call.in(0).is_float() ? each(call, real) : each_integer(call, integer);
}

/// Subtraction that wraps.
std::int64_t negated(std::int64_t x) {
    return static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(x));
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// A bound of Clip as an input, opset 11 and later: one number of the data's type.
const Tensor& bound(const Call& c, std::size_t n) {
    return single_input(c, n, n == 1 ? "min" : "max");
}

/// The same where attributes are the older way.
double real_bound(const Call& c, std::size_t n, std::string_view key, double otherwise) {
    if (c.has(n)) return bound(c, n).f[0];
    return c.node.real(key, static_cast<float>(otherwise));
}

}  // namespace

std::int64_t truncated(double x) {
    constexpr double top = 9223372036854774784.0;  // the largest double below 2^63
    return std::isnan(x) ? 0 : static_cast<std::int64_t>(std::clamp(std::trunc(x), -top, top));
}

double round_even(double x) {
    const double down = std::floor(x), rest = x - down;
    if (rest != 0.5) return rest < 0.5 ? down : down + 1;
    return std::fmod(down, 2) == 0 ? down : down + 1;
}

Results relu(const Call& c) {
    if (!c.in(0).is_float())
        return each_integer(c, [](std::int64_t x) { return std::max<std::int64_t>(x, 0); });
    const Tensor& x = real_input(c, 0);
    Tensor y = Tensor::unset(x.shape);
    // In float32, without a branch that half of the elements would turn.
    for (std::size_t n = 0; n < y.f.size(); ++n) y.f[n] = x.f[n] < 0 ? 0.0F : x.f[n];
    return one(std::move(y));
}
Results leaky_relu(const Call& c) {
    const double alpha = c.node.real("alpha", 0.01F);
    return each(c, [alpha](double x) { return x < 0 ? alpha * x : x; });
}
Results sigmoid(const Call& c) { return each(c, logistic); }
Results tanh_op(const Call& c) {
    return each(c, [](double x) { return std::tanh(x); });
}
Results hard_sigmoid(const Call& c) {
    const double alpha = c.node.real("alpha", 0.2F), beta = c.node.real("beta", 0.5F);
    return each(c, [=](double x) { return std::clamp(alpha * x + beta, 0.0, 1.0); });
}
Results hard_swish(const Call& c) {
    return each(c, [](double x) { return x * std::max(0.0, std::min(1.0, x / 6 + 0.5)); });
}
Results sign(const Call& c) {
    return each_of(
        c, [](double x) { return std::isnan(x) ? x : double((x > 0) - (x < 0)); },
        [](std::int64_t x) { return std::int64_t{(x > 0) - (x < 0)}; });
}
Results neg(const Call& c) {
    return each_of(
        c, [](double x) { return -x; }, negated);
}
Results abs_op(const Call& c) {
    return each_of(
        c, [](double x) { return std::abs(x); },
        [](std::int64_t x) { return x < 0 ? negated(x) : x; });
}
Results sqrt_op(const Call& c) {
    return each(c, [](double x) { return std::sqrt(x); });
}
Results exp_op(const Call& c) {
    return each(c, [](double x) { return std::exp(x); });
}
Results reciprocal(const Call& c) {
    return each(c, [](double x) { return 1 / x; });
}
Results floor_op(const Call& c) {
    return each(c, [](double x) { return std::floor(x); });
}
Results ceil_op(const Call& c) {
    return each(c, [](double x) { return std::ceil(x); });
}
Results round_op(const Call& c) { return each(c, round_even); }

Results clip(const Call& c) {
    constexpr double top = std::numeric_limits<float>::max();
    if (c.in(0).is_float()) {
        const double low = real_bound(c, 1, "min", -top), high = real_bound(c, 2, "max", top);
        const bool free_low = !given(c, 1, "min"), free_high = !given(c, 2, "max");
        return each(c, [=](double x) {
            if (!free_low && x < low) x = low;
            if (!free_high && x > high) x = high;
            return x;
        });
    }
    Tensor y = c.in(0);
    const std::int64_t low = c.has(1) ? bound(c, 1).i[0] : lowest(y.type);
    const std::int64_t high = c.has(2) ? bound(c, 2).i[0] : highest(y.type);
    for (std::int64_t& v : y.i) v = std::min(std::max(v, low), high);
    return one(std::move(y));
}

Results batch_normalization(const Call& c) {
    const Tensor& x = real_input(c, 0);
    expect(c.node.integer("training_mode", 0) == 0, "training_mode: found 1; expected 0");
    expect(c.node.integer("spatial", 1) == 1, "spatial: found 0; expected 1");
    expect(x.rank() >= 2, "expected an input of two axes or more");
    const auto channels = static_cast<std::size_t>(x.shape[1]);
    for (std::size_t n = 1; n < 5; ++n) {
        if (real_input(c, n).size() != channels) {
            refuse(fmt::format("input {}: found shape {}; expected ({},)", n,
                               shape_text(c.in(n).shape), channels));
        }
    }
    const double epsilon = c.node.real("epsilon", 1e-5F);
    Tensor y(Type::f32, x.shape);
    const auto images = static_cast<std::size_t>(x.shape[0]);
    const std::size_t plane = channels * images == 0 ? 0 : x.size() / (channels * images);
    for (std::size_t n = 0; n < images * channels; ++n) {
        const std::size_t k = n % channels;
        const double mean = c.in(3).f[k], shift = c.in(2).f[k];
        const double factor = c.in(1).f[k] / std::sqrt(c.in(4).f[k] + epsilon);
        for (std::size_t p = n * plane; p < (n + 1) * plane; ++p) {
            y.f[p] = static_cast<float>((x.f[p] - mean) * factor + shift);
        }
    }
    return one(std::move(y));
}

namespace {

/// Significant bits of ONNX's float types; double is kept as float32.
int mantissa_bits(std::int64_t onnx_type) {
    if (onnx_type == onnx::TensorProto::FLOAT16) return 11;
    return onnx_type == onnx::TensorProto::BFLOAT16 ? 8 : 24;
}

/// Rounded to so many significant bits, half to even; float16's range and subnormal numbers too.
double to_digits(double x, int digits) {
    if (digits == 24 || !std::isfinite(x) || x == 0) return x;
    int exponent = 0;
    std::frexp(x, &exponent);
    const int least = digits == 11 ? -24 : -133;
    const int unit = std::max(exponent - digits, least);
    const double y = std::ldexp(round_even(std::ldexp(x, -unit)), unit);
    constexpr double top = 65504;
    return digits == 11 && std::abs(y) > top
               ? std::copysign(std::numeric_limits<double>::infinity(), x)
               : y;
}

}  // namespace

Results cast(const Call& c) {
    const Type to = type_attribute(c, "to", 1);
    const Tensor& x = c.in(0);
    const int digits = mantissa_bits(c.node.integer("to", 1));
    if (to == x.type && digits == 24) return one(x);
    Tensor y(to, x.shape);
    for (std::size_t n = 0; n < x.size(); ++n) {
        if (y.is_float()) {
            y.f[n] = static_cast<float>(to_digits(x.number(n), digits));
        } else if (to == Type::boolean) {
            y.i[n] = x.number(n) != 0;
        } else {
            y.i[n] = wrapped(to, x.is_float() ? truncated(x.f[n]) : x.i[n]);
        }
    }
    return one(std::move(y));
}

}  // namespace network
