// SPDX-License-Identifier: Apache-2.0
#include "explore/rounds.hpp"

#include <algorithm>
#include <numeric>

namespace explore {

std::vector<bool> measure_in_rounds(const std::vector<Values>& optimistic,
                                    std::vector<Values>& known, const MeasureRound& measure) {
    std::vector<bool> measured(optimistic.size(), false);
    std::vector<std::size_t> left(optimistic.size());
    std::iota(left.begin(), left.end(), std::size_t{0});
    const auto beaten = [&](std::size_t i) {
        return std::ranges::any_of(
            known, [&](const Values& exact) { return dominates(exact, optimistic[i]); });
    };
    while (true) {
        std::erase_if(left, [&](std::size_t i) { return measured[i] || beaten(i); });
        if (left.empty()) return measured;
        std::vector<Values> bounds;
        for (const std::size_t i : left) bounds.push_back(optimistic[i]);
        std::vector<std::size_t> round;
        for (const std::size_t k : front(bounds)) round.push_back(left[k]);
        const auto exact = measure(round);
        for (std::size_t k = 0; k < round.size(); ++k) {
            measured[round[k]] = true;
            if (exact[k]) known.push_back(*exact[k]);
        }
    }
}

}  // namespace explore
