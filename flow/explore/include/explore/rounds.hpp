// SPDX-License-Identifier: Apache-2.0
/// Which points are worth an expensive measurement.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "explore/pareto.hpp"

namespace explore {

/// Exact values of the points at these positions; none: the point breaks a constraint.
using MeasureRound =
    std::function<std::vector<std::optional<Values>>(const std::vector<std::size_t>& positions)>;

/// `optimistic`: values that no point is better than: exact objectives as they are, bounds of the
/// others. In rounds: the front of the bounds is measured (nothing can be said against these
/// points); whoever's bounds an exact point dominates is spared, since what is exact about the two
/// dominates, too; and so on with the rest. No point of the exact front is spared. `known`: exact
/// points of before; those of the rounds are added. Returns which points were measured. The rounds
/// do not depend on how many points are measured at once.
std::vector<bool> measure_in_rounds(const std::vector<Values>& optimistic,
                                    std::vector<Values>& known, const MeasureRound& measure);

}  // namespace explore
