// SPDX-License-Identifier: Apache-2.0
// Rationale: sparsification must change the analog values and nothing else. Without clipping the
// output is X·W whatever is flipped, so runs of all four settings are compared with the product;
// with clipping every small group (all inputs, all weights) is compared with the page's formula
// written out. The page's worked values and both ties pin down what is flipped. Statistics are
// rebuilt from traces, which see what is really driven and stored.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "cases.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

std::vector<Result> both(const Spec& spec, const Operands& operands) {
    return {golden::run_reference(spec, operands), golden::run_fast(spec, operands)};
}

/// "++-": one vector of ±1.
std::vector<std::int64_t> signs(const std::string& text) {
    std::vector<std::int64_t> values;
    for (char c : text) values.push_back(c == '+' ? 1 : -1);
    return values;
}

Operands pair(const std::string& x, const std::string& w) {
    return {{1, x.size(), signs(x)}, {w.size(), 1, signs(w)}};
}

}  // namespace

TEST_CASE("binsparx: the page's values") {
    const Spec spec = binsparx(8);
    const Operands first = pair("+++-++-+", "+-++-+++"), second = pair("+++-++-+", "---+--+-");
    CHECK(golden::trace(spec, first, 0, 0)[0].value == 0);
    CHECK(golden::trace(spec, second, 0, 0)[0].value == 2);
    for (const Result& result : both(spec, first)) CHECK(result.outputs(0, 0) == 0);
    for (const Result& result : both(spec, second)) CHECK(result.outputs(0, 0) == -8);
}

TEST_CASE("binsparx: ties flip the weights and not the activations") {
    Spec spec = binsparx(2);
    const auto value = [&](bool weights, bool activations) {
        spec.own = golden::binsparx::Parameters{weights, activations, false};
        return golden::trace(spec, pair("+-", "+-"), 0, 0).at(0).value;
    };
    CHECK(value(false, false) == 1);
    CHECK(value(false, true) == 1);
    CHECK(value(true, false) == 0);
    CHECK(value(true, true) == 0);
}

TEST_CASE("binsparx: without clipping the product, whatever is flipped") {
    Rng rng(91);
    for (int i = 0; i < 400; ++i) {
        Spec spec = random_spec(rng, "binsparx");
        spec.step_num = 1;
        spec.adc_bits.reset();
        spec.accumulator_bits.reset();
        spec.bias = false;
        spec.own = golden::binsparx::Parameters{i % 2 == 1, i / 2 % 2 == 1, false};
        const Operands operands = random_operands(rng, spec);
        INFO(describe(spec, operands));
        for (const Result& result : both(spec, operands)) {
            CHECK(result.outputs.data == product(operands.inputs, operands.weights).data);
            CHECK(result.adc_clipped == 0);
        }
    }
}

namespace {

int ones_of(unsigned bits) {
    int ones = 0;
    for (; bits != 0; bits &= bits - 1) ++ones;
    return ones;
}

/// The page's formula for one group of n rows, bits as machine words.
std::int64_t formula(const Spec& spec, int n, unsigned a, unsigned b, std::int64_t code_max,
                     std::int64_t& value) {
    const unsigned all = (1U << n) - 1;
    const bool f_w = binsparx_of(spec).weights && 2 * ones_of(b) >= n;
    const bool f_x = binsparx_of(spec).activations && 2 * ones_of(a) > n;
    if (f_w) b ^= all;
    if (f_x) a ^= all;
    value = ones_of(a & b);
    const std::int64_t code =
        std::min<std::int64_t>((value + spec.step_num / 2) / spec.step_num, code_max);
    const std::int64_t y = 4 * spec.step_num * code - 2 * ones_of(a) + (n - 2 * ones_of(b));
    return f_w != f_x ? -y : y;
}

}  // namespace

