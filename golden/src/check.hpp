/// Arithmetic and checks that both forms of the model share.
#pragma once

#include <cstddef>
#include <cstdint>

#include "src/scheme.hpp"

namespace golden::detail {

/// Tiles, groups and column blocks of one product.
struct Layout {
    std::size_t vectors = 0, features = 0, outputs = 0;  ///< V, K, M
    std::size_t rows = 0, active_rows = 0, macro_outputs = 0;
    std::size_t tiles = 0;          ///< T = ceil(K / N)
    std::size_t groups = 0;         ///< G = N / A
    std::size_t driven_groups = 0;  ///< groups with a present row, over all tiles
    std::size_t blocks = 0;         ///< ceil(M / O)
};
/// Throws Error if shapes do not fit or T exceeds max_tiles.
Layout make_layout(const Spec& spec, const Operands& operands);

/// Throws Error, naming tensor, index and value, if a value lies outside `range`.
void check_values(const char* tensor, const Matrix& matrix, Range range);

/// Throws Error if a starting value is missing, superfluous or does not fit the accumulator.
void check_bias(const Spec& spec, const Resolved& resolved, const Operands& operands);

/// The ADC of a resolved spec.
Adc make_adc(const Spec& spec, const Resolved& resolved);

/// Values of a signed number of `bits` (1…63).
Range signed_range(int bits);

/// acc + addend, saturated to `range`; sets `saturated` (and never clears it) if it was.
std::int64_t saturating_add(std::int64_t acc, std::int64_t addend, Range range, bool& saturated);

}  // namespace golden::detail
