// SPDX-License-Identifier: Apache-2.0
/// Two operands whose shapes broadcast.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ops.hpp"

namespace network {

namespace {

void same_types(const Tensor& a, const Tensor& b) {
    if (a.type == b.type) return;
    refuse(
        fmt::format("found {} beside {}; expected one type", type_name(a.type), type_name(b.type)));
}

template <class T, class F>
void combine(const Walk& w, const T* a, const T* b, T* y, F&& f) {
    for (std::size_t r = 0; r < w.rows; ++r) {
        const T *x = a + w.a[r], *z = b + w.b[r];
        for (std::size_t n = 0; n < w.length; ++n) *y++ = f(x[n * w.inner_a], z[n * w.inner_b]);
    }
}

template <class F, class I>
Tensor combined(const Tensor& a, const Tensor& b, F&& real, I&& integer) {
    same_types(a, b);
    Shape shape = broadcast(a.shape, b.shape);
    const Walk w = walk(shape, a.shape, b.shape);
    Tensor y = a.is_float() ? Tensor::unset(std::move(shape)) : Tensor(a.type, std::move(shape));
    if (y.is_float()) {
        combine(w, a.f.data(), b.f.data(), y.f.data(), real);
    } else {
        combine(w, a.i.data(), b.i.data(), y.i.data(),
                [&](std::int64_t p, std::int64_t q) { return wrapped(y.type, integer(p, q)); });
    }
    return y;
}

/// Any number of operands, from left to right.
template <class F>
Results fold(const Call& c, F&& larger) {
    Tensor y = c.in(0);
    for (std::size_t n = 1; n < c.inputs.size(); ++n) {
        expect(c.has(n), "an input is missing");
        y = combined(y, c.in(n), larger, larger);
    }
    return one(std::move(y));
}

using U = std::uint64_t;
std::int64_t back(U x) { return static_cast<std::int64_t>(x); }

}  // namespace

Results add(const Call& c) {
    return one(combined(
        c.in(0), c.in(1), [](float a, float b) { return a + b; },
        [](std::int64_t a, std::int64_t b) { return back(U(a) + U(b)); }));
}
Results sub(const Call& c) {
    return one(combined(
        c.in(0), c.in(1), [](float a, float b) { return a - b; },
        [](std::int64_t a, std::int64_t b) { return back(U(a) - U(b)); }));
}
Results mul(const Call& c) {
    return one(combined(
        c.in(0), c.in(1), [](float a, float b) { return a * b; },
        [](std::int64_t a, std::int64_t b) { return back(U(a) * U(b)); }));
}
Results div_op(const Call& c) {
    return one(combined(
        c.in(0), c.in(1), [](float a, float b) { return a / b; },
        [known = c.known(1)](std::int64_t a, std::int64_t b) {
            if (b == 0 && known) refuse("an integer is divided by 0");
            if (b == 0) return a;
            return b == -1 ? back(0 - U(a)) : a / b;
        }));
}

Results max_op(const Call& c) {
    return fold(c, [](auto a, auto b) { return larger(a, b); });
}
Results min_op(const Call& c) {
    // NOLINTNEXTLINE(misc-redundant-expression): NaN is not itself
    return fold(c, [](auto a, auto b) { return a != a || a < b ? a : b; });
}

Results prelu(const Call& c) {
    const Tensor& x = real_input(c, 0);
    const Tensor& slope = real_input(c, 1);
    expect(broadcast(x.shape, slope.shape) == x.shape,
           "the slope's shape does not fit the input's");
    return one(combined(
        x, slope, [](float a, float s) { return a < 0 ? a * s : a; },
        [](std::int64_t a, std::int64_t) { return a; }));
}

}  // namespace network
