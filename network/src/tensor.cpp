// SPDX-License-Identifier: Apache-2.0
#include "network/tensor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/error.hpp"

namespace network {

namespace {

struct TypeRow {
    std::string_view name;
    int bits;
    bool is_signed;
};
constexpr std::array<TypeRow, 10> types = {{{"float32", 32, true},
                                            {"bool", 1, false},
                                            {"int8", 8, true},
                                            {"uint8", 8, false},
                                            {"int16", 16, true},
                                            {"uint16", 16, false},
                                            {"int32", 32, true},
                                            {"uint32", 32, false},
                                            {"int64", 64, true},
                                            {"uint64", 64, false}}};

const TypeRow& row(Type type) { return types[static_cast<std::size_t>(type)]; }

/// Strides of `shape` as part of a broadcast to `rank` extents; 0 where it is repeated.
std::vector<std::size_t> strides(const Shape& shape, std::size_t rank) {
    std::vector<std::size_t> out(rank, 0);
    std::size_t stride = 1;
    for (std::size_t k = 0; k < shape.size(); ++k) {
        const std::size_t from = shape.size() - 1 - k;
        const auto extent = static_cast<std::size_t>(shape[from]);
        out[rank - 1 - k] = extent == 1 ? 0 : stride;
        stride *= extent;
    }
    return out;
}

}  // namespace

std::string_view type_name(Type type) { return row(type).name; }

std::int64_t lowest(Type type) {
    const TypeRow& r = row(type);
    if (!r.is_signed) return 0;
    return r.bits == 64 ? std::numeric_limits<std::int64_t>::min()
                        : -(std::int64_t{1} << (r.bits - 1));
}

std::int64_t highest(Type type) {
    const TypeRow& r = row(type);
    if (r.bits == 64) return std::numeric_limits<std::int64_t>::max();
    return (std::int64_t{1} << (r.is_signed ? r.bits - 1 : r.bits)) - 1;
}

std::int64_t wrapped(Type type, std::int64_t value) {
    const TypeRow& r = row(type);
    if (type == Type::boolean) return value != 0;
    if (r.bits == 64) return value;
    const auto mask = (std::uint64_t{1} << r.bits) - 1;
    const auto low = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) & mask);
    return r.is_signed && low > highest(type) ? low - (std::int64_t{1} << r.bits) : low;
}

std::size_t element_count(const Shape& shape) {
    std::int64_t count = 1;
    for (const std::int64_t extent : shape) {
        if (extent < 0) {
            throw base::Error(
                fmt::format("found shape {}; expected no negative extent", shape_text(shape)));
        }
        if (extent != 0 && count > max_elements / extent) {
            throw base::Error(fmt::format("found shape {}; expected at most {} elements",
                                          shape_text(shape), max_elements));
        }
        count *= extent;
    }
    return static_cast<std::size_t>(count);
}

std::string shape_text(const Shape& shape) {
    return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

Tensor::Tensor(Type t, Shape s) : type(t), shape(std::move(s)) {
    const std::size_t n = element_count(shape);
    if (is_float()) {
        f = base::Buffer<float>(n, 0);
    } else {
        i.resize(n);
    }
}

Tensor Tensor::unset(Shape s) {
    Tensor t;
    t.f = base::Buffer<float>(element_count(s));
    t.shape = std::move(s);
    return t;
}

Tensor Tensor::reshaped(Shape s) const& { return Tensor(*this).reshaped(std::move(s)); }

Tensor Tensor::reshaped(Shape s) && {
    if (element_count(s) != size()) {
        throw base::Error(
            fmt::format("found shape {}, which {} elements do not fill", shape_text(s), size()));
    }
    Tensor out = std::move(*this);
    out.shape = std::move(s);
    return out;
}

Tensor scalar(float value) {
    Tensor t(Type::f32, {});
    t.f[0] = value;
    return t;
}

Tensor integers(std::vector<std::int64_t> values) {
    Tensor t;
    t.type = Type::i64;
    t.shape = {static_cast<std::int64_t>(values.size())};
    t.i = std::move(values);
    return t;
}

Shape broadcast(const Shape& a, const Shape& b) {
    Shape out(std::max(a.size(), b.size()));
    for (std::size_t k = 0; k < out.size(); ++k) {
        const std::int64_t x = k < a.size() ? a[a.size() - 1 - k] : 1;
        const std::int64_t y = k < b.size() ? b[b.size() - 1 - k] : 1;
        if (x != y && x != 1 && y != 1) {
            throw base::Error(fmt::format("found shapes {} and {}, which do not broadcast",
                                          shape_text(a), shape_text(b)));
        }
        out[out.size() - 1 - k] = x == 1 ? y : x;
    }
    return out;
}

Walk walk(const Shape& out, const Shape& a, const Shape& b) {
    Walk w;
    const std::size_t total = element_count(out), rank = out.size();
    const std::vector<std::size_t> sa = strides(a, rank), sb = strides(b, rank);
    // The longest tail along which neither operand changes its way is one run.
    std::size_t head = rank;
    bool first = true;
    std::ptrdiff_t inner_a = 0, inner_b = 0;
    while (head > 0) {
        const std::size_t k = head - 1;
        const auto extent = static_cast<std::size_t>(out[k]);
        if (extent == 1) {
            --head;
            continue;
        }
        if (first) {
            inner_a = sa[k] != 0;
            inner_b = sb[k] != 0;
            first = false;
        } else if (sa[k] != (inner_a ? w.length : 0) || sb[k] != (inner_b ? w.length : 0)) {
            break;
        }
        w.length *= extent;
        --head;
    }
    w.inner_a = inner_a;
    w.inner_b = inner_b;
    w.rows = w.length == 0 ? 0 : total / w.length;
    w.a.reserve(w.rows);
    w.b.reserve(w.rows);
    std::vector<std::size_t> index(head, 0);
    std::size_t at_a = 0, at_b = 0;
    for (std::size_t r = 0; r < w.rows; ++r) {
        w.a.push_back(at_a);
        w.b.push_back(at_b);
        for (std::size_t k = head; k-- > 0;) {
            at_a += sa[k];
            at_b += sb[k];
            if (++index[k] < static_cast<std::size_t>(out[k])) break;
            at_a -= sa[k] * index[k];
            at_b -= sb[k] * index[k];
            index[k] = 0;
        }
    }
    return w;
}

Tensor expand(const Tensor& t, const Shape& shape) {
    const Shape out = broadcast(t.shape, shape);
    Tensor result(t.type, out);
    const Walk w = walk(out, t.shape, t.shape);
    const auto fill = [&](const auto& from, auto& to) {
        auto at = to.begin();
        for (std::size_t r = 0; r < w.rows; ++r) {
            for (std::size_t n = 0; n < w.length; ++n) *at++ = from[w.a[r] + n * w.inner_a];
        }
    };
    if (t.is_float()) {
        fill(t.f, result.f);
    } else {
        fill(t.i, result.i);
    }
    return result;
}

}  // namespace network
