// SPDX-License-Identifier: Apache-2.0
/// The roundings of docs/spec/bfp.md in real numbers, for the tests of its blocks.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "bench.hpp"

namespace bfp {

struct Code {
    unsigned mantissa = 0, shift = 0;
};

/// The least shift with which every value up to `value` has at most m bits.
inline unsigned shift_of(unsigned value, unsigned m) {
    unsigned shift = 0;
    while (std::floor(std::ldexp(value, -static_cast<int>(shift))) >=
           std::ldexp(1.0, static_cast<int>(m)))
        ++shift;
    return shift;
}

/// value / 2^shift to the nearest integer, up on a tie.
inline unsigned rounded(unsigned value, unsigned shift) {
    return static_cast<unsigned>(std::floor(std::ldexp(value, -static_cast<int>(shift)) + 0.5));
}

/// A row of a static block.
inline unsigned clamped(unsigned value, unsigned shift, unsigned m) {
    const unsigned greatest = (1u << m) - 1;
    const unsigned r = rounded(value, shift);
    return r > greatest ? greatest : r;
}

/// An input of `bits` bits in its own range.
inline Code own(unsigned value, unsigned bits, unsigned m) {
    Code code{0, shift_of(value, m)};
    code.mantissa = rounded(value, code.shift);
    if (code.mantissa < 1u << m) return code;
    // One more bit: half of it with the next shift, if there is one.
    if (code.shift + m < bits) return {code.mantissa / 2, code.shift + 1};
    return {code.mantissa - 1, code.shift};
}

/// The low m bits set.
inline unsigned mask(unsigned m) { return (1u << m) - 1; }

/// Values of every magnitude, 0 and the greatest often.
inline unsigned draw(bench::Random& random, unsigned bits) {
    const auto kind = random.in(0, 9);
    if (kind == 0) return 0;
    if (kind == 1) return mask(bits);
    return static_cast<unsigned>(random.bits(bits) >> random.in(0, static_cast<int>(bits)));
}

}  // namespace bfp
