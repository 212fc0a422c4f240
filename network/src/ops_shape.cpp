// SPDX-License-Identifier: Apache-2.0
/// Where elements stand: nothing is computed.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "ops.hpp"

namespace network {

namespace {

/// Axes from 0 on, each once.
std::set<std::size_t> axes_from(const std::vector<std::int64_t>& axes, std::int64_t rank) {
    std::set<std::size_t> out;
    for (const std::int64_t axis : axes) {
        if (!out.insert(axis_of(axis, rank)).second)
            refuse(fmt::format("axis {} is there twice", axis));
    }
    return out;
}

template <class V>
void permute(const V& from, V& to, const Shape& shape, const std::vector<std::size_t>& stride) {
    std::vector<std::int64_t> index(shape.size(), 0);
    std::size_t at = 0;
    for (auto& value : to) {
        value = from[at];
        for (std::size_t k = shape.size(); k-- > 0;) {
            at += stride[k];
            if (++index[k] < shape[k]) break;
            at -= stride[k] * static_cast<std::size_t>(shape[k]);
            index[k] = 0;
        }
    }
}

}  // namespace

Results identity(const Call& c) { return one(c.in(0)); }

Results dropout(const Call& c) {
    if (c.has(2)) {
        expect(c.in(2).size() == 1 && c.in(2).number(0) == 0, "training_mode: found 1; expected 0");
    }
    Results out = one(c.in(0));
    if (c.node.outputs.size() > 1) {
        Tensor mask(Type::boolean, c.in(0).shape);
        std::ranges::fill(mask.i, 1);
        out.push_back(std::move(mask));
    }
    return out;
}

Results flatten(const Call& c) {
    const Tensor& x = c.in(0);
    const std::size_t axis = axis_of(c.node.integer("axis", 1), x.rank(), true);
    std::int64_t rows = 1;
    for (std::size_t k = 0; k < axis; ++k) rows *= x.shape[k];
    const auto size = static_cast<std::int64_t>(x.size());
    return one(x.reshaped({rows, rows == 0 ? 0 : size / rows}));
}

Results reshape(const Call& c) {
    const Tensor& x = c.in(0);
    Shape shape = integer_input(c, 1).i;
    expect(shape.size() <= 16, "expected at most 16 axes");
    const bool zero = c.node.integer("allowzero", 0) != 0;
    std::int64_t known = 1;
    std::ptrdiff_t open = -1;
    for (std::size_t k = 0; k < shape.size(); ++k) {
        if (shape[k] == 0 && !zero) {
            expect(k < x.shape.size(), "a 0 in the shape copies an axis that the input has not");
            shape[k] = x.shape[k];
        }
        if (shape[k] == -1) {
            expect(open < 0, "found two -1 in the shape; expected one at most");
            open = static_cast<std::ptrdiff_t>(k);
        } else {
            if (shape[k] < 0 || (shape[k] != 0 && known > max_elements / shape[k])) {
                refuse(fmt::format("found shape {}", shape_text(shape)));
            }
            known *= shape[k];
        }
    }
    if (open >= 0) shape[open] = known == 0 ? 0 : static_cast<std::int64_t>(x.size()) / known;
    return one(x.reshaped(std::move(shape)));
}

Results transpose(const Call& c) {
    const Tensor& x = c.in(0);
    std::vector<std::int64_t> order = c.node.list("perm");
    if (order.empty()) {
        for (std::int64_t k = x.rank(); k-- > 0;) order.push_back(k);
    }
    expect(order.size() == x.shape.size() && axes_from(order, x.rank()).size() == order.size(),
           "perm does not name each axis of the input");
    std::vector<std::size_t> stride(order.size(), 1), by_axis(order.size(), 1);
    for (std::size_t k = order.size(); k-- > 1;) {
        by_axis[k - 1] = by_axis[k] * static_cast<std::size_t>(x.shape[k]);
    }
    Tensor y;
    y.type = x.type;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const std::size_t from = axis_of(order[k], x.rank());
        y.shape.push_back(x.shape[from]);
        stride[k] = by_axis[from];
    }
    y = Tensor(y.type, y.shape);
    if (y.is_float()) {
        permute(x.f, y.f, y.shape, stride);
    } else {
        permute(x.i, y.i, y.shape, stride);
    }
    return one(std::move(y));
}

Results squeeze(const Call& c) {
    const Tensor& x = c.in(0);
    const bool all = !given(c, 1, "axes");
    const auto axes = axes_from(integers_of(c, 1, "axes"), x.rank());
    Shape shape;
    for (std::size_t k = 0; k < x.shape.size(); ++k) {
        if (axes.contains(k)) {
            expect(x.shape[k] == 1, "an axis to take out is not 1");
        } else if (!all || x.shape[k] != 1) {
            shape.push_back(x.shape[k]);
        }
    }
    return one(x.reshaped(std::move(shape)));
}

Results unsqueeze(const Call& c) {
    const Tensor& x = c.in(0);
    const auto list = integers_of(c, 1, "axes");
    expect(list.size() <= 8, "expected at most 8 new axes");
    const std::int64_t rank = x.rank() + static_cast<std::int64_t>(list.size());
    const auto axes = axes_from(list, rank);
    Shape shape;
    auto next = x.shape.begin();
    for (std::size_t k = 0; k < static_cast<std::size_t>(rank); ++k) {
        shape.push_back(axes.contains(k) ? 1 : *next++);
    }
    return one(x.reshaped(std::move(shape)));
}

Results expand_op(const Call& c) { return one(expand(c.in(0), integer_input(c, 1).i)); }

Results constant(const Call& c) {
    expect(c.node.attributes.size() == 1, "expected one value");
    const Attribute& a = c.node.attributes.begin()->second;
    if (const auto* t = std::get_if<Tensor>(&a)) return one(*t);
    if (const auto* x = std::get_if<float>(&a)) return one(scalar(*x));
    if (const auto* n = std::get_if<std::int64_t>(&a)) return one(integers({*n}).reshaped({}));
    if (const auto* ns = std::get_if<std::vector<std::int64_t>>(&a)) return one(integers(*ns));
    if (const auto* xs = std::get_if<std::vector<float>>(&a)) {
        Tensor t = Tensor::unset({static_cast<std::int64_t>(xs->size())});
        std::ranges::copy(*xs, t.f.begin());
        return one(std::move(t));
    }
    refuse("value: expected numbers");
}

Results constant_of_shape(const Call& c) {
    const Shape shape = integer_input(c, 0).i;
    const Attribute* a = c.node.find("value");
    const Tensor* value = a ? std::get_if<Tensor>(a) : nullptr;
    expect(!a || (value && value->size() == 1), "value: expected a tensor of one element");
    if (!value) return one(Tensor(Type::f32, shape));
    return one(expand(value->reshaped({}), shape));
}

Results shape_op(const Call& c) {
    const Shape& shape = c.in(0).shape;
    const auto rank = static_cast<std::int64_t>(shape.size());
    const auto at = [&](std::string_view key, std::int64_t otherwise) {
        const std::int64_t n = c.node.integer(key, otherwise);
        return std::clamp<std::int64_t>(n < 0 ? n + rank : n, 0, rank);
    };
    const std::int64_t from = at("start", 0), to = std::max(at("end", rank), from);
    return one(integers({shape.begin() + from, shape.begin() + to}));
}

}  // namespace network
