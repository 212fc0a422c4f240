// SPDX-License-Identifier: Apache-2.0
/// Ranges of integers.
#pragma once

#include <cstdint>

namespace golden {

/// A closed range of integers: min, min + stride, … max.
struct Range {
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::int64_t stride = 1;  ///< a power of two
    bool holds(std::int64_t value) const {
        return min <= value && value <= max && ((value - min) & (stride - 1)) == 0;
    }
};

/// Values of a signed number of `bits` (1…63).
inline Range signed_range(int bits) {
    const std::int64_t half = std::int64_t{1} << (bits - 1);
    return {-half, half - 1};
}

/// Values of an unsigned number of `bits` (1…62).
inline Range unsigned_range(int bits) { return {0, (std::int64_t{1} << bits) - 1}; }

}  // namespace golden
