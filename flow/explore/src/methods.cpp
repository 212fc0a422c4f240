// SPDX-License-Identifier: Apache-2.0
#include "explore/methods.hpp"

#include "points_left.hpp"

namespace explore {

std::optional<Index> PointsLeft::any(Draw& draw) {
    constexpr int tries = 20000;
    for (int i = 0; i < tries && seen_.size() < space_.size(); ++i) {
        // Near the end nearly all draws would be in vain: the next one in order.
        Index index = draw.below(space_.size());
        const bool few = seen_.size() * 2 > space_.size();
        while (few && seen_.contains(index)) index = (index + 1) % space_.size();
        if (take(index)) return index;
    }
    return std::nullopt;
}

void grid(const Space& space, const Allowed& allowed, const Evaluate& evaluate) {
    std::vector<Index> all;
    for (Index i = 0; i < space.size(); ++i) {
        if (allowed(i)) all.push_back(i);
    }
    evaluate(all);
}

void random(const Space& space, const Budget& budget, const Allowed& allowed,
            const Evaluate& evaluate) {
    Draw draw(budget.seed);
    PointsLeft left(space, allowed);
    std::vector<Index> drawn;
    while (drawn.size() < budget.runs) {
        const auto index = left.any(draw);
        if (!index) break;
        drawn.push_back(*index);
    }
    evaluate(drawn);
}

}  // namespace explore