TEST_CASE("binsparx: every group of up to six rows against the formula, clipping and rounding") {
    for (int n = 1; n <= 6; ++n) {
        for (int setting = 0; setting < 4; ++setting) {
            for (int step = 1; step <= 3; ++step) {
                Spec spec = binsparx(n);
                spec.own = golden::binsparx::Parameters{setting % 2 == 1, setting / 2 == 1, false};
                spec.adc_bits = 1;
                spec.step_num = step;
                const unsigned count = 1U << n;
                Operands operands{{count, std::size_t(n), {}}, {std::size_t(n), count, {}}};
                for (unsigned a = 0; a < count; ++a)
                    for (int k = 0; k < n; ++k) operands.inputs.data.push_back(a >> k & 1 ? 1 : -1);
                for (int k = 0; k < n; ++k)
                    for (unsigned b = 0; b < count; ++b)
                        operands.weights.data.push_back(b >> k & 1 ? 1 : -1);
                for (const Result& result : both(spec, operands)) {
                    std::int64_t value = 0, greatest = 0;
                    bool same = true;
                    for (unsigned a = 0; a < count; ++a) {
                        for (unsigned b = 0; b < count; ++b) {
                            same = same && result.outputs(a, b) == formula(spec, n, a, b, 1, value);
                            greatest = std::max(greatest, value);
                        }
                    }
                    INFO("n " << n << " setting " << setting << " step " << step);
                    CHECK(same);
                    CHECK(greatest == golden::resolve(spec).v_max);
                }
            }
        }
    }
}

TEST_CASE("binsparx: a threshold that is met, and one that is not") {
    Spec spec = binsparx(3);
    binsparx_of(spec).threshold = true;
    Operands operands{matrix({{1, 1, -1}, {-1, -1, -1}}),
                      matrix({{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}})};
    operands.threshold = {1, 2, -3, -2};  // accumulators 1 and −3
    for (const Result& result : both(spec, operands))
        CHECK(result.outputs.data == std::vector<std::int64_t>{1, 0, 1, 1, 0, 0, 1, 0});
    operands.threshold[3] = std::int64_t{1} << (golden::resolve(spec).accumulator_bits - 1);
    CHECK_THROWS_WITH(golden::run_reference(spec, operands), Catch::Contains("threshold[3]"));
    CHECK_THROWS_WITH(golden::run_fast(spec, operands), Catch::Contains("threshold[3]"));
    operands.threshold.clear();
    CHECK_THROWS_AS(golden::run_reference(spec, operands), base::Error);
}

TEST_CASE("binsparx: the threshold sees the saturated accumulator, the flag is kept") {
    Spec spec = binsparx(1);
    binsparx_of(spec).threshold = true;
    spec.accumulator_bits = 2;  // −2 … 1
    Operands operands{matrix({{1, 1, -1}}), matrix({{1}, {1}, {1}}), {}, {}, {}, {}, {1}};
    for (const Result& result : both(spec, operands)) {  // 1, sat(2) = 1, 0
        CHECK(result.outputs(0, 0) == 0);
        CHECK(result.saturated[0] == 1);
    }
}

TEST_CASE("binsparx: columns of outputs that are not used hold no ones") {
    for (bool weights : {false, true}) {
        Spec spec = binsparx(4);
        spec.outputs = 3;
        binsparx_of(spec).weights = weights;
        const auto conversions = golden::trace(spec, pair("+-++", "+--+"), 0, 0);
        REQUIRE(conversions.size() == 3);
        CHECK(conversions[1].value == 0);
        CHECK(conversions[2].value == 0);
    }
}

namespace {

double mean(const std::vector<std::int64_t>& values) {
    std::int64_t sum = 0;
    for (std::int64_t v : values) sum += v;
    return static_cast<double>(sum) / static_cast<double>(values.size());
}

std::vector<std::int64_t> traced_values(const Spec& spec, const Operands& operands) {
    std::vector<std::int64_t> values;
    const std::size_t outputs = spec.outputs;
    for (std::size_t v = 0; v < operands.inputs.rows; ++v) {
        for (std::size_t block = 0; block * outputs < operands.weights.cols; ++block) {
            for (const auto& c : golden::trace(spec, operands, v, block)) {
                if (block * outputs + c.column < operands.weights.cols) values.push_back(c.value);
            }
        }
    }
    return values;
}

}  // namespace

