// SPDX-License-Identifier: Apache-2.0
/// Dominance, fronts, hypervolume; and that no point of the front is lost to sparing. Figures are
/// made up and exact; each is checked against its definition.
#include <random>

#include "explore/rounds.hpp"
#include "explore_bench.hpp"

using namespace explore_bench;
using explore::Values;

namespace {

std::vector<Values> random_points(std::size_t count, std::size_t objectives, int levels,
                                  unsigned seed) {
    std::mt19937 engine(seed);
    std::vector<Values> points(count, Values(objectives));
    for (Values& p : points) {
        for (double& v : p) v = static_cast<double>(engine() % static_cast<unsigned>(levels));
    }
    return points;
}

std::vector<std::size_t> front_by_definition(const std::vector<Values>& points) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < points.size(); ++i) {
        bool free = true;
        for (const Values& other : points) free = free && !explore::dominates(other, points[i]);
        if (free) kept.push_back(i);
    }
    return kept;
}

/// Cells of the integer grid that some point dominates.
double cells_below(const std::vector<Values>& points, const Values& reference) {
    double count = 0;
    const auto covered = [&](const Values& cell) {
        for (const Values& p : points) {
            bool all = true;
            for (std::size_t m = 0; m < p.size(); ++m) all = all && p[m] <= cell[m];
            if (all) return true;
        }
        return false;
    };
    for (double x = 0; x < reference[0]; ++x) {
        for (double y = 0; y < reference[1]; ++y) {
            if (reference.size() == 2) {
                count += covered({x, y});
                continue;
            }
            for (double z = 0; z < reference[2]; ++z) count += covered({x, y, z});
        }
    }
    return count;
}

}  // namespace

TEST_CASE("Dominance: nowhere worse and somewhere better", "[pareto]") {
    CHECK(explore::dominates({1, 2}, {1, 3}));
    CHECK_FALSE(explore::dominates({1, 2}, {1, 2}));
    CHECK_FALSE(explore::dominates({0, 3}, {1, 2}));
    CHECK(explore::dominates({-INFINITY, 2}, {1, 2}));
}

TEST_CASE("The front is that of the definition, equal points included", "[pareto]") {
    for (unsigned seed = 0; seed < 40; ++seed) {
        const auto points = random_points(60, 2 + seed % 3, 4 + int(seed), seed);
        CHECK(explore::front(points) == front_by_definition(points));
        const auto ranks = explore::ranks(points);
        std::vector<std::size_t> first;
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (ranks[i] == 0) first.push_back(i);
            for (std::size_t k = 0; k < points.size(); ++k) {
                if (explore::dominates(points[k], points[i])) CHECK(ranks[k] < ranks[i]);
            }
        }
        CHECK(first == explore::front(points));
    }
}

TEST_CASE("Hypervolume: of known bodies, and cell by cell", "[pareto]") {
    CHECK(explore::hypervolume({}, {1, 1}) == 0);
    CHECK(explore::hypervolume({{0, 0}}, {3, 2}) == 6);
    CHECK(explore::hypervolume({{0, 1}, {1, 0}}, {2, 2}) == 3);
    CHECK(explore::hypervolume({{0, 0, 0}, {5, 0, 0}}, {2, 3, 4}) == 24);
    CHECK(explore::hypervolume({{0, 0, 1}, {1, 1, 0}}, {2, 2, 2}) == 5);
    for (unsigned seed = 0; seed < 20; ++seed) {
        const std::size_t m = 2 + seed % 2;
        const auto points = random_points(1 + seed, m, 9, seed);
        const Values reference(m, 7);
        CHECK(explore::hypervolume(points, reference) == cells_below(points, reference));
    }
    CHECK_THROWS_AS(explore::hypervolume({}, {1}), Error);
    CHECK_THROWS_AS(explore::hypervolume({}, {1, 1, 1, 1}), Error);
}

TEST_CASE("Sparing loses no point of the front, whatever the bounds", "[pareto]") {
    std::size_t spared = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 engine(seed);
        const auto exact = random_points(80, 2 + seed % 2, seed % 3 == 0 ? 6 : 60, seed);
        std::vector<Values> bounds = exact;
        for (Values& b : bounds) b.back() *= static_cast<double>(engine() % 1000) / 1000;
        std::vector<Values> known;
        const auto measured =
            explore::measure_in_rounds(bounds, known, [&](const std::vector<std::size_t>& round) {
                std::vector<std::optional<Values>> values;
                for (const std::size_t i : round) values.push_back(exact[i]);
                return values;
            });
        for (const std::size_t i : front_by_definition(exact)) {
            INFO("seed " << seed << ", point " << i);
            CHECK(measured[i]);
        }
        spared += static_cast<std::size_t>(std::ranges::count(measured, false));
    }
    CHECK(spared > 1000);
}

TEST_CASE("A point that turns out to break a constraint spares nobody", "[pareto]") {
    std::vector<Values> known;
    const auto measured = explore::measure_in_rounds(
        {{0, 0}, {1, 1}, {2, 2}}, known, [&](const std::vector<std::size_t>& round) {
            REQUIRE(round.size() == 1);
            std::vector<std::optional<Values>> values(1);
            if (round[0] == 1) values[0] = Values{1, 1};
            return values;
        });
    CHECK(measured == std::vector<bool>{true, true, false});
    CHECK(known == std::vector<Values>{{1, 1}});
}
