// SPDX-License-Identifier: Apache-2.0
#include "explore/pareto.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"

namespace explore {

namespace {

/// Positions in the lexicographic order of their points: who dominates a point stands before it.
std::vector<std::size_t> sorted(const std::vector<Values>& points) {
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
    return order;
}

/// Area below the reference of points that are inside the box.
double area(std::vector<Values> points, const Values& reference) {
    std::ranges::sort(points);
    double sum = 0, top = reference[1];
    for (const Values& p : points) {
        if (p[1] >= top) continue;
        sum += (reference[0] - p[0]) * (top - p[1]);
        top = p[1];
    }
    return sum;
}

/// Slices of one thickness in the third objective each.
double volume(std::vector<Values> points, const Values& reference) {
    std::ranges::sort(points, {}, [](const Values& p) { return p[2]; });
    double sum = 0;
    std::vector<Values> below;
    for (std::size_t i = 0; i < points.size(); ++i) {
        below.push_back(points[i]);
        const double end = i + 1 < points.size() ? points[i + 1][2] : reference[2];
        if (end > points[i][2]) sum += area(below, reference) * (end - points[i][2]);
    }
    return sum;
}

}  // namespace

bool dominates(const Values& a, const Values& b) {
    bool better = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] > b[i]) return false;
        better = better || a[i] < b[i];
    }
    return better;
}

std::vector<std::size_t> front(const std::vector<Values>& points) {
    std::vector<std::size_t> kept;
    for (const std::size_t i : sorted(points)) {
        const auto over = [&](std::size_t k) { return dominates(points[k], points[i]); };
        if (std::ranges::none_of(kept, over)) kept.push_back(i);
    }
    std::ranges::sort(kept);
    return kept;
}

std::vector<int> ranks(const std::vector<Values>& points) {
    std::vector<int> rank(points.size(), 0);
    std::vector<std::size_t> left(points.size());
    std::iota(left.begin(), left.end(), std::size_t{0});
    for (int r = 0; !left.empty(); ++r) {
        std::vector<Values> rest;
        for (const std::size_t i : left) rest.push_back(points[i]);
        std::vector<bool> taken(left.size(), false);
        for (const std::size_t k : front(rest)) {
            taken[k] = true;
            rank[left[k]] = r;
        }
        std::vector<std::size_t> next;
        for (std::size_t k = 0; k < left.size(); ++k) {
            if (!taken[k]) next.push_back(left[k]);
        }
        left = std::move(next);
    }
    return rank;
}

std::vector<double> crowding(const std::vector<Values>& points) {
    constexpr double far = std::numeric_limits<double>::infinity();
    std::vector<double> distance(points.size(), 0.0);
    if (points.empty()) return distance;
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t m = 0; m < points.front().size(); ++m) {
        std::ranges::stable_sort(
            order, [&](std::size_t a, std::size_t b) { return points[a][m] < points[b][m]; });
        const double range = points[order.back()][m] - points[order.front()][m];
        distance[order.front()] = distance[order.back()] = far;
        if (!(range > 0) || std::isinf(range)) continue;
        for (std::size_t i = 1; i + 1 < order.size(); ++i) {
            distance[order[i]] += (points[order[i + 1]][m] - points[order[i - 1]][m]) / range;
        }
    }
    return distance;
}

double hypervolume(const std::vector<Values>& points, const Values& reference) {
    const std::size_t objectives = reference.size();
    if (objectives != 2 && objectives != 3)
        throw base::Error(
            fmt::format("error: hypervolume: found {} objectives; expected 2 or 3", objectives));
    std::vector<Values> inside;
    for (const Values& p : points) {
        bool below = true;
        for (std::size_t m = 0; m < objectives; ++m) below = below && p[m] < reference[m];
        if (below) inside.push_back(p);
    }
    return objectives == 2 ? area(std::move(inside), reference)
                           : volume(std::move(inside), reference);
}

}  // namespace explore