TEST_CASE("binsparx: statistics by hand") {
    const Spec spec = binsparx(3);
    // Vectors of 3 and 1 ones, columns of 2 and 0: as driven 0 and 1, as stored 1 and 0.
    const Operands operands{matrix({{1, 1, 1}, {-1, 1, -1}}), matrix({{1, -1}, {1, -1}, {-1, -1}})};
    const golden::Result expected{{},
                                  {},
                                  0,
                                  0,
                                  0,
                                  0,
                                  {{"ones_per_vector", 0.5},
                                   {"ones_per_vector_plain", 2},
                                   {"ones_per_column", 0.5},
                                   {"ones_per_column_plain", 1},
                                   {"analog_mean", 0},
                                   {"analog_mean_plain", 0.75},
                                   {"analog_max", 0},
                                   {"analog_max_plain", 2}}};
    for (const Result& result : both(spec, operands))
        CHECK(result.statistics == expected.statistics);
}

TEST_CASE("binsparx: statistics of values against traces with and without sparsification") {
    Rng rng(92);
    for (int i = 0; i < 100; ++i) {
        const Spec spec = random_spec(rng, "binsparx");
        Spec plain = spec;
        binsparx_of(plain).weights = binsparx_of(plain).activations = false;
        plain.adc_bits = 16;
        const Operands operands = random_operands(rng, spec);
        plain.accumulator_bits = 40;  // holds every bias and threshold of `spec`
        INFO(describe(spec, operands));
        const Result result = golden::run_reference(spec, operands);
        std::map<std::string, double> found(result.statistics.begin(), result.statistics.end());
        const auto values = traced_values(spec, operands), all = traced_values(plain, operands);
        CHECK(found["analog_mean"] == mean(values));
        CHECK(found["analog_mean_plain"] == mean(all));
        CHECK(found["analog_max"] == double(*std::max_element(values.begin(), values.end())));
        CHECK(found["analog_max_plain"] == double(*std::max_element(all.begin(), all.end())));
        if (!binsparx_of(spec).activations)
            CHECK(found["ones_per_vector"] == found["ones_per_vector_plain"]);
        CHECK(found["ones_per_vector"] <= found["ones_per_vector_plain"]);
        CHECK(found["ones_per_column"] <= found["ones_per_column_plain"]);
    }
}

TEST_CASE("binsparx: widths by hand") {
    // v = 0 … 32 takes 6 bits, whose codes go to 63: 4·63 + 64 = 316 per group of 64.
    Spec spec = binsparx(64);
    spec.max_tiles = 1;
    CHECK(golden::resolve(spec).adc_bits == 6);
    CHECK(golden::resolve(spec).accumulator_bits == 10);
    spec.max_tiles = 2;  // 632
    CHECK(golden::resolve(spec).accumulator_bits == 11);
    binsparx_of(spec).weights = false;  // 63 in 6 bits is enough for one half on
    CHECK(golden::resolve(spec).adc_bits == 6);
    binsparx_of(spec).activations = false;
    CHECK(golden::resolve(spec).adc_bits == 7);
    // 1 bit, nothing sparse: 2·sa' − C = 3·64 exceeds 4 + 64.
    spec.adc_bits = 1;
    spec.max_tiles = 1;
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    binsparx_of(spec).activations = true;  // 2·32 + 64 = 128, which 8 bits do not hold
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    binsparx_of(spec).weights = true;  // 4 + 64
    CHECK(golden::resolve(spec).accumulator_bits == 8);
    CHECK_FALSE(golden::resolve(spec).can_saturate);
}

TEST_CASE("binsparx: anything but -1 and +1, or a rational step, is refused") {
    Spec spec = binsparx(3);
    Operands operands = pair("+-+", "+-+");
    operands.inputs.data[1] = 0;
    const auto zero = Catch::Contains("inputs[0, 1] = 0 is outside -1 to 1 in steps of 2");
    CHECK_THROWS_WITH(golden::run_reference(spec, operands), zero);
    CHECK_THROWS_WITH(golden::run_fast(spec, operands), zero);
    operands = pair("+-+", "+-+");
    operands.weights.data[2] = 3;
    CHECK_THROWS_WITH(golden::run_reference(spec, operands), Catch::Contains("weights[2, 0] = 3"));
    spec.step_den = 2;
    CHECK_THROWS_AS(golden::resolve(spec), base::Error);
}
