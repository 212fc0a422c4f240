// SPDX-License-Identifier: Apache-2.0
/// Exact arithmetic beyond 64 bits, and division toward −∞.
#pragma once

#include <cstdint>

namespace golden {

__extension__ using Wide = __int128;

constexpr std::int64_t fixed_one = std::int64_t{1} << 16;  ///< of the units 2^-16
constexpr std::int64_t fixed_half = fixed_one / 2;

/// floor(dividend / divisor); divisor > 0.
constexpr std::int64_t floor_div(std::int64_t dividend, std::int64_t divisor) {
    return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

}  // namespace golden
