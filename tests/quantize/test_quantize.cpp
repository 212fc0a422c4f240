// SPDX-License-Identifier: Apache-2.0
// quantize: scales of least squared error.
//
// The promise is an optimum, so it is held against an independent brute force: plain rounding
// written anew, on every scale of a fine grid. The space: the sets of integers
// (conventional of 1, 2, 4, 8 bits, zebra's four patterns and one with gaps) times kinds of data
// (normal, heavy-tailed, one outlier, few values, shifted), sizes 1 to thousands; zero points of
// every value; their bias; scales per output. Every fit must also be no worse than the largest
// magnitude on the largest integer.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "quantize/quantize.hpp"
#include "quantize_bench.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace quantize;
using namespace quantize_bench;

/// Squared error of x ~ s * nearest(level - z).
double error_at(const std::vector<double>& data, const Levels& levels, double s, int z = 0) {
    double sum = 0;
    for (const double x : data) {
        auto above = std::lower_bound(levels.begin(), levels.end(), x / s + z);
        double best = std::numeric_limits<double>::infinity();
        if (above != levels.end()) best = std::abs(x - s * (*above - z));
        if (above != levels.begin()) best = std::min(best, std::abs(x - s * (*(above - 1) - z)));
        sum += best * best;
    }
    return sum;
}

struct Best {
    double brute = std::numeric_limits<double>::infinity();
    double extreme = 0;  ///< of the largest magnitude on the largest integer
};

/// The least error on a grid of ratio 1.001, from 1.5 times the maximum-magnitude scale down to a
/// 64th.
Best brute_force(const std::vector<double>& data, const Levels& levels, int z = 0) {
    double extreme = 0;
    for (const double x : data) {
        if (x > 0 && levels.back() > z) extreme = std::max(extreme, x / (levels.back() - z));
        if (x < 0 && levels.front() < z) extreme = std::max(extreme, x / (levels.front() - z));
    }
    Best best;
    best.extreme = error_at(data, levels, extreme, z);
    for (double s = 1.5 * extreme; s > extreme / 64; s /= 1.001) {
        best.brute = std::min(best.brute, error_at(data, levels, s, z));
    }
    return best;
}

std::vector<double> sample(const std::string& kind, std::size_t n, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0, 0.3);
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = normal(random);
        if (kind == "normal") out.push_back(x);
        if (kind == "heavy") out.push_back(x / (0.05 + std::abs(normal(random))));
        if (kind == "relu") out.push_back(std::max(x, 0.0));
        if (kind == "outlier") out.push_back(i == n / 2 ? 40 : std::abs(x));
        if (kind == "coarse") out.push_back(std::round(x * 8) / 8);
        if (kind == "shifted") out.push_back(std::abs(x) - 0.1);
    }
    return out;
}

/// Squared error of a column (all of them: stride 1) of what quantize says the integers mean.
double error_of(const std::vector<double>& data, const Integers& integers, double s,
                std::int64_t z = 0) {
    double sum = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const double e = data[i] - s * static_cast<double>(integers.data[i] - z);
        sum += e * e;
    }
    return sum;
}

void check_levels(const Integers& t, const Levels& levels) {
    for (const std::int64_t v : t.data) {
        if (!std::binary_search(levels.begin(), levels.end(), v)) FAIL("no level: " << v);
    }
}

}  // namespace

TEST_CASE("quantize: within 0.1 % of brute force, never worse than the maximum", "[quantize]") {
    struct Code {
        std::string name;
        generator::Config config;
        Levels levels;
    };
    const Code code = GENERATE(Code{"1 bit", conventional(8, true, 1), between(-1, 0)},
                               Code{"2 bits", conventional(8, true, 2), between(-2, 1)},
                               Code{"4 bits", conventional(8, true, 4), between(-8, 7)},
                               Code{"8 bits", conventional(8, true, 8), between(-128, 127)},
                               Code{"option1", zebra(option1, 4), zebra_levels(option1, 4)},
                               Code{"option2", zebra(option2, 2), zebra_levels(option2, 2)},
                               Code{"paired", zebra(paired, 4), zebra_levels(paired, 4)},
                               Code{"window2", zebra(option1, 2), zebra_levels(option1, 2)},
                               Code{"gaps", zebra({2, 3, 4, 5}, 1), zebra_levels({2, 3, 4, 5}, 1)});
    const std::string kind = GENERATE("normal", "heavy", "outlier", "coarse");
    const std::size_t n = GENERATE(1, 2, 3, 7, 40, 1200);
    CAPTURE(code.name, kind, n);
    const Floats weights{{n, 1}, sample(kind, n, static_cast<unsigned>(n))};
    const Floats inputs{{1, n}, std::vector<double>(n, 1)};
    const Quantized q = quantize_layer(code.config, weights, inputs);
    check_levels(q.weights, code.levels);
    const double error = error_of(weights.data, q.weights, q.weight_scale.at(0));
    double power = 0;
    for (const double x : weights.data) power += x * x;
    const Best best = brute_force(weights.data, code.levels);
    CHECK(error <= best.brute * 1.001 + power * 1e-12);
    CHECK(error <= best.extreme * (1 + 1e-9) + power * 1e-12);
    if (error > power * 1e-12) {
        CHECK(q.weight_sqnr_db == Approx(10 * std::log10(power / error)).epsilon(1e-9));
    }
}

