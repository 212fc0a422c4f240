// SPDX-License-Identifier: Apache-2.0
#include "quantize_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace quantize {

namespace {

/// What the choice of levels at one scale is worth: sum(xL) and sum(L^2).
struct ScaleChoice {
    double product = 0;
    double square = 0;
    double gain() const { return square > 0 ? product * product / square : 0; }
    double scale() const { return product / square; }
};

/// Values ascending, scaled by a power of two so that the largest magnitude lies in [1/2, 1).
class Values {
  public:
    explicit Values(std::span<const double> values) : sorted_(values.begin(), values.end()) {
        std::ranges::sort(sorted_);
        largest_ = std::max(std::abs(sorted_.front()), std::abs(sorted_.back()));
        std::frexp(largest_, &exponent_);
        for (double& x : sorted_) x = std::ldexp(x, -exponent_);
        largest_ = std::ldexp(largest_, -exponent_);
        sums_.reserve(sorted_.size() + 1);
        sums_.push_back(0);
        for (const double x : sorted_) {
            sums_.push_back(sums_.back() + x);
            magnitudes_ += std::abs(x);
        }
    }
    std::size_t size() const { return sorted_.size(); }
    double largest() const { return largest_; }
    double low() const { return sorted_.front(); }
    double high() const { return sorted_.back(); }
    double magnitudes() const { return magnitudes_; }
    /// The scale in the units of the caller's values; never zero.
    double restore(double scale) const {
        return std::clamp(std::ldexp(scale, exponent_), std::numeric_limits<double>::denorm_min(),
                          std::numeric_limits<double>::max());
    }

    ScaleChoice choose(const Rounder& rounder, double scale) const {
        const std::size_t thresholds = rounder.levels().size() * 16;
        return size() < thresholds ? one_by_one(rounder, scale) : by_level(rounder, scale);
    }
    double error(const Rounder& rounder, double scale) const {
        double sum = 0;
        for (const double x : sorted_) {
            const double e = x - scale * rounder.either(x / scale);
            sum += e * e;
        }
        return sum;
    }

  private:
    ScaleChoice one_by_one(const Rounder& rounder, double scale) const {
        ScaleChoice c;
        const double units = 1 / scale;
        for (const double x : sorted_) {
            const double level = rounder.either(x * units);
            c.product += x * level;
            c.square += level * level;
        }
        return c;
    }
    /// The values of one level stand together.
    ScaleChoice by_level(const Rounder& rounder, double scale) const {
        ScaleChoice c;
        auto from = sorted_.begin();
        const std::vector<int>& levels = rounder.levels();
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const bool last = i + 1 == levels.size();
            const double threshold = last ? 0 : 0.5 * scale * (levels[i] + levels[i + 1]);
            const auto to = last ? sorted_.end() : std::lower_bound(from, sorted_.end(), threshold);
            const double level = levels[i];
            c.product += level * (sums_[to - sorted_.begin()] - sums_[from - sorted_.begin()]);
            c.square += level * level * static_cast<double>(to - from);
            from = to;
        }
        return c;
    }

    std::vector<double> sorted_, sums_;
    double largest_ = 0, magnitudes_ = 0;
    int exponent_ = 0;
};

struct RatedScale {
    double scale = 0;
    double gain = 0;
};

/// The `count` best by gain, best first.
void keep_best(std::vector<RatedScale>& all, std::size_t count) {
    count = std::min(count, all.size());
    std::ranges::partial_sort(
        all, all.begin() + static_cast<std::ptrdiff_t>(count),
        [](const RatedScale& a, const RatedScale& b) { return a.gain > b.gain; });
    all.resize(count);
}

/// Scale at which the extreme values meet the extreme levels: nothing clips. 0 if no positive scale
/// represents anything.
double extreme_scale(const Values& values, const Rounder& rounder) {
    double scale = 0;
    if (rounder.highest() > 0) scale = std::max(scale, values.high() / rounder.highest());
    if (rounder.lowest() < 0) scale = std::max(scale, values.low() / rounder.lowest());
    return scale;
}

