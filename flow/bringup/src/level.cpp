// SPDX-License-Identifier: Apache-2.0
#include "level.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bringup {

namespace {

constexpr std::size_t points = 64;   // of a level's distribution
constexpr double reach = 5;          // deviations
constexpr double impossible = -1e9;  // logarithm
constexpr double least_chance = 1e-300;

/// Chance of a standard normal value between a and b, a < b, also far out.
double chance(double a, double b) {
    constexpr double root_half = 0.70710678118654752;
    if (a > 0) return 0.5 * (std::erfc(a * root_half) - std::erfc(b * root_half));
    return 0.5 * (std::erfc(-b * root_half) - std::erfc(-a * root_half));
}

double log_likelihood(const Cell& cell, double level, double sigma) {
    double sum = 0;
    for (const auto& [code, count] : cell.codes) {
        const auto c = static_cast<double>(code);
        const double low = code == cell.range.least ? -40 : (c - 0.5 - level) / sigma;
        const double high = code == cell.range.greatest ? 40 : (c + 0.5 - level) / sigma;
        sum += count * std::log(std::max(chance(low, high), least_chance));
    }
    return sum;
}

/// A grid of values with the logarithm of their weight.
struct Grid {
    std::vector<double> at, weight;
    double greatest() const { return *std::ranges::max_element(weight); }
};

/// Of a parabola through the greatest weight and its neighbours.
double peak_of(const Grid& grid) {
    const auto at = std::ranges::max_element(grid.weight);
    if (at == grid.weight.begin() || at + 1 == grid.weight.end()) return *at;
    const double slope = (at[1] - at[-1]) / 2, curve = at[1] - 2 * at[0] + at[-1];
    return curve < 0 ? at[0] - slope * slope / (2 * curve) : at[0];
}

LevelPosterior summarize(const Grid& grid) {
    const double top = grid.greatest();
    double sum = 0, first = 0, second = 0;
    for (std::size_t i = 0; i < grid.at.size(); ++i) {
        const double w = std::exp(grid.weight[i] - top);
        sum += w;
        first += w * grid.at[i];
        second += w * grid.at[i] * grid.at[i];
    }
    const double mean = first / sum;
    const double step = (grid.at.back() - grid.at.front()) / static_cast<double>(grid.at.size());
    return {mean, std::sqrt(std::max(0.0, second / sum - mean * mean)), top + std::log(sum * step),
            peak_of(grid)};
}

/// Logarithm of how likely all codes are with this σ.
double log_evidence(const std::vector<const Cell*>& cells, double sigma) {
    double sum = 0;
    for (const Cell* cell : cells) sum += level_of(*cell, sigma).log_evidence;
    return sum;
}

}  // namespace

CodeMoments moments_of(const Cell& cell) {
    CodeMoments m;
    double squares = 0;
    for (const auto& [code, count] : cell.codes) {
        const auto c = static_cast<double>(code);
        m.count += count;
        m.mean += count * c;
        squares += count * c * c;
    }
    m.mean /= m.count;
    m.deviation = std::sqrt(std::max(0.0, squares / m.count - m.mean * m.mean));
    return m;
}

LevelPosterior level_of(const Cell& cell, double sigma) {
    const CodeMoments m = moments_of(cell);
    const auto least = static_cast<double>(cell.codes.begin()->first);
    const auto greatest = static_cast<double>(cell.codes.rbegin()->first);
    const double near = 0.5 + 6 * std::sqrt((sigma * sigma + 1.0 / 12) / m.count);
    const double low = std::max(greatest - 0.5 - reach * sigma, m.mean - near);
    const double high = std::min(least + 0.5 + reach * sigma, m.mean + near);
    if (low >= high) {
        const double unlikely = impossible * (1 + low - high);
        return {m.mean, 0, unlikely, unlikely};
    }
    Grid grid;
    const double step = (high - low) / static_cast<double>(points);
    for (std::size_t i = 0; i < points; ++i) {
        grid.at.push_back(low + (static_cast<double>(i) + 0.5) * step);
        grid.weight.push_back(log_likelihood(cell, grid.at.back(), sigma));
    }
    return summarize(grid);
}

