// SPDX-License-Identifier: Apache-2.0
// quantize: rounding and corners.
//
// The rounding is held against the plain definition at all quarters of a unit, so at every
// threshold and on both sides of it, and against the worked values of the specification. The
// corners are what a scale's arithmetic may stumble over: zeros, constants, one sign only,
// denormals, the largest doubles, a spread that loses the small values; and every kind of operand
// that must be refused.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "quantize/quantize.hpp"
#include "quantize_bench.hpp"
#include "quantize_rounding.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace quantize;
using namespace quantize_bench;

}  // namespace

TEST_CASE("quantize: integers that fit come back as they are", "[quantize]") {
    Floats weights{{256, 1}, {}};
    for (int i = -128; i < 128; ++i) weights.data.push_back(i);
    const Floats inputs{{1, 256}, std::vector<double>(256, 3)};
    const Quantized q = quantize_layer(conventional(8, false, 8), weights, inputs);
    CHECK(q.weight_scale[0] == 1);
    CHECK(std::equal(weights.data.begin(), weights.data.end(), q.weights.data.begin()));
    CHECK(q.weight_sqnr_db == std::numeric_limits<double>::infinity());
    CHECK(q.input_zero_point == 0);
    CHECK(q.bias.empty());
    CHECK(q.input_scale * static_cast<double>(q.inputs.data[7]) == Approx(3));
}

TEST_CASE("quantize: zeros, constants, denormals and huge values", "[quantize]") {
    const auto config = GENERATE(conventional(8, false, 8), conventional(1, true, 1),
                                 zebra(option1, 4), zebra(option2, 2));
    CAPTURE(config.scheme());
    const double value = GENERATE(0.0, -0.0, 5e-324, -1e-320, 1e-310, 0.7, -0.7, 1.7e308, -1.7e308);
    CAPTURE(value);
    if (value != 0 && std::abs(value) < 1e-300) {  // a scale that no double holds with its digits
        CHECK_THROWS_WITH(quantize_layer(config, {{2, 1}, {value, value}}, {{1, 2}, {0.5, 0.5}}),
                          Contains("underflows; expected larger values"));
        return;
    }
    const Quantized q = quantize_layer(config, {{2, 1}, {value, value}}, {{1, 2}, {0.5, 0.5}});
    const double s = q.weight_scale.at(0);
    REQUIRE(std::isfinite(s));
    REQUIRE(s > 0);
    if (value == 0) {
        CHECK(s == 1);
        CHECK(q.weights.data == std::vector<std::int64_t>{0, 0});
    } else if (value < 0 || q.weights.data[0] != 0) {
        CHECK(s * double(q.weights.data[0]) / value == Approx(1).epsilon(1e-9));
    } else {
        // 1 bit: -1 and 0
        CHECK(std::holds_alternative<generator::conventional::Section>(config.section));
    }
}

TEST_CASE("quantize: a zero point when nothing is positive, and huge spread", "[quantize]") {
    const Quantized q = quantize_layer(conventional(4, false, 8), one, {{3, 1}, {-1, -2, -15}});
    CHECK(q.input_zero_point == 15);
    CHECK(q.inputs.data == std::vector<std::int64_t>{14, 13, 0});
    CHECK(q.input_scale == Approx(1));
    const Quantized spread = quantize_layer(zebra(option1, 4), one, {{3, 1}, {1e-300, 1e300, -1}});
    CHECK(spread.inputs.data[0] == 0);
    CHECK(spread.input_scale * double(spread.inputs.data[1]) == Approx(1e300));
}