/// Scales `ratio` apart over the range that holds the optimum, rated.
///
/// Above: sum(xL) <= max|x| sum(L^2) / min|L|. Below: with r = scale * max|L| the drop of the error
/// is at most 2 r sum|x|, and it is at least what the extreme scale's choice reaches.
std::vector<RatedScale> coarse_grid(const Values& values, const Rounder& rounder,
                                    double per_octave) {
    const double extreme = extreme_scale(values, rounder);
    if (extreme == 0) return {};
    const double reach = std::max(rounder.highest(), -rounder.lowest());
    const double gain = values.choose(rounder, extreme).gain();
    const double low = std::min(extreme, gain / (2 * reach * values.magnitudes()));
    const double high = std::max(extreme, values.largest() / rounder.smallest());
    const double ratio = std::exp2(1 / per_octave);
    std::vector<RatedScale> grid = {{extreme, gain}};
    for (double s = low; s < high * ratio; s *= ratio) {
        grid.push_back({s, values.choose(rounder, s).gain()});
    }
    return grid;
}

/// Chooses levels and scale in turn until neither changes: the error only falls.
double settle(const Values& values, const Rounder& rounder, double scale) {
    for (int i = 0; i < 30; ++i) {
        const ScaleChoice c = values.choose(rounder, scale);
        if (c.square == 0 || c.scale() == scale) break;
        scale = c.scale();
    }
    return scale;
}

struct Found {
    double scale = 1;
    double error = std::numeric_limits<double>::infinity();
};

Found search(const Values& values, const Rounder& rounder, std::size_t share) {
    constexpr double work = 1 << 21;  // values rated for each octave of all fits
    constexpr std::size_t wide = 16, narrow = 6;
    constexpr int between = 8;
    const double per_octave = std::clamp(work / static_cast<double>(share), 16.0, 8192.0);
    std::vector<RatedScale> best = coarse_grid(values, rounder, per_octave);
    if (best.empty()) return {values.largest(), values.error(rounder, values.largest())};
    const double extreme = best.front().scale;
    keep_best(best, wide);
    for (std::size_t i = 0, n = best.size(); i < n; ++i) {
        for (int k = -between; k <= between; ++k) {
            const double s = best[i].scale * std::exp2(k / (2 * between * per_octave));
            if (k != 0) best.push_back({s, values.choose(rounder, s).gain()});
        }
    }
    keep_best(best, narrow);
    Found found{extreme, values.error(rounder, extreme)};
    for (const RatedScale& r : best) {
        const double s = settle(values, rounder, r.scale);
        if (s == found.scale) continue;
        if (const double e = values.error(rounder, s); e < found.error) found = {s, e};
    }
    return found;
}

/// The zero points worth a full search: those whose coarse grid holds the best gains.
std::vector<int> promising(const Values& values, const Rounding& rounding) {
    constexpr std::size_t count = 12;
    constexpr double per_octave = 8;
    std::vector<std::pair<double, int>> rated;
    for (const int z : rounding.levels) {
        double gain = 0;
        for (const RatedScale& r : coarse_grid(values, Rounder(rounding, z), per_octave)) {
            gain = std::max(gain, r.gain);
        }
        rated.emplace_back(-gain, z);
    }
    std::ranges::sort(rated);
    rated.resize(std::min(rated.size(), count));
    std::vector<int> out;
    for (const auto& [gain, z] : rated) out.push_back(z);
    return out;
}

bool all_zero(std::span<const double> values) {
    return std::ranges::all_of(values, [](double x) { return x == 0; });
}

}  // namespace

Fit best_scale(std::span<const double> values, const Rounding& rounding, std::size_t share) {
    if (all_zero(values)) return {};
    const Values sorted(values);
    return {sorted.restore(search(sorted, Rounder(rounding), share).scale), 0};
}

Fit best_fit(std::span<const double> values, const Rounding& rounding, std::size_t share) {
    const bool negative = std::ranges::any_of(values, [](double x) { return x < 0; });
    if (!rounding.zero_point || !negative) return best_scale(values, rounding, share);
    const Values sorted(values);
    const std::vector<int> offsets = promising(sorted, rounding);
    Found best;
    Fit fit;
    for (const int z : offsets) {
        const Found found = search(sorted, Rounder(rounding, z), share * offsets.size());
        if (found.error >= best.error) continue;
        best = found;
        fit = {sorted.restore(found.scale), z};
    }
    return fit;
}

}  // namespace quantize
