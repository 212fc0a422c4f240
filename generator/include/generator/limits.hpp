// SPDX-License-Identifier: Apache-2.0
/// Sizes above which a design is refused. Source: docs/spec/contract.md, "Config keys".
#pragma once

#include <cstdint>
#include <string_view>

namespace generator {

inline constexpr std::int64_t max_cells = std::int64_t{1} << 28;
inline constexpr std::int64_t max_register_bits = std::int64_t{1} << 20;
inline constexpr std::int64_t max_adc_share = 256;
/// Bits of factors of banks that `memory.factors: auto` leaves in flip-flops
/// (docs/results/memories.md).
inline constexpr std::int64_t max_ring_bits = 65536;

/// For the elaborator, once widths are resolved: KeyError with both numbers when a design's
/// register files (bias and threshold registers, scales, ...) hold more than `max_register_bits`.
/// `what`: the files and their sizes.
void check_register_bits(std::int64_t bits, std::string_view what);

}  // namespace generator
