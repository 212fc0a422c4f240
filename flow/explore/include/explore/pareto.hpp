// SPDX-License-Identifier: Apache-2.0
/// Pareto dominance; every objective is to be minimized (a maximum has its sign changed).
#pragma once

#include <cstddef>
#include <vector>

namespace explore {

using Values = std::vector<double>;

/// Nowhere worse and somewhere better.
bool dominates(const Values& a, const Values& b);

/// Positions of the points that no other dominates, ascending. Equal points are all among them.
std::vector<std::size_t> front(const std::vector<Values>& points);

/// Of each point: 0 on the front, 1 on the front of the rest, and so on.
std::vector<int> ranks(const std::vector<Values>& points);

/// Of each point of one front, how far its neighbours are (Deb et al. 2002, III-B); the ends of
/// each objective are infinitely far.
std::vector<double> crowding(const std::vector<Values>& points);

/// What the points dominate of the box below `reference`: an area with two objectives, a volume
/// with three; points that are not below it in every objective count nothing. Throws base::Error
/// for another number of objectives.
double hypervolume(const std::vector<Values>& points, const Values& reference);

}  // namespace explore
