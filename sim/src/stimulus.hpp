// SPDX-License-Identifier: Apache-2.0
/// Corner and random operands for a config.
#pragma once

#include <cstdint>
#include <random>

#include "generator/design.hpp"
#include "golden/golden.hpp"

namespace sim {

struct Shape {
    std::size_t vectors = 1, features = 1, outputs = 1;
};

/// Vector v and output o each take a pattern in turn: zero, all maximum, all minimum, alternating,
/// single one, opposite of another (largest cancellation), sparse, then random. `corners`: patterns
/// only; else random with a few patterns between. Biases are extremes and random values.
golden::Operands make_operands(const generator::Design& design, const Shape& shape, bool corners,
                               std::mt19937_64& random);

}  // namespace sim
