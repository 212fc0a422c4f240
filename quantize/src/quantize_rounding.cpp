#include "quantize_rounding.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "base/error.hpp"
#include "generator/schemes/bfp/config.hpp"
#include "generator/schemes/column_quant/config.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"

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

Rounding conventional_inputs(const generator::Config& c) {
    const auto& s = std::any_cast<const generator::conventional::Section&>(c.section);
    return s.input_signed ? twos_complement(s.input_bits) : unsigned_binary(s.input_bits);
}

Rounding conventional_weights(const generator::Config& c) {
    return twos_complement(
        std::any_cast<const generator::conventional::Section&>(c.section).weight_bits);
}

Rounding column_quant_inputs(const generator::Config& c) {
    return unsigned_binary(
        std::any_cast<const generator::column_quant::Section&>(c.section).input_bits);
}

Rounding column_quant_weights(const generator::Config& c) {
    const auto& s = std::any_cast<const generator::column_quant::Section&>(c.section);
    const int top = (1 << s.weight_bits) - 1;
    return s.differential ? Rounding{integers(-top, top), false} : twos_complement(s.weight_bits);
}

/// Both signs of every value of four bits at their positions, under either pattern.
Rounding zebra_levels(const generator::Config& c) {
    const auto& s = std::any_cast<const generator::zebra::Section&>(c.section);
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
    r.levels.erase(std::ranges::unique(r.levels).begin(), r.levels.end());
    return r;
}

/// static: every integer, rounded block by block. dynamic: r 2^s, r of m bits.
Rounding bfp_inputs(const generator::Config& c) {
    const auto& s = std::any_cast<const generator::bfp::Section&>(c.section);
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

Rounding bfp_weights(const generator::Config& c) {
    return twos_complement(std::any_cast<const generator::bfp::Section&>(c.section).weight_bits);
}

/// The sign: for these levels the best scale is the mean magnitude.
Rounding plus_minus_one(const generator::Config&) { return {{-1, 1}, false}; }

constexpr SchemeRounding table[] = {
    {"conventional", conventional_inputs, conventional_weights, true, false, "input.signed: true"},
    {"zebra", zebra_levels, zebra_levels},
    {"bfp", bfp_inputs, bfp_weights},
    {"binsparx", plus_minus_one, plus_minus_one, false},
    {"column_quant", column_quant_inputs, column_quant_weights, false, true},
};

/// Of ascending levels, the one nearest to t; t is on no threshold.
int nearest_level(const std::vector<int>& levels, double t) {
    const auto above = std::ranges::lower_bound(levels, t, {}, [](int l) { return double(l); });
    if (above == levels.begin()) return *above;
    if (above == levels.end()) return levels.back();
    return t - *(above - 1) < *above - t ? *(above - 1) : *above;
}

}  // namespace

const SchemeRounding& rounding_of(const generator::Config& config) {
    const auto* row = std::ranges::find(table, config.scheme, &SchemeRounding::scheme);
    if (row != std::end(table)) return *row;
    std::vector<std::string_view> names;
    for (const SchemeRounding& r : table) names.push_back(r.scheme);
    throw base::Error(
        fmt::format("error: scheme: quantize has no rounding for {}; expected one of {}",
                    config.scheme, fmt::join(names, ", ")));
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

int Rounder::nearest(double t) const {
    const double i = std::min(std::ceil(2 * std::abs(t)), static_cast<double>(up_.size() - 1));
    return (t < 0 ? down_ : up_)[static_cast<std::size_t>(i)];
}

int Rounder::either(double t) const {
    const double limit = static_cast<double>(up_.size() - 2);
    const int i = static_cast<int>(std::min(2 * std::abs(t), limit)) + 1;
    return (t < 0 ? down_ : up_)[static_cast<std::size_t>(i)];
}

}  // namespace quantize
