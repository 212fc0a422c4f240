// SPDX-License-Identifier: Apache-2.0
/// The config's section `analog` and its random numbers. Source: docs/spec/analog.md.
#pragma once

#include <cstdint>

namespace golden {

struct Range;

/// An array that is not ideal; by default it is. σ are integers in the unit that each names.
struct Analog {
    std::uint32_t seed = 1;       ///< of the chip (gains, offsets) and its noise
    std::int64_t noise = 0;       ///< 2^-16 of an ADC step, or of v with `noise_in_v`
    bool noise_in_v = false;      ///< analog.noise_unit
    std::int64_t mismatch = 0;    ///< 2^-16 of a cell's gain
    bool lognormal = false;       ///< analog.mismatch_kind
    bool per_unit = false;        ///< analog.mismatch_per: one gain for all banks
    std::int64_t ir_drop = 0;     ///< κ, 2^-32 of a cell's resistance
    std::int64_t adc_offset = 0;  ///< 2^-16 of an ADC step
    std::int64_t adc_gain = 0;    ///< 2^-16

    // Not of the config: where a run's noise comes from (network.md, "Noise in a network").
    std::uint32_t noise_stream = 0;
    std::uint64_t first_step = 0;  ///< n of the run's first driven step
};
/// Throws Error for a number out of the page's ranges, or an ir_drop of a scheme whose v may be
/// negative.
void check_analog(const Analog& analog, const Range& values);

// ---- Random numbers: arithmetic modulo 2^64 ----
std::uint64_t mix(std::uint64_t x);
std::uint64_t draw_key(std::uint32_t seed, std::uint32_t stream);
/// Nearly normal, deviation 209.02, −1020 … 1020.
std::int64_t draw_z(std::uint32_t seed, std::uint32_t stream, std::uint64_t index);
/// floor((σ·z·20547966 + 2^31) / 2^32): deviation σ. σ up to 2^24.
std::int64_t gauss(std::int64_t sigma, std::int64_t z);

/// Index of the noise of a conversion, and of a cell's gain.
constexpr std::uint64_t noise_index(std::uint64_t step, std::uint64_t column) {
    return (step << 14) + column;
}
constexpr std::uint64_t cell_index(std::uint64_t bank, std::uint64_t row, std::uint64_t column) {
    return ((bank * 1024 + row) << 14) + column;
}

}  // namespace golden
