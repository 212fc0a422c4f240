// SPDX-License-Identifier: Apache-2.0
// How much of a study's front random points and NSGA-II find with a part of the grid's runs. Every
// point of the study is measured once (or found among the kept rows); the methods are then given
// these figures, so that many seeds cost nothing more.
//     explore_methods STUDY.yaml FOLDER_OF_ROWS [SEEDS]
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "explore/exploration.hpp"
#include "explore/methods.hpp"
#include "explore/pareto.hpp"

namespace {

using explore::Figures;
using explore::Index;
using explore::Values;

struct Grid {
    std::map<Index, Values> points;  ///< minimized, each from 0 (best of all) to 1 (worst)
    std::set<Values> front;
    double volume = 0;
};

/// Objectives to be minimized, scaled by what the grid has of each.
Grid grid_of(const explore::Result& result) {
    Grid grid;
    const auto& objectives = result.search.objectives;
    Values low(objectives.size(), std::numeric_limits<double>::infinity()), high = low;
    for (double& v : high) v = -v;
    for (const explore::Point& p : result.points) {
        Values values;
        for (std::size_t m = 0; m < objectives.size(); ++m) {
            const double v = *objectives[m].column.value(p.row, p.row);
            values.push_back(objectives[m].maximize ? -v : v);
            low[m] = std::min(low[m], values[m]);
            high[m] = std::max(high[m], values[m]);
        }
        grid.points[p.index] = values;
    }
    std::vector<Values> all;
    for (auto& [index, values] : grid.points) {
        for (std::size_t m = 0; m < values.size(); ++m)
            values[m] = (values[m] - low[m]) / (high[m] - low[m]);
        all.push_back(values);
    }
    for (const std::size_t i : explore::front(all)) grid.front.insert(all[i]);
    grid.volume = explore::hypervolume(all, Values(low.size(), 1.0));
    return grid;
}

struct Found {
    double volume = 0, front = 0;  ///< parts of the grid's
};

template <class Method>
Found found_by(const Grid& grid, Method method) {
    std::vector<Values> seen;
    std::set<Values> on_front;
    method([&](Index i) { return grid.points.contains(i); },
           [&](const std::vector<Index>& asked) {
               std::vector<Figures> figures;
               for (const Index i : asked) {
                   const Values& v = grid.points.at(i);
                   seen.push_back(v);
                   if (grid.front.contains(v)) on_front.insert(v);
                   figures.push_back({v, 0});
               }
               return figures;
           });
    const Values reference(grid.points.begin()->second.size(), 1.0);
    return {explore::hypervolume(seen, reference) / grid.volume,
            double(on_front.size()) / double(grid.front.size())};
}

std::string line(const std::vector<Found>& all) {
    Found mean;
    std::vector<double> volumes;
    for (const Found& f : all) {
        mean.volume += f.volume / double(all.size());
        mean.front += f.front / double(all.size());
        volumes.push_back(f.volume);
    }
    std::ranges::sort(volumes);
    return fmt::format("{:.1f} | {:.1f} | {:.0f}", 100 * mean.volume,
                       100 * volumes[volumes.size() / 10], 100 * mean.front);
}

int run(const std::string& path, const std::string& rows, std::uint64_t seeds) {
    const study::Study s = study::load_study_file(path, study::Multiply::no);
    explore::check(s, path);
    const auto make = [&](const std::vector<explore::Piece>& pieces, const std::string& unit) {
        std::vector<study::Job> jobs;
        for (const explore::Piece& piece : pieces) jobs.push_back(piece.job);
        return study::work(jobs, {.store = rows, .threads = 2, .progress = true, .unit = unit});
    };
    const Grid grid = grid_of(explore::explore(s, {}, make));
    const explore::Space space(s, {});
    fmt::print(
        "{} points, {} different figures on the front, {} seeds\n\n"
        "| runs | method | hypervolume, mean (%) | of the worst tenth of seeds (%) | front points "
        "found (%) |\n|---:|---|---:|---:|---:|\n",
        grid.points.size(), grid.front.size(), seeds);
    for (const int percent : {10, 25, 50}) {
        const std::size_t runs = grid.points.size() * std::size_t(percent) / 100;
        for (const bool evolves : {false, true}) {
            std::vector<Found> all;
            for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
                const explore::Budget budget{runs, seed, s.search->population};
                all.push_back(found_by(grid, [&](const auto& allowed, const auto& evaluate) {
                    evolves ? explore::nsga2(space, budget, allowed, evaluate)
                            : explore::random(space, budget, allowed, evaluate);
                }));
            }
            fmt::print("| {} ({} %) | {} | {} |\n", runs, percent, evolves ? "nsga2" : "random",
                       line(all));
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "usage: explore_methods STUDY.yaml FOLDER_OF_ROWS [SEEDS]\n");
        return 2;
    }
    try {
        return run(argv[1], argv[2], argc > 3 ? std::stoul(argv[3]) : 200);
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}
