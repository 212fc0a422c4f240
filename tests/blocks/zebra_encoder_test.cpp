// SPDX-License-Identifier: Apache-2.0
/// zebra_encoder: combinational, 9 bits: every value, for the four named patterns and one given by
/// positions with ratio 1. Expected: the sorted list of levels (std::map, first entry kept: pattern
/// 0 wins) and the nearest neighbour in it; the worked values of the spec besides.
#include <map>

#include "Vtb_zebra_encoder.h"
#include "bench.hpp"

namespace {

struct Pattern {
    int base[4];  // of b0..b3
    int ratio;
};
constexpr Pattern patterns[] = {
    {{0, 2, 4, 6}, 2}, {{0, 1, 2, 3}, 4}, {{0, 1, 4, 5}, 4}, {{0, 1, 2, 3}, 2}, {{2, 3, 5, 7}, 1}};

/// level → {P, b3..b0}
std::map<int, int> levels_of(const Pattern& p) {
    std::map<int, int> levels;
    for (int code = 0; code < 32; ++code) {
        int level = 0;
        for (int k = 0; k < 4; ++k) level += (code >> k & 1) * (1 << p.base[k]);
        levels.emplace(code < 16 ? level : level * p.ratio, code);
    }
    return levels;
}

int nearest(const std::map<int, int>& levels, int magnitude) {
    const auto above = levels.lower_bound(magnitude);
    if (above == levels.end()) return std::prev(above)->first;
    if (above == levels.begin()) return above->first;
    const int below = std::prev(above)->first;
    return above->first - magnitude < magnitude - below ? above->first : below;
}

}  // namespace

TEST_CASE("zebra encoder: every value of every pattern", "[zebra_encoder]") {
    bench::Bench<Vtb_zebra_encoder> dut;
    for (unsigned n = 0; n < std::size(patterns); ++n) {
        const auto levels = levels_of(patterns[n]);
        for (int value = -256; value <= 255; ++value) {
            dut.in(n)(bench::wrap(value, 9), 9);
            dut.settle();
            const int level = nearest(levels, std::min(std::abs(value), 255));
            const int sign = value < 0 && level != 0 ? 32 : 0;
            bench::same(dut.out(n)(6), levels.at(level) + sign, "code", n, value);
        }
    }
}

TEST_CASE("zebra encoder: worked values of the spec", "[zebra_encoder]") {
    struct Worked {
        int magnitude;
        unsigned option2, option1, paired;
    };
    constexpr Worked worked[] = {{3, 0x11, 0x03, 0x03},   {12, 0x13, 0x0c, 0x13},
                                 {37, 0x15, 0x19, 0x0b},  {100, 0x0f, 0x1f, 0x17},
                                 {127, 0x18, 0x1f, 0x18}, {255, 0x1f, 0x1f, 0x1f}};
    bench::Bench<Vtb_zebra_encoder> dut;
    for (const Worked& w : worked) {
        for (unsigned n = 0; n < 3; ++n) dut.in(n)(static_cast<unsigned>(w.magnitude), 9);
        dut.settle();
        bench::same(dut.out(0)(6), w.option2, "option2", w.magnitude);
        bench::same(dut.out(1)(6), w.option1, "option1", w.magnitude);
        bench::same(dut.out(2)(6), w.paired, "option1_paired", w.magnitude);
    }
}