TEST_CASE("quantize: unsigned inputs with a zero point, against brute force over both",
          "[quantize]") {
    const int bits = GENERATE(1, 2, 4, 5);
    const std::string kind = GENERATE("normal", "shifted", "heavy");
    const std::size_t n = GENERATE(2, 30, 300);
    CAPTURE(bits, kind, n);
    const Levels levels = between(0, (1 << bits) - 1);
    Floats inputs{{n, 1}, sample(kind, n, 5)};
    inputs.data[0] = -0.25;
    const Quantized q = quantize_layer(conventional(bits, false, 8), one, inputs);
    check_levels(q.inputs, levels);
    REQUIRE(q.input_zero_point >= 0);
    REQUIRE(q.input_zero_point <= levels.back());
    const double error = error_of(inputs.data, q.inputs, q.input_scale, q.input_zero_point);
    double least = std::numeric_limits<double>::infinity(), power = 0;
    for (const double x : inputs.data) power += x * x;
    for (const int z : levels) least = std::min(least, brute_force(inputs.data, levels, z).brute);
    CHECK(error <= least * 1.001 + power * 1e-12);
}

TEST_CASE("quantize: the zero point of 8 bits over a large tensor", "[quantize]") {
    Floats inputs{{20000, 1}, sample("shifted", 20000, 9)};
    const Quantized q = quantize_layer(conventional(8, false, 8), one, inputs);
    const double error = error_of(inputs.data, q.inputs, q.input_scale, q.input_zero_point);
    const Levels levels = between(0, 255);
    for (int z = static_cast<int>(q.input_zero_point) - 2; z <= q.input_zero_point + 2; ++z) {
        Best best;
        for (double s = q.input_scale * 1.1; s > q.input_scale / 1.1; s /= 1.002) {
            best.brute = std::min(best.brute, error_at(inputs.data, levels, s, z));
        }
        CHECK(error <= best.brute * 1.001);
    }
}

TEST_CASE("quantize: the bias undoes the zero point, in units of adc.step", "[quantize]") {
    generator::Config config = conventional(8, false, 4);
    const auto step =
        GENERATE(generator::Rational{1, 1}, generator::Rational{5, 2}, generator::Rational{3, 7});
    config.adc.step = step;
    const Floats weights{{50, 3}, sample("normal", 150, 2)};
    const Floats inputs{{20, 50}, sample("shifted", 1000, 3)};
    const Quantized q = quantize_layer(config, weights, inputs);
    REQUIRE(q.input_zero_point > 0);
    REQUIRE(q.bias.size() == 3);
    const double unit = static_cast<double>(step.num) / step.den;
    CHECK(q.output_scale.at(0) == Approx(q.input_scale * q.weight_scale.at(0) * unit));
    for (std::size_t o = 0; o < 3; ++o) {
        std::int64_t sum = 0;
        for (std::size_t k = 0; k < 50; ++k) sum += q.weights.data[3 * k + o];
        const double exact = static_cast<double>(-q.input_zero_point * sum) / unit;
        CHECK(std::abs(static_cast<double>(q.bias[o]) - exact) <= 0.5 + 1e-9);
        for (std::size_t v = 0; v < 20; ++v) {
            double y = static_cast<double>(q.bias[o]), real = 0;
            for (std::size_t k = 0; k < 50; ++k) {
                const auto product = q.inputs.data[50 * v + k] * q.weights.data[3 * k + o];
                y += static_cast<double>(product) / unit;
                real += q.input_scale * double(q.inputs.data[50 * v + k] - q.input_zero_point) *
                        q.weight_scale[0] * double(q.weights.data[3 * k + o]);
            }
            CHECK(std::abs(y * q.output_scale[0] - real) <= 0.501 * q.output_scale[0]);
        }
    }
}

TEST_CASE("quantize: one scale per output serves each column best", "[quantize]") {
    Floats weights{{100, 3}, sample("normal", 300, 4)};
    for (std::size_t k = 0; k < 100; ++k) weights.data[3 * k + 1] *= 20;
    for (std::size_t k = 0; k < 100; ++k) weights.data[3 * k + 2] = 0;
    const Floats inputs{{1, 100}, std::vector<double>(100, 1)};
    const Quantized all = quantize_layer(zebra(option1, 4), weights, inputs);
    const Quantized each = quantize_layer(zebra(option1, 4), weights, inputs, {.per_output = true});
    REQUIRE(all.weight_scale.size() == 1);
    REQUIRE(each.weight_scale.size() == 3);
    REQUIRE(each.output_scale.size() == 3);
    CHECK(each.weight_sqnr_db > all.weight_sqnr_db);
    CHECK(each.weight_scale[2] == 1);
    for (std::size_t o = 0; o < 2; ++o) {
        std::vector<double> column;
        Integers integers{{100}, {}};
        for (std::size_t k = 0; k < 100; ++k) {
            column.push_back(weights.data[3 * k + o]);
            integers.data.push_back(each.weights.data[3 * k + o]);
        }
        const Best best = brute_force(column, zebra_levels(option1, 4));
        CHECK(error_of(column, integers, each.weight_scale[o]) <= best.brute * 1.001);
        CHECK(each.output_scale[o] == Approx(each.input_scale * each.weight_scale[o]));
    }
}
