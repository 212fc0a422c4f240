// SPDX-License-Identifier: Apache-2.0
/// ZEBRA: zero-bit patterns in a signed binary code (ASP-DAC 2024,
/// 10.1109/ASP-DAC58780.2024.10473851). Source: specification, zebra.
#pragma once

#include <array>
#include <cstdint>

#include "golden/scheme.hpp"

namespace golden::zebra {

/// The code of one magnitude: level = ratio^pattern · Σ_k bit_k(bits) · 2^base[k].
struct ZebraCode {
    std::int64_t level = 0;
    int pattern = 0;
    unsigned bits = 0;     ///< b3…b0, b0 least significant
    bool clipped = false;  ///< the magnitude lies above the greatest level
};

/// Codes of the magnitudes 0…255: the nearest level, on a tie the smaller one, above the greatest
/// level that one; where a level exists in both patterns, pattern 0.
/// `base` holds the positions of b3, b2, b1, b0 in that order.
std::array<ZebraCode, 256> zebra_codes(const std::array<int, 4>& base, int ratio);

}  // namespace golden::zebra
