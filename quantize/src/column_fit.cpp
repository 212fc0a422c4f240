// SPDX-License-Identifier: Apache-2.0
#include "column_fit.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace quantize {

namespace {

constexpr int least_center = -128, most_center = 127;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

/// The least v whose code is at least `code`: RNE(alpha · v / 2^f) >= code, alpha > 0. A tie at
/// code - 1/2 goes to `code` if that is even.
std::int64_t least_value(std::int64_t code, const AdcForm& adc, std::int64_t alpha) {
    const std::int64_t numerator = (2 * code - 1) * (std::int64_t{1} << adc.alpha_frac);
    const std::int64_t whole = floor_div(numerator, 2 * alpha);
    const bool tie = whole * 2 * alpha == numerator;
    return tie && code % 2 == 0 ? whole : whole + 1;
}

std::int64_t low_code(const AdcForm& adc, int center) {
    return center - (std::int64_t{1} << (adc.bits - 1));
}

std::int64_t high_code(const AdcForm& adc, int center) {
    return center + (std::int64_t{1} << (adc.bits - 1)) - 1;
}

}  // namespace

void Histogram::add(const Histogram& other) {
    for (std::size_t i = 0; i < other.values_.size(); ++i) {
        add(other.values_[i], other.weight_[i + 1] - other.weight_[i]);
    }
}

void Histogram::finish() {
    std::ranges::sort(samples_);
    weight_.assign(1, 0);
    moment_.assign(1, 0);
    for (const auto& [value, weight] : samples_) {
        if (values_.empty() || values_.back() != value) {
            values_.push_back(value);
            weight_.push_back(weight_.back());
            moment_.push_back(moment_.back());
        }
        const auto v = static_cast<double>(value);
        weight_.back() += weight;
        moment_.back() += weight * v;
        square_ += weight * v * v;
    }
    samples_.clear();
    samples_.shrink_to_fit();
}

std::pair<double, double> Histogram::below(std::int64_t limit) const {
    const auto at =
        static_cast<std::size_t>(std::ranges::lower_bound(values_, limit) - values_.begin());
    return {weight_[at], moment_[at]};
}

Moments moments(const Histogram& h, const AdcForm& adc, std::int64_t alpha, int center) {
    Moments m{.values = h.square()};
    const std::int64_t low = low_code(adc, center), high = high_code(adc, center);
    const auto add = [&m](std::int64_t code, std::pair<double, double> from,
                          std::pair<double, double> to) {
        const auto c = static_cast<double>(code);
        m.square += c * c * (to.first - from.first);
        m.product += c * (to.second - from.second);
    };
    if (alpha == 0) {
        add(std::clamp<std::int64_t>(0, low, high), {0, 0}, h.below(h.highest() + 1));
        return m;
    }
    std::pair<double, double> from{0, 0};
    for (std::int64_t code = low; code <= high; ++code) {
        const auto to = h.below(code < high ? least_value(code + 1, adc, alpha) : h.highest() + 1);
        add(code, from, to);
        from = to;
    }
    return m;
}

int max_abs_center(const Histogram& h, const AdcForm& adc) {
    return h.lowest() < 0 ? 0 : std::min(1 << (adc.bits - 1), most_center);
}

std::int64_t max_abs_alpha(const Histogram& h, const AdcForm& adc, int center) {
    const double top = static_cast<double>(std::max(-h.lowest(), h.highest()));
    if (top <= 0) return 0;
    const auto code = std::max({high_code(adc, center), -low_code(adc, center), std::int64_t{1}});
    const double alpha = std::ldexp(static_cast<double>(code) / top, adc.alpha_frac);
    return std::clamp<std::int64_t>(std::llround(alpha), 1, largest_alpha);
}

ColumnFit best_alpha(const Histogram& h, const AdcForm& adc, int center) {
    const std::int64_t first = max_abs_alpha(h, adc, center);
    ColumnFit best{first, moments(h, adc, first, center)};
    if (first == 0) return best;
    const auto attempt = [&](double real) {
        const auto alpha = std::clamp<std::int64_t>(std::llround(real), 1, largest_alpha);
        const Moments m = moments(h, adc, alpha, center);
        if (m.best_error() < best.moments.best_error()) best = {alpha, m};
    };
    constexpr double step = 1.125;
    double alpha = static_cast<double>(first) / (step * step * step);
    for (int i = 0; i < 28; ++i, alpha *= step) attempt(alpha);
    for (double finer : {1.04, 1.013, 1.004}) {
        const auto around = static_cast<double>(best.alpha);
        for (int i = -2; i <= 2; ++i) attempt(around * std::pow(finer, i));
    }
    return best;
}

std::vector<int> centers(const Histogram& h, const AdcForm& adc) {
    const int codes = 1 << adc.bits, step = std::max(1, codes / 4);
    const int least = h.lowest() < 0 ? std::max(least_center, -2 * codes) : 0;
    const int most = std::min(most_center, 4 * codes);
    std::set<int> list = {max_abs_center(h, adc)};
    for (int c = least; c <= most; c += step) list.insert(c);
    return {list.begin(), list.end()};
}

std::vector<int> centers_around(int center, const AdcForm& adc) {
    const int step = std::max(1, (1 << adc.bits) / 4);
    std::vector<int> list;
    for (int c = center - step + 1; c < center + step; c += std::max(1, step / 4)) {
        if (c >= least_center && c <= most_center) list.push_back(c);
    }
    return list;
}

ScaleFit best_unit(std::span<const Moments> entries, int bits) {
    const double full = std::ldexp(1.0, bits) - 1;
    double top = 0;
    for (const Moments& m : entries) top = std::max(top, m.best_scale());
    ScaleFit best;
    for (int i = 0; i < 32; ++i) {
        ScaleFit fit;
        fit.unit = top > 0 ? top / full * std::pow(0.97, i) : 1;
        for (const Moments& m : entries) {
            const double scale = std::clamp(std::round(m.best_scale() / fit.unit), 0.0, full);
            fit.scales.push_back(static_cast<std::int64_t>(scale));
            fit.error += m.error(scale * fit.unit);
        }
        if (i == 0 || fit.error < best.error) best = std::move(fit);
    }
    return best;
}

}  // namespace quantize
