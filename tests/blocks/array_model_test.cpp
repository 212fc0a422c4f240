// SPDX-License-Identifier: Apache-2.0
/// cim_array_model, with its ADCs and its protocol watch. Values: random cells in every bank,
/// random drives and enables, both kinds of cell ({sign, level, magnitude} with a ratio; digits of
/// one and two bits, a plane whose top bit is negative), steps "5/2", 3, 2 and 1, codes that clip
/// at both ends; columns with a factor and a centre of their own, trims with each request and for
/// each plane. Expected: the law of docs/spec/contract.md in plain integers (of such columns: in
/// doubles, which hold them exactly, rounded to even by the C library). Timing: both kinds of hold,
/// precharge and settle 0 and above, the overlap of settle 0; a legal timeline must break no rule.
/// In the cycle before its answer an ADC shows the inverted code.
/// Protocol: each rule is broken once, in every kind of hold that has it, by one change of a legal
/// timeline; it must be named, and all codes of the next step, itself legal, must come inverted.
#include <algorithm>
#include <cmath>
#include <functional>

#include "array_timeline.hpp"

using array::Timeline;
using array::Variant;

namespace {

long floor_div(long a, long b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

long product(const Variant& v, unsigned drive, unsigned cell, bool negative_top) {
    if (v.sign_level) {
        const auto factor = [&v](unsigned x) {
            const int size = (x & 1) ? ((x & 2) ? v.ratio : 1) : 0;
            return (x & 4) ? -size : size;
        };
        return static_cast<long>(factor(drive)) * factor(cell);
    }
    const long number =
        negative_top ? bench::to_signed(cell, v.cell_bits) : static_cast<long>(cell);
    return number * static_cast<long>(drive);
}

/// u = RNE(alpha · v / 2^alpha_frac) - c0
long scaled(const Variant& v, unsigned bank, unsigned column, long sum) {
    const std::uint32_t word = array::parameters().at(bank, column);
    const double quotient =
        std::ldexp(static_cast<double>(word & 0xffff) * static_cast<double>(sum),
                   -static_cast<int>(v.alpha_frac));
    return static_cast<long>(std::nearbyint(quotient)) - bench::to_signed(word >> 16 & 0xff, 8);
}

array::Conversion convert(const Variant& v, const array::Cells& cells, const array::Step& s,
                          unsigned column) {
    long sum = 0;
    for (unsigned r = 0; r < v.rows; ++r) {
        if (!(s.enabled >> r & 1)) continue;
        const unsigned cell = cells[(s.bank * v.rows + r) * v.columns + column];
        sum += product(v, s.drive[r], cell, v.signed_planes >> column % v.planes & 1);
    }
    const long most = (1L << (v.code_bits - (v.code_signed ? 1 : 0))) - 1;
    const long least = v.code_signed ? -most - 1 : 0;
    const long ideal = v.scaled ? scaled(v, s.bank, column, sum)
                                : floor_div(v.step_den * sum + v.step_num / 2, v.step_num);
    const long code = std::clamp(ideal, least, most);
    return {static_cast<int>(column), static_cast<int>(sum), static_cast<int>(code), code != ideal};
}

class Array {
  public:
    Array(bench::Bench<Vtb_array_model>& dut, unsigned n)
        : port(dut, n), v(array::variants[n]), random_(1300 + n) {
        for (unsigned i = 0; i < v.banks * v.rows * v.columns; ++i) {
            cells.push_back(static_cast<unsigned>(random_.bits(v.cell_bits)));
        }
        draw_parameters();
        port.reset();
        port.write(cells);
    }
    array::Step step() {
        array::Step s{static_cast<unsigned>(random_.in(0, v.banks - 1)), random_.bits(v.rows), {}};
        if (s.enabled == 0 || random_.chance(30)) s.enabled = bench::wrap(-1, v.rows);
        const bool full = random_.chance(20);
        for (unsigned r = 0; r < v.rows; ++r) {
            s.drive.push_back(full ? (1u << v.drive_bits) - 1
                                   : static_cast<unsigned>(random_.bits(v.drive_bits)));
        }
        return s;
    }
    /// In order of arrival: column by column, ADC 0 first.
    std::vector<array::Conversion> expected(const array::Step& s) const {
        std::vector<array::Conversion> list;
        for (unsigned c = 0; c < v.share; ++c) {
            for (unsigned a = 0; a < v.adcs(); ++a)
                list.push_back(convert(v, cells, s, a * v.share + c));
        }
        return list;
    }
    array::Port port;
    const Variant& v;
    array::Cells cells;

  private:
    /// Factors that reach about twice the code range, centres around 0; the trims of an output's
    /// planes, or of each column.
    void draw_parameters() {
        auto& table = array::parameters();
        table = {v.columns, {}};
        const double top =
            static_cast<double>(v.rows) * ((1u << v.drive_bits) - 1) * ((1u << v.cell_bits) - 1);
        const double one = std::ldexp(std::ldexp(1.0, static_cast<int>(v.code_bits)) / top,
                                      static_cast<int>(v.alpha_frac));
        const auto most = static_cast<std::int64_t>(std::clamp(one, 2.0, 65535.0));
        for (unsigned i = 0; i < v.banks * v.columns; ++i) {
            const auto alpha = static_cast<std::uint32_t>(random_.in(0, most));
            const auto center = static_cast<std::uint32_t>(random_.in(-3, 3)) & 0xff;
            const bool of_output = !v.trim_by_adc && i % v.columns >= v.planes;
            const auto trim = of_output ? table.words[i - v.planes] >> 24
                                        : static_cast<std::uint32_t>(random_.bits(v.trim_bits));
            table.words.push_back(alpha | center << 16 | trim << 24);
        }
    }
    bench::Random random_;
};

void check_codes(const Array& a, const std::vector<int>& found,
                 const std::vector<array::Conversion>& expected, bool inverted,
                 std::string_view what) {
    REQUIRE(found.size() >= expected.size());
    const std::size_t first = found.size() - expected.size();  // of the last step
    const std::uint64_t ones = inverted ? bench::wrap(-1, a.v.code_bits) : 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const std::uint64_t code = bench::wrap(expected[i].code, a.v.code_bits) ^ ones;
        bench::same(static_cast<std::uint64_t>(found[first + i]), code, what, i,
                    expected[i].column);
    }
}

/// The second of two steps; the first one's timeline is spoilt.
void expect_rule(bench::Bench<Vtb_array_model>& dut, unsigned n, const std::string& rule,
                 const std::function<void(Timeline&)>& spoil, array::Deviation deviation = {}) {
    Array a(dut, n);
    array::Step first = a.step();
    first.drive[0] = 1;
    first.enabled |= 1;
    const array::Step second = a.step();
    Timeline timeline(a.v);
    timeline.add(first, deviation);
    timeline.add(second);
    spoil(timeline);
    const std::vector<int> codes = a.port.play(timeline);
    const auto& rules = array::told().rules;
    INFO("variant " << n << ", rule " << rule << ", named "
                    << Catch::StringMaker<std::vector<std::string>>::convert(rules));
    CHECK(std::count(rules.begin(), rules.end(), rule) == 1);
    check_codes(a, codes, a.expected(second), true, "poisoned code after " + rule);
    a.port.reset();
    Timeline after(a.v);
    after.add(second);
    check_codes(a, a.port.play(after), a.expected(second), false, "code after reset");
    CHECK(array::told().rules.empty());
}

}  // namespace

