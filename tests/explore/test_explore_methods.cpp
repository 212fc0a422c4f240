// SPDX-License-Identifier: Apache-2.0
/// Which points the methods ask for. Figures are made up: a search is given them as a study's.
#include <algorithm>
#include <cmath>
#include <set>

#include "explore_bench.hpp"

using namespace explore_bench;
using explore::Figures;
using explore::Index;
using explore::Place;

namespace {

/// A problem with a curved front over axes of ten values; points of which the first axis is 3 are
/// not allowed, the violation is that of the last axis below 2.
struct Problem {
    study::Study study = made_up(3, 10);
    explore::Space space{study, {}};
    std::vector<Index> asked;
    std::vector<explore::Values> found;

    bool allowed(Index i) const { return space.place(i).values[0] != 3; }
    Figures figures(Index i) const {
        const Place p = space.place(i);
        const double a = double(p.values[0]) / 9, b = double(p.values[1]) / 9,
                     c = double(p.values[2]);
        const double spread = 1 + b * 3 + std::abs(c - 4) / 4;
        return {{a + b, spread * (1 - std::sqrt(a / spread))}, std::max(0.0, 2 - c)};
    }
    template <class Method>
    void run(Method method) {
        method([this](Index i) { return allowed(i); },
               [this](const std::vector<Index>& batch) {
                   std::vector<Figures> all;
                   for (const Index i : batch) {
                       asked.push_back(i);
                       all.push_back(figures(i));
                       if (all.back().violation <= 0) found.push_back(all.back().objectives);
                   }
                   return all;
               });
    }
    double volume() const { return explore::hypervolume(found, {2.5, 5}); }
};

void run_grid(Problem& p) {
    p.run([&](const auto& allowed, const auto& evaluate) {
        explore::grid(p.space, allowed, evaluate);
    });
}
void run_random(Problem& p, std::size_t runs, std::uint64_t seed) {
    p.run([&](const auto& allowed, const auto& evaluate) {
        explore::random(p.space, {runs, seed, 0}, allowed, evaluate);
    });
}
void run_nsga2(Problem& p, std::size_t runs, std::uint64_t seed, std::size_t population = 12) {
    p.run([&](const auto& allowed, const auto& evaluate) {
        explore::nsga2(p.space, {runs, seed, population}, allowed, evaluate);
    });
}

void check_asked(const Problem& p, std::size_t runs) {
    CHECK(p.asked.size() == runs);
    CHECK(std::set<Index>(p.asked.begin(), p.asked.end()).size() == p.asked.size());
    for (const Index i : p.asked) CHECK(p.allowed(i));
}

}  // namespace

TEST_CASE("A point's number and its place are each other's inverse", "[methods]") {
    study::Study s = made_up(2, 3);
    s.families.push_back(made_up(3, 2).families.front());
    s.families.push_back({});  // no axes: one point
    const explore::Space space(s, {});
    REQUIRE(space.size() == 9 + 8 + 1);
    for (Index i = 0; i < space.size(); ++i) CHECK(space.index(space.place(i)) == i);
    CHECK(space.place(1).values == std::vector<std::size_t>{0, 1});  // the last axis is fastest
    CHECK(space.place(9).family == 1);
    CHECK(space.keys().size() == 3);
}

TEST_CASE("Too many points are an error, not an overflow", "[methods]") {
    const study::Study s = made_up(40, 10);
    CHECK_THROWS_AS(explore::Space(s, {}), Error);
}

TEST_CASE("Grid: every point that is allowed, in order", "[methods]") {
    Problem p;
    run_grid(p);
    check_asked(p, 900);
    CHECK(std::ranges::is_sorted(p.asked));
}

TEST_CASE("Random and NSGA-II: so many different points, the same for the same seed", "[methods]") {
    for (const auto method : {0, 1}) {
        const auto run = [&](Problem& p, std::size_t runs, std::uint64_t seed) {
            method == 0 ? run_random(p, runs, seed) : run_nsga2(p, runs, seed);
        };
        Problem a, b, c, all;
        run(a, 100, 7);
        run(b, 100, 7);
        run(c, 100, 8);
        check_asked(a, 100);
        CHECK(a.asked == b.asked);
        CHECK(a.asked != c.asked);
        run(all, 5000, 1);
        check_asked(all, 900);  // no more than there are
    }
}

TEST_CASE("NSGA-II finds more of the front than random points, seed by seed on average",
          "[methods]") {
    Problem every;
    run_grid(every);
    double by_chance = 0, by_search = 0;
    constexpr int seeds = 20;
    for (int seed = 1; seed <= seeds; ++seed) {
        Problem a, b;
        run_random(a, 90, std::uint64_t(seed));
        run_nsga2(b, 90, std::uint64_t(seed));
        by_chance += a.volume() / seeds;
        by_search += b.volume() / seeds;
    }
    CHECK(by_search > by_chance);
    CHECK(by_search > 0.97 * every.volume());
}

TEST_CASE("NSGA-II without any allowed point ends", "[methods]") {
    study::Study s = made_up(2, 4);
    const explore::Space space(s, {});
    int asked = 0;
    explore::nsga2(
        space, {10, 1, 4}, [](Index) { return false; },
        [&](const std::vector<Index>& batch) {
            asked += int(batch.size());
            return std::vector<Figures>(batch.size());
        });
    CHECK(asked == 0);
}

TEST_CASE("Families of other axes: a point keeps the values of the keys they share", "[methods]") {
    study::Study s = made_up(2, 8);
    s.families.push_back(made_up(3, 5).families.front());
    const explore::Space space(s, {});
    std::set<Index> asked;
    explore::nsga2(
        space, {150, 3, 10}, [](Index) { return true; },
        [&](const std::vector<Index>& batch) {
            std::vector<Figures> all;
            for (const Index i : batch) {
                asked.insert(i);
                const Place p = space.place(i);
                all.push_back({{double(p.values[0]), double(p.values[1]) + double(p.family)}, 0});
            }
            return all;
        });
    CHECK(asked.size() == 150);
}
