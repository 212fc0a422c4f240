// SPDX-License-Identifier: Apache-2.0
/// Along an axis.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "data.hpp"
#include "ops.hpp"

namespace network {

namespace {

/// Softmax, or its logarithm, over one axis; before opset 13 over all axes from one on.
Results soft(const Call& c, bool logarithm) {
    const Tensor& x = real_input(c, 0);
    const bool old = c.node.opset < 13;
    Split s;
    if (x.rank() > 0) {
        const std::size_t axis = axis_of(c.node.integer("axis", old ? 1 : -1), x.rank(), old);
        if (old && axis == x.shape.size()) {
            s.outer = x.size();
        } else {
            s = split_at(x.shape, axis);
            if (old) s = {s.outer, s.extent * s.inner, 1};
        }
    }
    Tensor y(Type::f32, x.shape);
    if (x.size() == 0) return one(std::move(y));
    for (std::size_t o = 0; o < s.outer; ++o) {
        for (std::size_t k = 0; k < s.inner; ++k) {
            const auto at = [&](std::size_t n) { return (o * s.extent + n) * s.inner + k; };
            double top = x.f[at(0)], sum = 0;
            for (std::size_t n = 1; n < s.extent; ++n) top = std::max<double>(top, x.f[at(n)]);
            for (std::size_t n = 0; n < s.extent; ++n) sum += std::exp(x.f[at(n)] - top);
            for (std::size_t n = 0; n < s.extent; ++n) {
                const double d = x.f[at(n)] - top;
                y.f[at(n)] = static_cast<float>(logarithm ? d - std::log(sum) : std::exp(d) / sum);
            }
        }
    }
    return one(std::move(y));
}

/// Indices along an axis by falling (or rising) value, equal ones by index.
std::vector<std::size_t> ranked(const Tensor& x, const Split& s, std::size_t o, std::size_t k,
                                bool largest, std::size_t count) {
    std::vector<std::size_t> order(s.extent);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t n) { return x.number((o * s.extent + n) * s.inner + k); };
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                      order.end(), [&](std::size_t a, std::size_t b) {
                          const double u = key(a), v = key(b);
                          if (u > v || u < v) return largest ? u > v : u < v;
                          return a < b;
                      });
    order.resize(count);
    return order;
}

}  // namespace

Results softmax(const Call& c) { return soft(c, false); }
Results log_softmax(const Call& c) { return soft(c, true); }

Results reduce_mean(const Call& c) {
    const Tensor& x = real_input(c, 0);
    const std::vector<std::int64_t> list = integers_of(c, 1, "axes");
    const bool keep = c.node.integer("keepdims", 1) != 0;
    if (list.empty() && c.node.integer("noop_with_empty_axes", 0) != 0) return one(x);
    std::set<std::size_t> axes;
    for (const std::int64_t axis : list) axes.insert(axis_of(axis, x.rank()));
    Shape kept = x.shape, shape;
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const bool gone = list.empty() || axes.contains(k);
        if (gone) kept[k] = 1;
        if (!gone || keep) shape.push_back(kept[k]);
    }
    std::vector<double> sums(element_count(kept), 0);
    expect(x.size() > 0, "found an empty input");
    const Walk w = walk(x.shape, x.shape, kept);
    std::size_t at = 0;
    for (std::size_t r = 0; r < w.rows; ++r) {
        for (std::size_t n = 0; n < w.length; ++n) sums[w.b[r] + n * w.inner_b] += x.f[at++];
    }
    Tensor y(Type::f32, shape);
    const double count = static_cast<double>(x.size()) / static_cast<double>(sums.size());
    for (std::size_t n = 0; n < y.f.size(); ++n) y.f[n] = static_cast<float>(sums[n] / count);
    return one(std::move(y));
}

Results arg_max(const Call& c) {
    const Tensor& x = c.in(0);
    const std::size_t axis = axis_of(c.node.integer("axis", 0), x.rank());
    const bool last = c.node.integer("select_last_index", 0) != 0;
    const Split s = split_at(x.shape, axis);
    expect(s.extent > 0, "found an empty axis");
    Shape shape = x.shape;
    shape[axis] = 1;
    if (c.node.integer("keepdims", 1) == 0)
        shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    Tensor y(Type::i64, shape);
    for (std::size_t n = 0; n < y.i.size(); ++n) {
        const std::size_t o = n / s.inner, k = n % s.inner;
        std::size_t best = 0;
        for (std::size_t m = 1; m < s.extent; ++m) {
            const double a = x.number((o * s.extent + m) * s.inner + k);
            const double b = x.number((o * s.extent + best) * s.inner + k);
            if (a > b || (last && a == b)) best = m;
        }
        y.i[n] = static_cast<std::int64_t>(best);
    }
    return one(std::move(y));
}

Results top_k(const Call& c) {
    const Tensor& x = c.in(0);
    const std::size_t axis = axis_of(c.node.integer("axis", -1), x.rank());
    const bool largest = c.node.integer("largest", 1) != 0;
    const Split s = split_at(x.shape, axis);
    const std::vector<std::int64_t> list =
        c.has(1) ? integer_input(c, 1).i : std::vector<std::int64_t>{c.node.integer("k", 0)};
    expect(list.size() == 1 && list[0] >= 0 && list[0] <= static_cast<std::int64_t>(s.extent),
           "k does not fit the axis");
    const auto count = static_cast<std::size_t>(list[0]);
    Shape shape = x.shape;
    shape[axis] = list[0];
    Tensor values(x.type, shape), indices(Type::i64, shape);
    for (std::size_t o = 0; o < s.outer; ++o) {
        for (std::size_t k = 0; k < s.inner; ++k) {
            const auto order = ranked(x, s, o, k, largest, count);
            for (std::size_t n = 0; n < count; ++n) {
                const std::size_t to = (o * count + n) * s.inner + k;
                const std::size_t from = (o * s.extent + order[n]) * s.inner + k;
                with_data(x, values, [&](const auto& a, auto& b) { b[to] = a[from]; });
                indices.i[to] = static_cast<std::int64_t>(order[n]);
            }
        }
    }
    Results out = one(std::move(values));
    out.push_back(std::move(indices));
    return out;
}

}  // namespace network
