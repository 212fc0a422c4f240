// SPDX-License-Identifier: Apache-2.0
/// Bits and digits of numbers.
#pragma once

#include <cstdint>

#include "golden/range.hpp"

namespace golden {

/// Bit `index` of a two's-complement number.
inline std::int64_t bit(std::int64_t value, int index) { return (value >> index) & 1; }

/// What bit `index` of a number of `bits` bits is worth: 2^index, negative for the top bit of a
/// signed one.
inline std::int64_t bit_factor(int index, int bits, bool is_signed) {
    const std::int64_t magnitude = std::int64_t{1} << index;
    return is_signed && index == bits - 1 ? -magnitude : magnitude;
}

/// Digit `index` in radix 2^width of value mod 2^(width·…): unsigned, also of a negative number.
inline std::int64_t digit(std::int64_t value, int index, int width) {
    return (value >> (index * width)) & ((std::int64_t{1} << width) - 1);
}

inline Range number_range(int bits, bool is_signed) {
    return is_signed ? signed_range(bits) : unsigned_range(bits);
}

}  // namespace golden