namespace {

Estimate likely_noise(const std::vector<const Cell*>& cells) {
    constexpr int rounds = 5, steps = 12;
    constexpr double negligible = 12;  // of the logarithm
    double low = least_sigma, high = 0.5;
    for (const Cell* cell : cells) high = std::max(high, 0.5 + 2 * moments_of(*cell).deviation);
    LevelPosterior sigma;
    for (int round = 0; round < rounds; ++round) {
        Grid grid;
        for (int i = 0; i <= steps; ++i) {
            grid.at.push_back(low + (high - low) * i / steps);
            grid.weight.push_back(log_evidence(cells, grid.at.back()));
        }
        sigma = summarize(grid);
        const double top = grid.greatest();
        std::size_t first = grid.at.size(), last = 0;
        for (std::size_t i = 0; i < grid.at.size(); ++i) {
            if (grid.weight[i] < top - negligible) continue;
            first = std::min(first, i);
            last = i;
        }
        // Enough points where it counts: done.
        if (last - first + 4 >= grid.at.size() - 1) break;
        low = grid.at[first > 0 ? first - 1 : 0];
        high = grid.at[std::min(last + 1, grid.at.size() - 1)];
    }
    return {sigma.mean, sigma.deviation};
}

/// What a distribution that is not quite normal (its excess kurtosis up to `tail`) changes: where
/// half a step is z deviations, σ is told from a quantile, which moves by tail/24·(z³ − 3z) at
/// most.
double tail_error(double sigma) {
    constexpr double tail = 0.15, most_z = 4;
    const double z = std::min(most_z, 0.5 / sigma);
    return sigma * tail / 24 * std::max(0.0, z * z - 1);
}

/// How far σ may be from `sigma` so that the codes are at most e^½ times less likely than at best,
/// each level being what suits it: on both sides. Levels that suit take away a degree of freedom.
std::pair<double, double> possible_range(const std::vector<const Cell*>& cells, double sigma) {
    static constexpr double factors[] = {
        0.05, 0.1,  0.2,  0.3,  0.4, 0.5,  0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.96, 0.98, 0.99, 1,
        1.01, 1.02, 1.04, 1.06, 1.1, 1.15, 1.2, 1.3, 1.5, 2,    3,   5,    8,    12,   16,   20};
    const double count = moments_of(*cells.front()).count;
    const double freedom = std::sqrt((count - 1) / count);
    std::vector<double> likely;
    for (const double factor : factors) {
        double sum = 0;
        const double s = std::max(least_sigma, sigma * factor * freedom);
        for (const Cell* cell : cells) sum += level_of(*cell, s).log_likelihood;
        likely.push_back(sum);
    }
    const double enough = *std::ranges::max_element(likely) - 0.5;
    std::size_t first = 0, last = likely.size() - 1;
    while (likely[first] < enough) ++first;
    while (likely[last] < enough) --last;
    const auto between = [&](std::size_t in, std::size_t out) {
        const double part = (likely[in] - enough) / (likely[in] - likely[out]);
        return sigma * (factors[in] + part * (factors[out] - factors[in]));
    };
    return {first > 0 ? between(first, first - 1) : least_sigma,
            last + 1 < likely.size() ? between(last, last + 1) : sigma * factors[last]};
}

}  // namespace

Noise noise_of(const std::vector<const Cell*>& cells) {
    const Estimate likely = likely_noise(cells);
    const auto [low, high] = possible_range(cells, likely.value);
    const double tail = tail_error(likely.value);
    const double below = std::max(likely.error, likely.value - low);
    const double above = std::max(likely.error, high - likely.value);
    return {likely.value, std::max(least_sigma, likely.value - std::hypot(below, tail)),
            likely.value + std::hypot(above, tail)};
}

}  // namespace bringup
