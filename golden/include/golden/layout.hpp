// SPDX-License-Identifier: Apache-2.0
/// How a product lies on the macro. Source: contract, "Vocabulary".
#pragma once

#include <cstddef>

#include "golden/operands.hpp"
#include "golden/spec.hpp"

namespace golden {

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
Layout make_layout(const Macro& macro, const Operands& operands);

}  // namespace golden
