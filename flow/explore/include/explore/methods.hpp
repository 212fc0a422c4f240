// SPDX-License-Identifier: Apache-2.0
/// Which points are measured, in which order. All of it follows from the seed.
#pragma once

#include <functional>
#include <vector>

#include "explore/pareto.hpp"
#include "explore/space.hpp"

namespace explore {

/// What a search is told of a point.
struct Figures {
    Values objectives;     ///< minimized; optimistic ones of a point that was spared
    double violation = 0;  ///< of the constraints, each relative to its bound; 0: all hold
};

struct Budget {
    std::size_t runs = 0;  ///< points measured
    std::uint64_t seed = 1;
    std::size_t population = 0;  ///< of nsga2; 0: population_of(runs)
};

/// A fifth of the runs, from 4 to 24.
std::size_t population_of(std::size_t runs);

/// A point that exists: its conditions hold and its config is valid. Costs little.
using Allowed = std::function<bool(Index)>;
/// Points that have not been asked for before.
using Evaluate = std::function<std::vector<Figures>(const std::vector<Index>&)>;

/// Every point.
void grid(const Space& space, const Allowed& allowed, const Evaluate& evaluate);
/// Points drawn evenly, each once.
void random(const Space& space, const Budget& budget, const Allowed& allowed,
            const Evaluate& evaluate);
/// NSGA-II (Deb, Pratap, Agarwal, Meyarivan 2002) with constraint domination. A gene is the family,
/// or the value of a config key; families that have the key share it. Crossover is uniform; a gene
/// mutates to a neighbouring value or to any. A point is measured once.
void nsga2(const Space& space, const Budget& budget, const Allowed& allowed,
           const Evaluate& evaluate);

}  // namespace explore
