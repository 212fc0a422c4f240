// SPDX-License-Identifier: Apache-2.0
#include "bringup/figures.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "level.hpp"

namespace bringup {

namespace {

constexpr std::size_t most_noise_cells = 256;  // that the noise is taken from

struct Point {
    double ideal = 0, level = 0;
    double random = 0;  ///< error of its own
    double hidden = 0;  ///< a single code came: half of what it hides, the same for all perhaps
    std::size_t group = 0;
};

double squared(double x) { return x * x; }

/// Sums for a straight line through points.
struct Line {
    double offset = 0, gain = 0;
    double count = 0, mean = 0, spread = 0;  ///< of the ideal codes; the spread: squares
    double offset_weight(double y) const { return 1 / count - mean * gain_weight(y); }
    double gain_weight(double y) const { return (y - mean) / spread; }
};

Line line_through(const std::vector<Point>& points) {
    Line line;
    line.count = static_cast<double>(points.size());
    for (const Point& p : points) line.mean += p.ideal / line.count;
    for (const Point& p : points) line.spread += squared(p.ideal - line.mean);
    if (line.spread <= 0) return line;
    for (const Point& p : points) {
        line.offset += line.offset_weight(p.ideal) * p.level;
        line.gain += line.gain_weight(p.ideal) * p.level;
    }
    return line;
}

/// Standard error of the mean of values that are equally good; 0 of fewer than two.
double error_of_mean(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    if (values.size() < 2) return 0;
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / n;
    for (const double v : values) squares += squared(v - mean);
    return std::sqrt(squares / (n - 1) / n);
}

/// The group's own lines, which differ by what its cells do not share with others.
std::pair<double, double> scatter_of_groups(const std::vector<Point>& points) {
    std::map<std::size_t, std::vector<Point>> groups;
    for (const Point& p : points) groups[p.group].push_back(p);
    std::vector<double> offsets, gains;
    for (const auto& [group, own] : groups) {
        const Line line = line_through(own);
        if (line.spread <= 0) continue;
        offsets.push_back(line.offset);
        gains.push_back(line.gain);
    }
    return {error_of_mean(offsets), error_of_mean(gains)};
}

void fit_line(const std::vector<Point>& points, AdcFigures& f) {
    const Line line = line_through(points);
    double offset_random = 0, gain_random = 0, offset_hidden = 0, gain_hidden = 0;
    for (const Point& p : points) {
        const double o = line.offset_weight(p.ideal), g = line.gain_weight(p.ideal);
        offset_random += squared(o * p.random);
        gain_random += squared(g * p.random);
        offset_hidden += std::abs(o) * p.hidden;
        gain_hidden += std::abs(g) * p.hidden;
    }
    const auto [offset_scatter, gain_scatter] = scatter_of_groups(points);
    f.offset = {line.offset,
                std::hypot(std::max(std::sqrt(offset_random), offset_scatter), offset_hidden)};
    f.gain = {line.gain, std::hypot(std::max(std::sqrt(gain_random), gain_scatter), gain_hidden)};
}

/// The level of all cells with one ideal code.
Estimate mean_level(const std::vector<Point>& points) {
    const auto n = static_cast<double>(points.size());
    double mean = 0, random = 0, hidden = 0;
    std::vector<double> levels;
    for (const Point& p : points) {
        mean += p.level / n;
        random += squared(p.random / n);
        hidden += p.hidden / n;
        levels.push_back(p.level);
    }
    return {mean, std::hypot(std::max(std::sqrt(random), error_of_mean(levels)), hidden)};
}

bool clipped(const Cell& cell) {
    return cell.codes.begin()->first <= cell.range.least ||
           cell.codes.rbegin()->first >= cell.range.greatest;
}

const Estimate& worse(const Estimate& a, const Estimate& b) {
    return std::abs(b.value) > std::abs(a.value) ? b : a;
}

/// Where a code ends, in ideal codes.
struct Crossing {
    std::int64_t code = 0;
    Estimate at;
};

/// The first crossing of each code + 1/2 between neighbouring levels that are used.
std::vector<Crossing> crossings_of(const std::vector<LevelFigure>& levels) {
    std::vector<Crossing> crossings;
    for (std::size_t i = 1; i < levels.size(); ++i) {
        const LevelFigure &a = levels[i - 1], &b = levels[i];
        if (!a.used || !b.used || b.level.value <= a.level.value) continue;
        const auto first = static_cast<std::int64_t>(std::ceil(a.level.value - 0.5));
        for (std::int64_t code = first; static_cast<double>(code) + 0.5 < b.level.value; ++code) {
            if (!crossings.empty() && code <= crossings.back().code) continue;
            const double rise = b.level.value - a.level.value, width = b.ideal - a.ideal;
            const double part = (static_cast<double>(code) + 0.5 - a.level.value) / rise;
            const double error = std::hypot((1 - part) * a.inl.error, part * b.inl.error);
            crossings.push_back({code, {a.ideal + part * width, error * width / rise}});
        }
    }
    return crossings;
}

void add_codes(AdcFigures& f) {
    const auto crossings = crossings_of(f.levels);
    for (std::size_t i = 0; i < crossings.size(); ++i) {
        const Crossing& c = crossings[i];
        CodeFigure figure{.code = c.code, .inl = {}, .dnl = {}};
        figure.inl = {
            static_cast<double>(c.code) + 0.5 - f.gain.value * c.at.value - f.offset.value,
            f.gain.value * c.at.error};
        if (i > 0 && crossings[i - 1].code + 1 == c.code) {
            const Crossing& before = crossings[i - 1];
            figure.has_dnl = true;
            figure.dnl = {f.gain.value * (c.at.value - before.at.value) - 1,
                          f.gain.value * std::hypot(c.at.error, before.at.error)};
            f.worst_dnl = worse(f.worst_dnl, figure.dnl);
        }
        f.codes.push_back(figure);
    }
}

/// Cells by ideal code, ascending; codes of all of them.
using Levels = std::map<double, std::vector<const Cell*>>;

LevelFigure bare_level(double ideal, const std::vector<const Cell*>& cells) {
    Cell all;
    LevelFigure level{.ideal = ideal, .used = true, .level = {}, .inl = {}};
    for (const Cell* cell : cells) {
        for (const auto& [code, count] : cell->codes) all.codes[code] += count;
        level.used = level.used && !clipped(*cell);
    }
    const CodeMoments m = moments_of(all);
    level.mean = m.mean;
    level.deviation = m.deviation;
    return level;
}

Point point_of(const Cell& cell, double sigma) {
    const LevelPosterior level = level_of(cell, sigma);
    const bool single = cell.codes.size() == 1;
    return {cell.ideal, level.mean, single ? 0 : level.deviation, single ? level.deviation : 0,
            cell.group};
}

/// What the noise may be where no two codes came of one cell: half a step is so many deviations.
Noise unseen_noise(const std::vector<const Cell*>& cells) {
    double conversions = 0;
    for (const Cell* cell : cells) conversions += moments_of(*cell).count;
    return {0, 0, 0.5 / std::sqrt(2 * std::log(std::max(conversions, 3.0)))};
}

Noise measure_noise(const std::vector<const Cell*>& used, bool& seen) {
    seen = std::ranges::any_of(used, [](const Cell* c) { return c->codes.size() > 1; });
    if (!seen) return unseen_noise(used);
    std::vector<const Cell*> some;
    const std::size_t every = (used.size() + most_noise_cells - 1) / most_noise_cells;
    for (std::size_t i = 0; i < used.size(); i += every) some.push_back(used[i]);
    return noise_of(some);
}

/// Offset, gain, levels and their INL if the noise is `sigma`.
void measure_levels(const std::vector<const Cell*>& used, double sigma, AdcFigures& f) {
    std::vector<Point> points;
    std::map<double, std::vector<Point>> points_of;
    for (const Cell* cell : used) {
        points.push_back(point_of(*cell, std::max(sigma, least_sigma)));
        points_of[cell->ideal].push_back(points.back());
    }
    fit_line(points, f);
    for (LevelFigure& level : f.levels) {
        if (!level.used) continue;
        level.level = mean_level(points_of.at(level.ideal));
        level.inl = {level.level.value - f.gain.value * level.ideal - f.offset.value,
                     level.level.error};
    }
}

/// Adds to an error how far the value is from that with another noise.
void add_error(Estimate& e, double away) { e.error = std::hypot(e.error, away); }
double farther(const Estimate& e, const Estimate& a, const Estimate& b) {
    return std::max(std::abs(a.value - e.value), std::abs(b.value - e.value));
}

/// What it means for the other figures that the noise is known within its error only.
void add_noise_errors(const AdcFigures& low, const AdcFigures& high, AdcFigures& f) {
    add_error(f.offset, farther(f.offset, low.offset, high.offset));
    add_error(f.gain, farther(f.gain, low.gain, high.gain));
    for (std::size_t i = 0; i < f.levels.size(); ++i) {
        LevelFigure& level = f.levels[i];
        add_error(level.level, farther(level.level, low.levels[i].level, high.levels[i].level));
        add_error(level.inl, farther(level.inl, low.levels[i].inl, high.levels[i].inl));
    }
}

}  // namespace

AdcFigures figures_of(const std::vector<Cell>& cells) {
    Levels levels;
    for (const Cell& cell : cells) levels[cell.ideal].push_back(&cell);
    AdcFigures f;
    std::vector<const Cell*> used;
    std::size_t used_levels = 0;
    for (const auto& [ideal, own] : levels) {
        f.levels.push_back(bare_level(ideal, own));
        if (!f.levels.back().used) continue;
        used.insert(used.end(), own.begin(), own.end());
        ++used_levels;
    }
    constexpr std::size_t least_levels = 3;
    f.measured = used_levels >= least_levels;
    if (!f.measured) return f;

    const Noise noise = measure_noise(used, f.noise_seen);
    f.noise = {noise.sigma, noise.error()};
    AdcFigures low = f, high = f;
    measure_levels(used, noise.sigma, f);
    if (f.noise_seen) {
        measure_levels(used, noise.low, low);
        measure_levels(used, noise.high, high);
        add_noise_errors(low, high, f);
    }
    for (const LevelFigure& level : f.levels) {
        if (level.used) f.worst_inl = worse(f.worst_inl, level.inl);
    }
    add_codes(f);
    return f;
}

}  // namespace bringup
