// SPDX-License-Identifier: Apache-2.0
// Rationale: a figure is worth as much as the error that it states. Codes are drawn here from the
// law of docs/spec/analog.md with known offset, gain, noise and INL, by the test's own arithmetic;
// over many ADCs the deviations, in stated errors, have to be of order 1 (not far below either,
// where noise makes the codes vary), and none may be far out. Then what cannot be seen: without
// noise the error has to cover half a step; ends of the range must not bend the line.
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <random>

#include "bringup/figures.hpp"

namespace {

struct Truth {
    double offset = 0, gain = 1, noise = 0;
    std::function<double(double)> inl = [](double) { return 0.0; };
    double level(double y) const { return gain * y + offset + inl(y); }
};

struct Experiment {
    double step = 0.4;  ///< of the ideal codes
    int levels = 60;
    std::size_t groups = 4;
    unsigned samples = 64;
    bringup::CodeRange range = {-4, 40};
};

std::vector<bringup::Cell> draw(const Truth& t, const Experiment& e, std::mt19937_64& random) {
    std::normal_distribution<double> normal(0, 1);
    std::vector<bringup::Cell> cells;
    for (int k = 0; k < e.levels; ++k) {
        for (std::size_t group = 0; group < e.groups; ++group) {
            bringup::Cell cell{k * e.step, e.range, group, {}};
            for (unsigned n = 0; n < e.samples; ++n) {
                const double x = t.level(cell.ideal) + t.noise * normal(random);
                const auto code = static_cast<std::int64_t>(std::floor(x + 0.5));
                ++cell.codes[std::clamp(code, e.range.least, e.range.greatest)];
            }
            cells.push_back(std::move(cell));
        }
    }
    return cells;
}

double deviation(const bringup::Estimate& e, double truth) { return (e.value - truth) / e.error; }

struct Deviations {
    double squares = 0, most = 0;
    int count = 0;
    void add(double z) {
        squares += z * z;
        most = std::max(most, std::abs(z));
        ++count;
    }
    double typical() const { return std::sqrt(squares / count); }
};

double between(std::mt19937_64& random, double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
}

}  // namespace

TEST_CASE("stated errors are those that are made", "[figures]") {
    const double noise = GENERATE(0.25, 0.5, 1.2);
    CAPTURE(noise);
    std::mt19937_64 random(1);
    Deviations offset, gain, sigma;
    for (int adc = 0; adc < 24; ++adc) {
        const Truth truth{between(random, -3, 3), between(random, 0.9, 1.1), noise};
        const auto f = bringup::figures_of(draw(truth, {}, random));
        REQUIRE(f.measured);
        CHECK(f.noise_seen);
        offset.add(deviation(f.offset, truth.offset));
        gain.add(deviation(f.gain, truth.gain));
        sigma.add(deviation(f.noise, truth.noise));
    }
    for (const Deviations& d : {offset, gain, sigma}) {
        CHECK(d.typical() < 1.4);
        CHECK(d.most < 4.5);
    }
    // Where cells of one code are rare nothing is hidden, and errors are not overstated either.
    if (noise > 0.4) CHECK(std::min({offset.typical(), gain.typical(), sigma.typical()}) > 0.6);
}

TEST_CASE("without noise the errors cover what one code hides", "[figures]") {
    std::mt19937_64 random(2);
    for (int adc = 0; adc < 24; ++adc) {
        // Whole steps: whatever the offset's fraction, all codes are the same.
        const Truth truth{between(random, -3, 3), 1, 0};
        const auto f = bringup::figures_of(draw(truth, {.step = 1, .levels = 30}, random));
        REQUIRE(f.measured);
        CHECK_FALSE(f.noise_seen);
        CHECK(std::abs(deviation(f.offset, truth.offset)) < 2);
        CHECK(std::abs(deviation(f.gain, truth.gain)) < 2);
        CHECK(f.offset.error > 0.25);
        CHECK(f.noise.error > 0.05);
    }
}

TEST_CASE("cells that differ are in the error", "[figures]") {
    std::mt19937_64 random(3);
    Deviations gain;
    for (int adc = 0; adc < 20; ++adc) {
        std::vector<bringup::Cell> all;
        double mean = 0;
        const Experiment one{.groups = 1};
        for (std::size_t group = 0; group < 8; ++group) {
            const Truth truth{0.3, 1 + between(random, -0.02, 0.02), 0.4};
            mean += truth.gain / 8;
            for (bringup::Cell& cell : draw(truth, one, random)) {
                cell.group = group;
                all.push_back(std::move(cell));
            }
        }
        const auto f = bringup::figures_of(all);
        CHECK(f.gain.error > 0.001);  // from group to group; each one's own is a tenth of it
        gain.add(deviation(f.gain, 1));
        CHECK(std::abs(f.gain.value - mean) < 0.002);
    }
    // An error from eight groups: Student's t with 7 degrees of freedom, deviation 1.18 ± 0.2.
    CHECK(gain.typical() < 1.7);
    CHECK(gain.typical() > 0.6);
}

TEST_CASE("INL and DNL of every level and code", "[figures]") {
    std::mt19937_64 random(4);
    Truth truth{0.7, 0.98, 0.5};
    truth.inl = [](double y) { return 0.3 * std::sin(y); };
    const Experiment e{.levels = 90};
    const auto f = bringup::figures_of(draw(truth, e, random));
    REQUIRE(f.measured);
    CHECK(std::abs(f.worst_inl.value) > 0.25);
    CHECK(std::abs(f.worst_dnl.value) > 0.2);
    Deviations inl, dnl;
    for (const auto& level : f.levels) {
        if (!level.used) continue;
        const double true_inl =
            truth.level(level.ideal) - f.gain.value * level.ideal - f.offset.value;
        inl.add(deviation(level.inl, true_inl));
    }
    CHECK(inl.typical() < 1.4);
    CHECK(inl.typical() > 0.6);
    CHECK(inl.most < 4.5);
    // The transition's place, from the law: where the level is code + 1/2 (it rises throughout).
    const auto crossing = [&truth](double height) {
        double low = -10, high = 60;
        for (int i = 0; i < 60; ++i) {
            const double middle = (low + high) / 2;
            (truth.level(middle) < height ? low : high) = middle;
        }
        return low;
    };
    for (const auto& code : f.codes) {
        if (!code.has_dnl) continue;
        const double width = crossing(static_cast<double>(code.code) + 0.5) -
                             crossing(static_cast<double>(code.code) - 0.5);
        // Lines between levels 0.4 apart bend 0.3 sin(y) by up to 0.3 · 0.4² / 8 at each end.
        CHECK(std::abs(code.dnl.value - (f.gain.value * width - 1)) < 4.5 * code.dnl.error + 0.015);
    }
}

TEST_CASE("ends of the range do not count", "[figures]") {
    std::mt19937_64 random(5);
    const Truth truth{5, 1, 0.4};
    const Experiment e{.levels = 80, .range = {0, 15}};
    const auto f = bringup::figures_of(draw(truth, e, random));
    REQUIRE(f.measured);
    CHECK(std::abs(deviation(f.offset, 5)) < 4.5);
    CHECK(std::abs(deviation(f.gain, 1)) < 4.5);
    CHECK_FALSE(f.levels.back().used);
    CHECK(f.levels.front().used);

    const auto none = bringup::figures_of(draw({20, 1, 0.4}, e, random));
    CHECK_FALSE(none.measured);
    CHECK(none.codes.empty());
}
