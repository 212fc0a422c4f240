// SPDX-License-Identifier: Apache-2.0
/// Convolutions and matrix products in float32, or in integers and requantized: sums in double.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "epilogue.hpp"
#include "gather.hpp"
#include "gemm.hpp"
#include "lowering.hpp"
#include "ops.hpp"

namespace network {

namespace {

constexpr std::size_t chunk_elements = std::size_t{1} << 13;  // of sums at a time

/// A scale or zero point of an operand: one, or one an output.
std::vector<double> per_output(const Call& c, int input, std::size_t outputs, double otherwise) {
    if (input < 0 || !c.has(static_cast<std::size_t>(input)))
        return std::vector<double>(outputs, otherwise);
    const Tensor& t = c.in(static_cast<std::size_t>(input));
    if (t.size() != 1 && t.size() != outputs) {
        refuse(fmt::format("input {}: found shape {}; expected one number or {}", input,
                           shape_text(t.shape), outputs));
    }
    std::vector<double> out(outputs);
    for (std::size_t m = 0; m < outputs; ++m) out[m] = t.number(t.size() == 1 ? 0 : m);
    return out;
}

double single(const Call& c, int input, double otherwise) {
    if (input < 0 || !c.has(static_cast<std::size_t>(input))) return otherwise;
    const Tensor& t = c.in(static_cast<std::size_t>(input));
    if (t.size() != 1)
        refuse(fmt::format("input {}: found shape {}; expected one number", input,
                           shape_text(t.shape)));
    return t.number(0);
}

/// The product's sums (V of a group at a time): x and w less their zero points.
template <class S, class W>
void sums_of(const Lowering& l, std::span<const S> x, double x_zero, std::span<const W> w,
             const std::vector<double>& w_zero, std::vector<double>& sums) {
    const std::size_t width = gemm_width(l.outputs);
    const std::size_t chunk = std::clamp<std::size_t>(chunk_elements / width, 1, l.vectors);
    std::vector<double> weights(l.depth * width, 0), y(chunk * width);
    for (std::size_t g = 0; g < l.groups; ++g) {
        for (std::size_t m = 0; m < l.outputs; ++m) {
            for (std::size_t k = 0; k < l.depth; ++k) {
                weights[k * width + m] =
                    static_cast<double>(w[l.weight(g, k, m)]) - w_zero[g * l.outputs + m];
            }
        }
        const Places rows = places_of(l, x.data(), x.size(), g,
                                      [x_zero](S s) { return static_cast<double>(s) - x_zero; });
        for (std::size_t v = 0; v < l.vectors; v += chunk) {
            const std::size_t count = std::min(chunk, l.vectors - v);
            gemm({rows.data.data(), rows.starts.data() + v, rows.offsets.data(), l.depth}, count,
                 weights.data(), width, y.data());
            for (std::size_t m = 0; m < l.outputs; ++m) {
                for (std::size_t n = 0; n < count; ++n)
                    sums[l.result(g, v + n, m)] = y[n * width + m];
            }
        }
    }
}

}  // namespace

Epilogue::Epilogue(const Call& c, const Lowering& l)
    : lowering_(l), kind_(*product_kind(c.node.type)) {
    const std::size_t outputs = l.all_outputs();
    alpha_ = c.node.real("alpha", 1);
    beta_ = c.node.real("beta", 1);
    if (kind_.bias >= 0 && c.has(static_cast<std::size_t>(kind_.bias))) {
        const Tensor& b = c.in(static_cast<std::size_t>(kind_.bias));
        if (b.is_float() == kind_.integer) refuse("the bias has the wrong type");
        if (kind_.convolution) {
            if (b.size() != outputs) {
                refuse(fmt::format("found a bias of shape {}; expected ({},)", shape_text(b.shape),
                                   outputs));
            }
            bias_ = b;
        } else {
            if (broadcast(b.shape, l.shape) != l.shape)
                refuse("the bias does not fit the result's shape");
            bias_ = expand(b, l.shape);
        }
    }
    if (!kind_.integer) return;
    const bool first = c.weights_first;  // the weights' scales
    const double sx = single(c, first ? kind_.w_scale : kind_.x_scale, 1);
    scale_ = per_output(c, first ? kind_.x_scale : kind_.w_scale, outputs, 1);
    for (double& s : scale_) s *= sx * alpha_;
    real_ = kind_.y_scale >= 0 && !(c.has(static_cast<std::size_t>(kind_.y_scale)));
    const std::vector<double> sy = per_output(c, kind_.y_scale, outputs, 1);
    for (std::size_t m = 0; m < outputs; ++m) scale_[m] /= sy[m];
    y_zero_ = static_cast<std::int64_t>(single(c, kind_.y_zero, 0));
    type_ = Type::i32;
    if (kind_.y_scale >= 0 && !real_) {
        const auto at = static_cast<std::size_t>(kind_.y_zero);
        type_ = c.has(at) ? integer_input(c, at).type : Type::u8;
    }
}

double Epilogue::bias(std::size_t output, std::size_t at) const {
    if (!bias_) return 0;
    return bias_->number(kind_.convolution ? output : at);
}

Tensor Epilogue::finish(std::span<const double> sums) const {
    const bool integers = kind_.integer && !real_;
    Tensor y = integers ? Tensor(type_, lowering_.shape) : Tensor::unset(lowering_.shape);
    const std::size_t outputs = lowering_.all_outputs();
    if (!kind_.integer) {
        // Runs of one output, or rows of all of them.
        const std::size_t run = lowering_.by_output ? lowering_.vectors : 1;
        std::size_t n = 0;
        for (std::size_t o = 0; n < sums.size(); o = o + 1 == outputs ? 0 : o + 1) {
            if (kind_.convolution) {
                const double add = beta_ * bias(o, n);
                for (const std::size_t end = n + run; n < end; ++n)
                    y.f[n] = static_cast<float>(alpha_ * sums[n] + add);
            } else {
                for (const std::size_t end = n + run; n < end; ++n)
                    y.f[n] = static_cast<float>(alpha_ * sums[n] + beta_ * bias(o, n));
            }
        }
        return y;
    }
    for (std::size_t n = 0; n < sums.size(); ++n) {
        const std::size_t o = lowering_.by_output ? n / lowering_.vectors : n % outputs;
        if (real_) {
            y.f[n] = static_cast<float>((sums[n] + bias(o, n)) * scale_[o]);
        } else if (kind_.y_scale < 0) {
            y.i[n] = wrapped(
                Type::i32, static_cast<std::int64_t>(std::clamp(round_even(sums[n]), -9e18, 9e18)));
        } else {
            y.i[n] = requantized((sums[n] + bias(o, n)) * scale_[o], y_zero_, type_);
        }
    }
    return y;
}

std::vector<double> product_sums(const Call& c, const Lowering& l, bool swapped) {
    const ProductKind& kind = *product_kind(c.node.type);
    const Tensor& x = c.in(static_cast<std::size_t>(swapped ? kind.w : kind.x));
    const Tensor& w = c.in(static_cast<std::size_t>(swapped ? kind.x : kind.w));
    std::vector<double> sums(element_count(l.shape), 0);
    const double x_zero = single(c, swapped ? kind.w_zero : kind.x_zero, 0);
    const auto w_zero = per_output(c, swapped ? kind.x_zero : kind.w_zero, l.all_outputs(), 0);
    if (kind.integer) {
        integer_input(c, static_cast<std::size_t>(kind.x));
        integer_input(c, static_cast<std::size_t>(kind.w));
        sums_of(l, std::span(x.i), x_zero, std::span(w.i), w_zero, sums);
    } else {
        real_input(c, static_cast<std::size_t>(kind.x));
        real_input(c, static_cast<std::size_t>(kind.w));
        sums_of(l, std::span(x.f), 0, std::span(w.f), w_zero, sums);
    }
    return sums;
}

Results product(const Call& c) {
    const ProductKind& kind = *product_kind(c.node.type);
    const Shape &x = c.in(static_cast<std::size_t>(kind.x)).shape,
                &w = c.in(static_cast<std::size_t>(kind.w)).shape;
    // MatMul of a constant by the image: its rows are the outputs.
    const bool swapped = c.weights_first;
    const Lowering l = swapped ? lower(c.node, w, x, true) : lower(c.node, x, w);
    const Epilogue epilogue(c, l);
    if (c.shapes_only) return one(epilogue.finish(std::vector<double>(element_count(l.shape), 0)));
    return one(epilogue.finish(product_sums(c, l, swapped)));
}

}  // namespace network