TEST_CASE("quantize: what does not fit is an error", "[quantize]") {
    const auto text = [](const generator::Config& c, const Floats& w, const Floats& x) {
        try {
            quantize_layer(c, w, x);
        } catch (const base::Error& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    };
    const auto good = conventional(8, false, 8);
    CHECK_THAT(text(good, {{2, 1}, {1, 1}}, one),
               Contains("weights: error: found shape (2, 1) beside"));
    CHECK_THAT(text(good, {{1}, {1}}, one),
               Contains("weights: error: found shape (1,); expected (K, M)"));
    CHECK_THAT(text(good, {{1, 0}, {}}, one), Contains("found shape (1, 0)"));
    CHECK_THAT(text(good, one, {{0, 1}, {}}),
               Contains("inputs: error: found shape (0, 1); expected (V, K)"));
    CHECK_THAT(text(good, one, {{2, 1}, {1, std::nan("")}}),
               Contains("inputs: error: [1, 0]: found nan"));
    auto no_bias = good;
    no_bias.accumulator.bias = false;
    CHECK_THAT(text(no_bias, one, {{2, 1}, {1, -2}}),
               Contains("inputs: error: [1, 0]: found -2") && Contains("accumulator.bias: true"));
    CHECK(text(no_bias, one, {{2, 1}, {1, 2}}) == "no error");
    CHECK_THAT(text(good, {{1, 1}, {1.7e308}}, {{1, 1}, {1.7e308}}), Contains("overflows"));
    // Both scales are normal, their product is 0 or has lost digits.
    CHECK_THAT(text(good, {{1, 1}, {1e-200}}, {{1, 1}, {1e-200}}),
               Contains("scale of the output") && Contains("underflows"));
    CHECK_THAT(text(good, {{1, 1}, {1e-160}}, {{1, 1}, {1e-150}}),
               Contains("scale of the output") && Contains("underflows"));
    CHECK(text(good, {{1, 1}, {1e-150}}, {{1, 1}, {1e-150}}) == "no error");
}

TEST_CASE("quantize: the nearest integer of a code, the smaller magnitude on a tie", "[quantize]") {
    // All quarters between and beyond the levels: every threshold, and both sides of it.
    const Levels levels = GENERATE(between(-1, 0), between(-8, 7), between(0, 255),
                                   zebra_levels(option1, 4), zebra_levels(option2, 2));
    const int offset = GENERATE(0, 1, 200);
    if (offset > levels.back()) return;
    const Rounder rounder({levels, false}, offset);
    for (int quarters = -2400; quarters <= 2400; ++quarters) {
        const double t = 0.25 * quarters;
        int best = levels.front() - offset;
        for (const int level : levels) {
            const int l = level - offset;
            const double closer = std::abs(t - best) - std::abs(t - l);
            if (closer > 0 || (closer == 0 && std::abs(l) < std::abs(best))) best = l;
        }
        if (rounder.nearest(t) != best) FAIL(t << ": " << rounder.nearest(t) << ", not " << best);
        if (std::abs(t - rounder.either(t)) != std::abs(t - best)) FAIL("either, at " << t);
    }
}

TEST_CASE("quantize: zebra's worked values", "[quantize]") {
    const auto check = [](const Levels& levels, std::vector<int> magnitudes,
                          std::vector<int> want) {
        const Rounder rounder({levels, false});
        for (std::size_t i = 0; i < want.size(); ++i) {
            CHECK(rounder.nearest(magnitudes[i]) == want[i]);
            CHECK(rounder.nearest(-magnitudes[i]) == -want[i]);
        }
    };
    const std::vector<int> m = {3, 12, 37, 100, 127, 255};
    check(zebra_levels(option2, 2), m, {2, 10, 34, 85, 128, 170});
    check(zebra_levels(option1, 4), m, {3, 12, 36, 60, 60, 60});
    check(zebra_levels(paired, 4), m, {3, 12, 35, 76, 128, 204});
}

TEST_CASE("sqnr_db: decibels", "[quantize]") {
    const std::vector<double> x = {3, -4}, y = {3, -3.5}, zero = {0, 0};
    CHECK(sqnr_db(x, y) == Approx(20));
    CHECK(sqnr_db(x, x) == std::numeric_limits<double>::infinity());
    CHECK(sqnr_db(zero, zero) == std::numeric_limits<double>::infinity());
    CHECK(sqnr_db(zero, y) == -std::numeric_limits<double>::infinity());
    const std::vector<double> huge = {3e300, -4e300}, off = {3e300, -3.5e300};
    CHECK(sqnr_db(huge, off) == Approx(20));
}
