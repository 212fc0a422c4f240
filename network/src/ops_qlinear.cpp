// SPDX-License-Identifier: Apache-2.0
/// ONNX Runtime's integer nodes (domain com.microsoft): each computes the real function of the
/// dequantized inputs in double and requantizes it once, half to even.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ops.hpp"
#include "pool.hpp"

namespace network {

namespace {

/// Scale and zero point at two inputs, each one number.
struct Affine {
    double scale = 1;
    std::int64_t zero = 0;
    double real(std::int64_t q) const { return scale * static_cast<double>(q - zero); }
};

/// `type`: of the integers that they belong to.
Affine affine(const Call& c, std::size_t scale, std::size_t zero, Type type) {
    const auto single = [&](std::size_t n) {
        if (c.in(n).size() == 1) return;
        refuse(fmt::format("input {}: found shape {}; expected one number", n,
                           shape_text(c.in(n).shape)));
    };
    scale_input(c, scale);
    single(scale);
    Affine a{c.in(scale).f[0], 0};
    if (!c.has(zero)) return a;
    if (c.in(zero).type != type) {
        refuse(fmt::format("input {}: found {}; expected a zero point of {}", zero,
                           type_name(c.in(zero).type), type_name(type)));
    }
    single(zero);
    a.zero = c.in(zero).i[0];
    return a;
}

template <class F>
Results elementwise(const Call& c, F&& function) {
    const Tensor& x = quantized_input(c, 0);
    const Affine from = affine(c, 1, 2, x.type), to = affine(c, 3, 4, x.type);
    Tensor y(x.type, x.shape);
    for (std::size_t n = 0; n < y.i.size(); ++n) {
        y.i[n] = requantized(function(from.real(x.i[n])) / to.scale, to.zero, y.type);
    }
    return one(std::move(y));
}

template <class F>
Results combined(const Call& c, F&& function) {
    const Tensor &a = quantized_input(c, 0), &b = quantized_input(c, 3);
    const Affine fa = affine(c, 1, 2, a.type), fb = affine(c, 4, 5, b.type),
                 to = affine(c, 6, 7, a.type);
    expect(a.type == b.type, "the operands' types differ");
    Tensor y(a.type, broadcast(a.shape, b.shape));
    const Walk w = walk(y.shape, a.shape, b.shape);
    std::size_t at = 0;
    for (std::size_t r = 0; r < w.rows; ++r) {
        for (std::size_t n = 0; n < w.length; ++n) {
            const double p = fa.real(a.i[w.a[r] + n * w.inner_a]),
                         q = fb.real(b.i[w.b[r] + n * w.inner_b]);
            y.i[at++] = requantized(function(p, q) / to.scale, to.zero, y.type);
        }
    }
    return one(std::move(y));
}

Results pooled(const Call& c, const Pooled& p) {
    const Type type = c.in(0).type;
    const Affine from = affine(c, 1, 2, type), to = affine(c, 3, 4, type);
    Tensor y(c.in(0).type, p.shape);
    for (std::size_t n = 0; n < y.i.size(); ++n) {
        const auto [divisor, elements] = p.counts[n];
        const double sum = p.sums[n] - elements * static_cast<double>(from.zero);
        y.i[n] = requantized(sum / divisor * (from.scale / to.scale), to.zero, y.type);
    }
    return one(std::move(y));
}

void channels_first(const Call& c) {
    expect(c.node.integer("channels_last", 0) == 0, "channels_last: found 1; expected 0");
    quantized_input(c, 0);
}

}  // namespace

Results qlinear_add(const Call& c) {
    return combined(c, [](double a, double b) { return a + b; });
}
Results qlinear_mul(const Call& c) {
    return combined(c, [](double a, double b) { return a * b; });
}
Results qlinear_sigmoid(const Call& c) {
    return elementwise(c, [](double x) { return 1 / (1 + std::exp(-x)); });
}
Results qlinear_leaky_relu(const Call& c) {
    const double alpha = c.node.real("alpha", 0.01F);
    return elementwise(c, [alpha](double x) { return x < 0 ? alpha * x : x; });
}
Results qlinear_average_pool(const Call& c) {
    channels_first(c);
    return pooled(c, average_windows(c, c.in(0)));
}
Results qlinear_global_average_pool(const Call& c) {
    channels_first(c);
    return pooled(c, average_planes(c.in(0)));
}

Results qlinear_concat(const Call& c) {
    expect(c.inputs.size() % 3 == 2,
           "expected scale and zero point of the result, then three for each input");
    const Affine to = affine(c, 0, 1, quantized_input(c, 2).type);
    std::vector<Tensor> parts;
    for (std::size_t n = 2; n < c.inputs.size(); n += 3) {
        Tensor x = quantized_input(c, n);
        const Affine from = affine(c, n + 1, n + 2, x.type);
        for (std::int64_t& q : x.i) q = requantized(from.real(q) / to.scale, to.zero, x.type);
        parts.push_back(std::move(x));
    }
    Call joined{c.node, {}};
    for (const Tensor& part : parts) joined.inputs.push_back(&part);
    return concat(joined);
}

}  // namespace network
