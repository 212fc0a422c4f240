// SPDX-License-Identifier: Apache-2.0
// quantize for bfp: what an input becomes depends on its block, so the optimum is held against a
// brute force of its own: the page's rounding on the floats, on every scale of a fine grid. Static
// blocks of one row to more than a vector, every mantissa length, with and without a zero point;
// the integers must pass the page's encoder (golden's) unchanged, or the promised error would not
// be the error of the run. dynamic rounds each input by itself and has levels.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "generator/schemes/bfp/config.hpp"
#include "golden/golden.hpp"
#include "quantize/quantize.hpp"
#include "quantize_bench.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace quantize;
using namespace quantize_bench;

generator::Config bfp(int bits, int mantissa, bool dynamic, int rows) {
    generator::Config c;
    c.array.rows = c.array.active_rows = rows;
    c.accumulator.bias = true;
    c.section = generator::bfp::Section{bits, 4, mantissa, dynamic};
    return c;
}

Floats sample(const std::string& kind, std::size_t vectors, std::size_t features) {
    std::mt19937 random(17);
    std::normal_distribution<double> normal(0, 0.3);
    Floats t{{vectors, features}, {}};
    for (std::size_t i = 0; i < vectors * features; ++i) {
        const double x = normal(random);
        if (kind == "relu") t.data.push_back(std::max(x, 0.0));
        if (kind == "heavy") t.data.push_back(std::abs(x) / (0.05 + std::abs(normal(random))));
        if (kind == "spread") t.data.push_back(std::abs(x) * std::exp2(double(i / 8 % 6)));
        if (kind == "signed") t.data.push_back(x);
    }
    return t;
}

/// Squared error of a block under scale s: for each shift that its greatest value may mean,
/// rounded.
double block_error(const double* x, std::size_t n, int bits, int m, double s) {
    double greatest = 0;
    for (std::size_t i = 0; i < n; ++i) greatest = std::max(greatest, x[i] / s);
    greatest = std::min(std::round(greatest), std::exp2(bits) - 1);
    int shift = 0;
    while (std::floor(greatest / std::exp2(shift)) > std::exp2(m) - 1) ++shift;
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double r = std::min(std::round(x[i] / s / std::exp2(shift)), std::exp2(m) - 1);
        sum += std::pow(x[i] - s * std::exp2(shift) * r, 2);
    }
    return sum;
}

double error_at(const Floats& t, int bits, int m, std::size_t rows, double s) {
    double sum = 0;
    for (std::size_t v = 0; v < t.shape[0]; ++v) {
        for (std::size_t k = 0; k < t.shape[1]; k += rows) {
            sum += block_error(&t.data[v * t.shape[1] + k], std::min(rows, t.shape[1] - k), bits, m,
                               s);
        }
    }
    return sum;
}

double error_of(const Floats& t, const Quantized& q) {
    double sum = 0;
    for (std::size_t i = 0; i < t.data.size(); ++i) {
        sum +=
            std::pow(t.data[i] - q.input_scale * double(q.inputs.data[i] - q.input_zero_point), 2);
    }
    return sum;
}

/// Do the integers pass the encoder as they are? Golden's, seen through a matrix of ones on the
/// diagonal.
void check_fixed(const Quantized& q, int bits, int m, bool dynamic, int rows) {
    const std::size_t features = q.inputs.shape[1];
    golden::Operands o{{q.inputs.shape[0], features, q.inputs.data}, {features, features, {}}};
    o.weights.data.resize(features * features);
    for (std::size_t k = 0; k < features; ++k) o.weights(k, k) = 1;
    golden::Spec spec;
    spec.rows = spec.active_rows = rows;
    spec.outputs = static_cast<int>(features);
    spec.input_bits = bits;
    spec.weight_bits = 2;
    spec.max_tiles = 64;
    spec.own = golden::bfp::Parameters{dynamic, m, m};
    CHECK(golden::run_reference(spec, o).outputs.data == q.inputs.data);
}

}  // namespace

TEST_CASE("quantize, bfp static: within 0.5 % of brute force", "[quantize]") {
    const std::string kind = GENERATE("relu", "heavy", "spread");
    const auto [bits, m, rows] =
        GENERATE(std::tuple{8, 4, 16}, std::tuple{8, 2, 8}, std::tuple{5, 3, 1},
                 std::tuple{8, 8, 16}, std::tuple{4, 1, 50});
    CAPTURE(kind, bits, m, rows);
    const Floats x = sample(kind, 12, 40);
    const Quantized q =
        quantize_layer(bfp(bits, m, false, rows), {{40, 1}, std::vector<double>(40, 1)}, x);
    check_fixed(q, bits, m, false, rows);
    const double largest = *std::max_element(x.data.begin(), x.data.end());
    const double extreme = largest / (std::exp2(bits) - 1);
    double brute = error_at(x, bits, m, std::size_t(rows), extreme);
    CHECK(error_of(x, q) <= brute * (1 + 1e-9));
    for (double s = 2 * extreme; s > extreme / 32; s /= 1.002) {
        brute = std::min(brute, error_at(x, bits, m, std::size_t(rows), s));
    }
    CHECK(error_of(x, q) <= brute * 1.005);
    double power = 0;
    for (const double value : x.data) power += value * value;
    CHECK(q.input_sqnr_db == Approx(10 * std::log10(power / error_of(x, q))));
}

TEST_CASE("quantize, bfp: a zero point, and its bias", "[quantize]") {
    for (const bool dynamic : {false, true}) {
        const Floats x = sample("signed", 6, 24);
        const Floats w = sample("signed", 24, 3);
        const Quantized q = quantize_layer(bfp(8, 4, dynamic, 8), w, x);
        CAPTURE(dynamic, q.input_zero_point, q.input_sqnr_db);
        check_fixed(q, 8, 4, dynamic, 8);
        CHECK(q.input_zero_point > 0);
        CHECK(q.input_sqnr_db > 15);
        for (std::size_t o = 0; o < 3; ++o) {
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < 24; ++k) sum += q.weights.data[k * 3 + o];
            CHECK(q.bias.at(o) == -q.input_zero_point * sum);
        }
        auto without = bfp(8, 4, dynamic, 8);
        without.accumulator.bias = false;
        CHECK_THROWS_WITH(quantize_layer(without, w, x),
                          !Catch::Matchers::Contains("input.signed"));
    }
}

TEST_CASE("quantize, bfp: values of any size, zeros, one element", "[quantize]") {
    for (const bool dynamic : {false, true}) {
        for (const double unit : {1e-300, 1e-200, 1.0, 1e200, 1e307}) {
            CAPTURE(dynamic, unit);
            const Floats x{{2, 4}, {0, 13 * unit, 5 * unit, 8 * unit, 0, 0, 0, 0}};
            const Quantized q = quantize_layer(bfp(8, 4, dynamic, 4), {{4, 1}, {1, 0, 0, 0}}, x);
            CHECK(q.inputs.data[0] == 0);
            for (std::size_t i = 1; i < 4; ++i) {
                CHECK(q.input_scale * double(q.inputs.data[i]) == Approx(x.data[i]).epsilon(1e-6));
            }
            check_fixed(q, 8, 4, dynamic, 4);
        }
        const Quantized zeros = quantize_layer(bfp(8, 4, dynamic, 4), {{1, 1}, {1}}, {{1, 1}, {0}});
        CHECK(zeros.input_scale == 1);
        CHECK(zeros.inputs.data[0] == 0);
    }
}
