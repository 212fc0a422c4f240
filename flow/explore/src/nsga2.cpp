// SPDX-License-Identifier: Apache-2.0
/// NSGA-II on points of a study.
#include <algorithm>
#include <numeric>

#include "explore/methods.hpp"
#include "points_left.hpp"

namespace explore {

namespace {

struct Individual {
    Index index = 0;
    Figures figures;
    int rank = 0;
    double distance = 0;
};

bool feasible(const Individual& i) { return i.figures.violation <= 0; }

/// Whose rank is lower, then who has more room.
bool better(const Individual& a, const Individual& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.distance > b.distance;
}

/// Feasible ones by their fronts, then the others by how much they violate.
void rate(std::vector<Individual>& all) {
    std::vector<Values> points;
    std::vector<std::size_t> inside, outside;
    for (std::size_t i = 0; i < all.size(); ++i) {
        (feasible(all[i]) ? inside : outside).push_back(i);
        if (feasible(all[i])) points.push_back(all[i].figures.objectives);
    }
    const std::vector<int> rank = ranks(points);
    int last = -1;
    for (std::size_t k = 0; k < inside.size(); ++k) {
        all[inside[k]].rank = rank[k];
        last = std::max(last, rank[k]);
    }
    for (int r = 0; r <= last; ++r) {
        std::vector<Values> own;
        std::vector<std::size_t> who;
        for (std::size_t k = 0; k < inside.size(); ++k) {
            if (rank[k] != r) continue;
            own.push_back(points[k]);
            who.push_back(inside[k]);
        }
        const std::vector<double> distance = crowding(own);
        for (std::size_t k = 0; k < who.size(); ++k) all[who[k]].distance = distance[k];
    }
    std::ranges::stable_sort(outside, {}, [&](std::size_t i) { return all[i].figures.violation; });
    for (const std::size_t i : outside) {
        all[i].rank = ++last;
        all[i].distance = 0;
    }
}

class Search {
  public:
    Search(const Space& space, const Budget& budget, const Allowed& allowed,
           const Evaluate& evaluate)
        : space_(space),
          budget_(budget),
          population_(budget.population > 0 ? budget.population : population_of(budget.runs)),
          evaluate_(evaluate),
          draw_(budget.seed),
          left_(space, allowed) {}

    void run() {
        std::vector<Individual> all = first();
        while (runs_ < budget_.runs && !all.empty()) {
            const std::vector<Index> children = breed(all);
            if (children.empty()) return;
            for (Individual& child : measured(children)) all.push_back(std::move(child));
            rate(all);
            std::ranges::stable_sort(all, better);
            if (all.size() > population_) all.resize(population_);
        }
    }

  private:
    std::size_t next_batch() const { return std::min(population_, budget_.runs - runs_); }

    std::vector<Individual> first() {
        std::vector<Index> points;
        while (points.size() < next_batch()) {
            const auto index = left_.any(draw_);
            if (!index) break;
            points.push_back(*index);
        }
        std::vector<Individual> all = measured(points);
        rate(all);
        std::ranges::stable_sort(all, better);
        return all;
    }

    std::vector<Individual> measured(const std::vector<Index>& points) {
        runs_ += points.size();
        std::vector<Individual> made;
        const std::vector<Figures> figures = evaluate_(points);
        for (std::size_t i = 0; i < points.size(); ++i) made.push_back({points[i], figures[i]});
        return made;
    }

    /// New points: children of the population, any other ones where it finds no new ones.
    std::vector<Index> breed(const std::vector<Individual>& parents) {
        constexpr int tries = 20;
        std::vector<Index> children;
        while (children.size() < next_batch()) {
            std::optional<Index> child;
            for (int t = 0; t < tries && !child; ++t) {
                const Index mother = chosen(parents).index;
                const Index father = chosen(parents).index;
                const Index index = space_.index(mutated(crossed(mother, father), t));
                if (left_.take(index)) child = index;
            }
            if (!child) child = left_.any(draw_);
            if (!child) break;
            children.push_back(*child);
        }
        return children;
    }

    /// The better of two.
    const Individual& chosen(const std::vector<Individual>& parents) {
        const Individual& a = parents[draw_.below(parents.size())];
        const Individual& b = parents[draw_.below(parents.size())];
        return better(b, a) ? b : a;
    }

    Place crossed(Index mother, Index father) {
        if (draw_.once_in(2)) std::swap(mother, father);
        Place child = space_.place(mother);
        const Place other = space_.place(father);
        const auto& own = space_.families()[child.family].axes;
        const auto& others = space_.families()[other.family].axes;
        for (std::size_t i = 0; i < own.size(); ++i) {
            const auto same = std::ranges::find(others, own[i].path, &study::Axis::path);
            if (same == others.end() || draw_.once_in(2)) continue;
            const std::size_t value = other.values[std::size_t(same - others.begin())];
            child.values[i] = std::min(value, own[i].values.size() - 1);
        }
        return child;
    }

    /// One gene on average; more after `tries` in vain.
    Place mutated(Place p, int tries) {
        const std::size_t families = space_.families().size();
        const std::size_t genes = p.values.size() + (families > 1 ? 1 : 0);
        const std::uint64_t chance = std::max<std::size_t>(1, genes / (1 + std::size_t(tries) / 5));
        if (families > 1 && draw_.once_in(chance)) p = moved(p, draw_.below(families));
        const auto& axes = space_.families()[p.family].axes;
        for (std::size_t i = 0; i < axes.size(); ++i) {
            if (!draw_.once_in(chance)) continue;
            const std::size_t n = axes[i].values.size();
            const std::size_t up = std::min(p.values[i] + 1, n - 1);
            const std::size_t down = p.values[i] == 0 ? 0 : p.values[i] - 1;
            const std::uint64_t kind = draw_.below(4);
            p.values[i] = kind == 0 ? up : kind == 1 ? down : draw_.below(n);
        }
        return p;
    }

    /// The same values in another family, as far as it has these keys.
    Place moved(const Place& from, std::size_t family) {
        const auto& old = space_.families()[from.family].axes;
        const auto& axes = space_.families()[family].axes;
        Place to{family, std::vector<std::size_t>(axes.size())};
        for (std::size_t i = 0; i < axes.size(); ++i) {
            const auto same = std::ranges::find(old, axes[i].path, &study::Axis::path);
            const std::size_t n = axes[i].values.size();
            to.values[i] = same == old.end()
                               ? draw_.below(n)
                               : std::min(from.values[std::size_t(same - old.begin())], n - 1);
        }
        return to;
    }

    const Space& space_;
    const Budget& budget_;
    std::size_t population_;
    const Evaluate& evaluate_;
    Draw draw_;
    PointsLeft left_;
    std::size_t runs_ = 0;
};

}  // namespace

std::size_t population_of(std::size_t runs) { return std::clamp<std::size_t>(runs / 5, 4, 24); }

void nsga2(const Space& space, const Budget& budget, const Allowed& allowed,
           const Evaluate& evaluate) {
    Search(space, budget, allowed, evaluate).run();
}

}  // namespace explore