TEST_CASE("array model: codes of random cells and drives", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (unsigned n = 0; n < std::size(array::variants); ++n) {
        Array a(dut, n);
        a.port.read_back(a.cells);
        unsigned clipped = 0;
        for (int i = 0; i < 300; ++i) {
            array::told() = {};
            const array::Step step = a.step();
            Timeline timeline(a.v);
            timeline.add(step);
            const std::vector<int> codes = a.port.play(timeline);
            const auto expected = a.expected(step);
            check_codes(a, codes, expected, false, "code");
            if (a.v.latency > 1) check_codes(a, a.port.early(), expected, true, "code too early");
            REQUIRE(array::told().rules.empty());
            // ADCs that answer in the same cycle tell in any order.
            auto sorted = expected, found = array::told().conversions;
            const auto by_column = [](const auto& x, const auto& y) { return x.column < y.column; };
            std::sort(sorted.begin(), sorted.end(), by_column);
            std::sort(found.begin(), found.end(), by_column);
            REQUIRE(found == sorted);
            for (const auto& c : expected) clipped += c.clipped;
        }
        INFO("variant " << n);
        if (n < 3) CHECK(clipped > 0);
    }
}

TEST_CASE("array protocol: drive and bank stand still in their window", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (const unsigned n : {0u, 1u, 2u}) {
        const auto at = [n](const Timeline& t) { return t.steps[0].drive + (n == 2 ? 4 : 1); };
        expect_rule(dut, n, "drive_changed", [&](Timeline& t) { t.cycles[at(t)].drive[0] ^= 1; });
        expect_rule(dut, n, "drive_changed", [&](Timeline& t) { t.cycles[at(t)].enabled ^= 1; });
    }
    for (const unsigned n : {0u, 1u, 4u}) {
        expect_rule(dut, n, "drive_changed",
                    [](Timeline& t) { t.cycles[t.steps[0].drive + 1].bank ^= 1; });
    }
}

