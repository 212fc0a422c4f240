// SPDX-License-Identifier: Apache-2.0
#include "quantize_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <variant>

namespace quantize {

namespace {

/// All integers from lo to hi.
std::vector<int> integers(int lo, int hi) {
    std::vector<int> out(static_cast<std::size_t>(hi - lo) + 1);
    std::iota(out.begin(), out.end(), lo);
    return out;
}

Rounding twos_complement(int bits) {
    const int half = 1 << (bits - 1);
    return {integers(-half, half - 1), false};
}

Rounding unsigned_binary(int bits) { return {integers(0, (1 << bits) - 1), true}; }

SchemeRounding rounding(const generator::conventional::Section& s, const generator::Config&) {
    return {
        .inputs = s.input_signed ? twos_complement(s.input_bits) : unsigned_binary(s.input_bits),
        .weights = twos_complement(s.weight_bits),
        .negative_inputs = "input.signed: true"};
}

SchemeRounding rounding(const generator::column_quant::Section& s, const generator::Config&) {
    const int top = (1 << s.weight_bits) - 1;
    return {.inputs = unsigned_binary(s.input_bits),
            .weights = s.differential ? Rounding{integers(-top, top), false}
                                      : twos_complement(s.weight_bits),
            .counts_steps = false,
            .fits_columns = true};
}

/// Both signs of every value of four bits at their positions, under either pattern.
SchemeRounding rounding(const generator::zebra::Section& s, const generator::Config&) {
    Rounding r;
    for (unsigned bits = 0; bits < 16; ++bits) {
        int magnitude = 0;
        for (unsigned k = 0; k < 4; ++k) magnitude += (bits >> k & 1U) ? 1 << s.base[k] : 0;
        for (const int m : {magnitude, magnitude * s.ratio}) {
            r.levels.push_back(m);
            r.levels.push_back(-m);
        }
    }
    std::ranges::sort(r.levels);
    r.levels.erase(std::unique(r.levels.begin(), r.levels.end()), r.levels.end());
    return {.inputs = r, .weights = r};
}

/// static: every integer, rounded block by block. dynamic: r 2^s, r of m bits.
Rounding bfp_inputs(const generator::bfp::Section& s, const generator::Config& c) {
    Rounding all = unsigned_binary(s.input_bits);
    if (s.mantissa_bits == s.input_bits) return all;  // nothing is cut
    if (!s.dynamic) {
        all.block_rows = c.array.active_rows;
        all.mantissa = s.mantissa_bits;
        return all;
    }
    std::erase_if(all.levels, [&](int q) {
        int shift = 0;
        while (q >> shift >= 1 << s.mantissa_bits) ++shift;
        return q % (1 << shift) != 0;
    });
    return all;
}

SchemeRounding rounding(const generator::bfp::Section& s, const generator::Config& c) {
    return {.inputs = bfp_inputs(s, c), .weights = twos_complement(s.weight_bits)};
}

/// The sign: for these levels the best scale is the mean magnitude.
SchemeRounding rounding(const generator::binsparx::Section&, const generator::Config&) {
    const Rounding plus_minus_one{{-1, 1}, false};
    return {.inputs = plus_minus_one, .weights = plus_minus_one, .counts_steps = false};
}

/// Of ascending levels, the one nearest to t; t is on no threshold.
int nearest_level(const std::vector<int>& levels, double t) {
    const auto above = std::ranges::lower_bound(levels, t, {}, [](int l) { return double(l); });
    if (above == levels.begin()) return *above;
    if (above == levels.end()) return levels.back();
    return t - *(above - 1) < *above - t ? *(above - 1) : *above;
}

}  // namespace

SchemeRounding rounding_of(const generator::Config& config) {
    return std::visit([&config](const auto& own) { return rounding(own, config); }, config.section);
}

Rounder::Rounder(const Rounding& rounding, int offset) : levels_(rounding.levels) {
    for (int& level : levels_) level -= offset;
    const int reach = 2 * std::max(std::abs(lowest()), std::abs(highest())) + 1;
    for (int i = 0; i <= reach; ++i) {
        const double inside = 0.5 * i - 0.25;                           // no threshold lies here
        up_.push_back(nearest_level(levels_, i == 0 ? 0.25 : inside));  // 0 itself: up
        down_.push_back(nearest_level(levels_, -inside));
    }
}

int Rounder::smallest() const {
    int smallest = std::max(std::abs(lowest()), std::abs(highest()));
    for (const int level : levels_) {
        if (level != 0) smallest = std::min(smallest, std::abs(level));
    }
    return smallest;
}

void Rounder::nearest(std::span<const float> x, double scale, int add,
                      std::span<std::int32_t> q) const {
    // Places in one table, found without a branch and several at a time; then what stands there.
    std::vector<int> table = up_;
    table.insert(table.end(), down_.begin(), down_.end());
    for (int& level : table) level += add;
    const auto below_zero = static_cast<int>(up_.size());
    const auto last = static_cast<double>(up_.size() - 1);
    for (std::size_t n = 0; n < q.size(); ++n) {
        const double t = double{x[n]} / scale, halves = std::min(2 * std::abs(t), last);
        const int below = static_cast<int>(halves);
        q[n] = below + (below < halves) + (t < 0 ? below_zero : 0);
    }
    for (std::int32_t& place : q) place = table[static_cast<std::size_t>(place)];
}

int Rounder::either(double t) const {
    const double limit = static_cast<double>(up_.size() - 2);
    const int i = static_cast<int>(std::min(2 * std::abs(t), limit)) + 1;
    return (t < 0 ? down_ : up_)[static_cast<std::size_t>(i)];
}

}  // namespace quantize
