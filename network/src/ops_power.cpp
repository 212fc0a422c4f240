// SPDX-License-Identifier: Apache-2.0
/// Pow: float bases in double, rounded once to float32; integer ones exactly, wrapped as their type
/// does.
#include <algorithm>
#include <cmath>

#include "ops.hpp"

namespace network {

namespace {

/// base^exponent modulo 2^64.
std::int64_t whole_power(std::int64_t base, std::uint64_t exponent) {
    std::uint64_t result = 1, square = static_cast<std::uint64_t>(base);
    for (; exponent > 0; exponent >>= 1U, square *= square) {
        if ((exponent & 1U) != 0) result *= square;
    }
    return static_cast<std::int64_t>(result);
}

/// The power truncated toward zero: with a negative exponent 1, -1 or, of larger bases, 0.
std::int64_t integer_power(std::int64_t base, std::int64_t exponent) {
    if (exponent >= 0) return whole_power(base, static_cast<std::uint64_t>(exponent));
    if (base == 0) refuse("found 0 to a negative power in integers; expected another base");
    if (base == 1 || (base == -1 && exponent % 2 == 0)) return 1;
    return base == -1 ? -1 : 0;
}

/// A float exponent that is a whole number is one of integers.
std::int64_t mixed_power(std::int64_t base, float exponent) {
    constexpr float top = 9.0e18F;
    if (std::trunc(exponent) == exponent && std::abs(exponent) < top)
        return integer_power(base, static_cast<std::int64_t>(exponent));
    return truncated(std::pow(static_cast<double>(base), double{exponent}));
}

}  // namespace

Results pow_op(const Call& c) {
    const Tensor &base = c.in(0), &exponent = c.in(1);
    Tensor y(base.type, broadcast(base.shape, exponent.shape));
    if (!c.known(0) || !c.known(1)) return one(std::move(y));
    const Walk w = walk(y.shape, base.shape, exponent.shape);
    std::size_t at = 0;
    for (std::size_t r = 0; r < w.rows; ++r) {
        for (std::size_t n = 0; n < w.length; ++n, ++at) {
            const std::size_t a = w.a[r] + n * w.inner_a, b = w.b[r] + n * w.inner_b;
            if (base.is_float()) {
                y.f[at] = static_cast<float>(std::pow(double{base.f[a]}, exponent.number(b)));
            } else {
                y.i[at] =
                    wrapped(y.type, exponent.is_float() ? mixed_power(base.i[a], exponent.f[b])
                                                        : integer_power(base.i[a], exponent.i[b]));
            }
        }
    }
    return one(std::move(y));
}

}  // namespace network