TEST_CASE("array protocol: precharge", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (const unsigned n : {0u, 1u, 2u, 5u}) {
        expect_rule(dut, n, "precharge_short", [](Timeline&) {}, {.precharge = -1});
        expect_rule(dut, n, "precharge_driven",
                    [](Timeline& t) { t.cycles[t.steps[0].drive + 1].precharge = true; });
    }
    // A break between precharge and drive.
    expect_rule(dut, 0, "precharge_short",
                [](Timeline& t) { t.cycles[t.steps[0].drive - 1].precharge = false; });
}

TEST_CASE("array protocol: sampling waits for the drive to settle", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    expect_rule(dut, 0, "early_sample",
                [](Timeline& t) { t.cycles[t.steps[0].drive].sample = true; });
    expect_rule(dut, 4, "early_sample",
                [](Timeline& t) { t.cycles[t.steps[0].drive - 1].sample = true; });
    expect_rule(dut, 2, "early_sample", [](Timeline&) {}, {.settle = -1});
}

TEST_CASE("array protocol: rows stand for the gap", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (const unsigned n : {9u, 10u, 11u}) {
        expect_rule(dut, n, "sample_gap", [](Timeline&) {}, {.gap = -1});
        const auto at = [n](const Timeline& t) {
            return n == 10 ? t.steps[0].convert + 6 : t.steps[0].convert;
        };
        expect_rule(dut, n, "sample_gap", [&](Timeline& t) { t.cycles[at(t)].drive[0] ^= 1; });
    }
    expect_rule(dut, 9, "sample_gap",
                [](Timeline& t) { t.cycles[t.steps[0].convert + 1].bank ^= 1; });
    expect_rule(dut, 9, "precharge_driven",
                [](Timeline& t) { t.cycles[t.steps[0].convert + 1].precharge = true; });
}

TEST_CASE("array protocol: drives that end untaken, and those that stand too long",
          "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    expect_rule(dut, 12, "drive_long", [](Timeline&) {}, {.settle = 1});
    Array a(dut, 12);
    array::told() = {};
    const array::Step step = a.step();
    Timeline timeline(a.v);
    timeline.add(step);
    timeline.precede_untaken(false);
    check_codes(a, a.port.play(timeline), a.expected(step), false, "code after an untaken drive");
    CHECK(array::told().rules.empty());
    Timeline late(a.v);
    late.add(step);
    late.precede_untaken(true);
    a.port.play(late);
    REQUIRE_FALSE(array::told().rules.empty());
    CHECK(array::told().rules.front() == "request_no_value");
    // Without a bound no drive may end so.
    expect_rule(dut, 9, "drive_changed", [](Timeline& t) { t.precede_untaken(false); });
}

TEST_CASE("array protocol: requests", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (const unsigned n : {0u, 1u, 2u}) {
        expect_rule(dut, n, "request_order",
                    [](Timeline& t) { t.cycles[t.steps[0].convert].column = 1; });
        expect_rule(dut, n, "request_retracted",
                    [](Timeline& t) { t.cycles[t.steps[0].convert + 2].request = false; });
        expect_rule(dut, n, "request_retracted",
                    [](Timeline& t) { t.cycles[t.steps[0].convert + 2].column = 0; });
    }
    for (const unsigned n : {0u, 1u, 4u}) {
        expect_rule(dut, n, "request_no_value", [](Timeline& t) {
            for (unsigned i = t.steps[0].drive; i < t.steps[0].convert; ++i)
                t.cycles[i].sample = false;
        });
    }
}

TEST_CASE("array protocol: weights and hold", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (unsigned n = 0; n < std::size(array::variants); ++n) {
        expect_rule(dut, n, "hold_low",
                    [](Timeline& t) { t.cycles[t.steps[0].convert].hold = false; });
        expect_rule(dut, n, "weight_in_compute",
                    [](Timeline& t) { t.cycles[t.steps[0].convert].weight = true; });
        expect_rule(dut, n, "weight_in_compute",
                    [](Timeline& t) { t.cycles[t.steps[0].drive].weight = true; });
    }
    expect_rule(dut, 0, "weight_in_compute",
                [](Timeline& t) { t.cycles[t.steps[0].precharge].weight = true; });
}

TEST_CASE("array protocol: trims", "[array_model]") {
    bench::Bench<Vtb_array_model> dut;
    for (const unsigned n : {6u, 7u}) {
        expect_rule(dut, n, "trim_wrong",
                    [](Timeline& t) { t.cycles[t.steps[0].convert].spoilt_trim = 1; });
    }
    // Those of the bank that is driven next, while the former is converted.
    expect_rule(dut, 6, "trim_wrong", [](Timeline& t) {
        auto& pins = t.cycles[t.steps[0].convert];
        const auto trim = [&pins](unsigned bank) {
            return array::parameters().at(bank, pins.column) >> 24;
        };
        pins.spoilt_trim =
            trim(pins.bank) != trim(1 - pins.bank) ? trim(pins.bank) ^ trim(1 - pins.bank) : 1;
    });
}
