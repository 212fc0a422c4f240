// SPDX-License-Identifier: Apache-2.0
#include "lowering.hpp"

#include <fmt/format.h>

#include <array>

namespace network {

namespace {

constexpr std::array<ProductKind, 8> product_kinds = {{
    // type, convolution, integer, x, w, bias, x_scale, x_zero, w_scale, w_zero, y_scale, y_zero
    {"Conv", true, false, 0, 1, 2},
    {"Gemm", false, false, 0, 1, 2},
    {"MatMul", false, false, 0, 1, -1},
    {"QLinearConv", true, true, 0, 3, 8, 1, 2, 4, 5, 6, 7},
    {"QLinearMatMul", false, true, 0, 3, -1, 1, 2, 4, 5, 6, 7},
    {"ConvInteger", true, true, 0, 1, -1, -1, 2, -1, 3, -1, -1},
    {"MatMulInteger", false, true, 0, 1, -1, -1, 2, -1, 3, -1, -1},
    {"QGemm", false, true, 0, 3, 6, 1, 2, 4, 5, 7, 8},
}};

[[noreturn]] void misfit(const Shape& x, const Shape& w) {
    refuse(fmt::format("found an input of shape {} beside weights of shape {}, which do not fit",
                       shape_text(x), shape_text(w)));
}

Lowering lower_convolution(const Node& node, const Shape& x, const Shape& w) {
    if (w.size() < 3 || w.size() != x.size()) misfit(x, w);
    Lowering l;
    l.windows = l.by_output = true;
    l.window = window_of(node, x, Shape(w.begin() + 2, w.end()));
    const std::int64_t groups = node.integer("group", 1);
    if (groups < 1 || w[0] < 1 || w[1] < 1 || x[0] != 1 || groups > w[0] || w[0] % groups != 0 ||
        x[1] != w[1] * groups) {
        refuse(fmt::format(
            "found an input of shape {}, weights of shape {} and {} groups, which do not fit",
            shape_text(x), shape_text(w), groups));
    }
    l.groups = static_cast<std::size_t>(groups);
    l.depth = static_cast<std::size_t>(w[1]) * l.window.kernel_size();
    l.outputs = static_cast<std::size_t>(w[0] / groups);
    l.vectors = l.window.out_size();
    l.w_depth = 1;
    l.w_output = l.depth;
    l.w_group = l.depth * l.outputs;
    l.shape = {1, w[0]};
    const Shape spatial = l.window.out_shape();
    l.shape.insert(l.shape.end(), spatial.begin(), spatial.end());
    return l;
}

Lowering lower_gemm(const Node& node, const Shape& x, const Shape& w) {
    if (x.size() != 2 || w.size() != 2) misfit(x, w);
    const bool ta = node.integer("transA", 0) != 0, tb = node.integer("transB", 0) != 0;
    Lowering l;
    l.vectors = static_cast<std::size_t>(x[ta ? 1 : 0]);
    l.depth = static_cast<std::size_t>(x[ta ? 0 : 1]);
    l.outputs = static_cast<std::size_t>(w[tb ? 0 : 1]);
    if (w[tb ? 1 : 0] != x[ta ? 0 : 1]) misfit(x, w);
    l.vector_stride = ta ? 1 : l.depth;
    l.depth_stride = ta ? l.vectors : 1;
    l.w_depth = tb ? 1 : l.outputs;
    l.w_output = tb ? l.depth : 1;
    l.shape = {static_cast<std::int64_t>(l.vectors), static_cast<std::int64_t>(l.outputs)};
    return l;
}

/// x (…, K) · w (K, M), either without its second axis.
Lowering lower_rows(const Shape& x, const Shape& w) {
    if (x.empty() || w.empty() || w.size() > 2 || x.back() != w.front()) misfit(x, w);
    Lowering l;
    l.depth = static_cast<std::size_t>(w[0]);
    l.outputs = w.size() == 2 ? static_cast<std::size_t>(w[1]) : 1;
    l.shape = Shape(x.begin(), x.end() - 1);
    l.vectors = element_count(l.shape);
    if (w.size() == 2) l.shape.push_back(w[1]);
    l.vector_stride = l.depth;
    l.depth_stride = 1;
    l.w_depth = l.outputs;
    l.w_output = 1;
    return l;
}

/// w (M, K) · x (1 …, K, V): the vectors are x's columns.
Lowering lower_columns(const Shape& w, const Shape& x) {
    if (w.size() != 2 || x.empty() || x[x.size() == 1 ? 0 : x.size() - 2] != w[1]) misfit(x, w);
    for (std::size_t k = 0; k + 2 < x.size(); ++k) {
        if (x[k] != 1) misfit(x, w);
    }
    Lowering l;
    l.depth = static_cast<std::size_t>(w[1]);
    l.outputs = static_cast<std::size_t>(w[0]);
    l.vectors = x.size() == 1 ? 1 : static_cast<std::size_t>(x.back());
    l.vector_stride = 1;
    l.depth_stride = l.vectors;
    l.w_depth = 1;
    l.w_output = l.depth;
    l.by_output = true;
    l.shape = x;
    if (x.size() == 1) {
        l.shape = {w[0]};
    } else {
        l.shape[x.size() - 2] = w[0];
    }
    return l;
}

}  // namespace

const ProductKind* product_kind(std::string_view type) {
    for (const ProductKind& kind : product_kinds) {
        if (kind.type == type) return &kind;
    }
    return nullptr;
}

Lowering lower(const Node& node, const Shape& x, const Shape& w, bool swapped) {
    const ProductKind& kind = *product_kind(node.type);
    const bool gemm = node.type == "Gemm" || node.type == "QGemm";
    Lowering l = kind.convolution ? lower_convolution(node, x, w)
                 : gemm           ? lower_gemm(node, x, w)
                 : swapped        ? lower_columns(w, x)
                                  : lower_rows(x, w);
    if (l.depth == 0 || l.outputs == 0 || l.vectors == 0) misfit(x, w);
    element_count(l.shape);
    element_count({static_cast<std::int64_t>(l.depth), static_cast<std::int64_t>(l.all_outputs())});
    return l;
}

}  // namespace network
