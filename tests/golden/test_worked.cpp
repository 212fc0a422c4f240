// SPDX-License-Identifier: Apache-2.0
// Rationale: the specification prints values for single elements and single rows. They pin down the
// bit order, the sign of the top plane, the tie rule of the codes and the rounding; a model that
// gets all of them right and is exact without clipping (below) has little room left for a wrong
// code. The codes of a magnitude are checked for all 256 against a definition that is formulated
// differently.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "cases.hpp"
#include "golden/schemes/zebra/reference.hpp"

using namespace golden_test;
using golden::Matrix;
using golden::Operands;
using golden::Spec;

TEST_CASE("conventional: the page's row") {
    Spec spec = conventional(1, 2, 3);
    spec.input_signed = true;
    const Operands operands{matrix({{-1}}), matrix({{-3}}), {}};
    CHECK(golden::run_reference(spec, operands).outputs(0, 0) == 3);
    std::vector<std::int64_t> values;
    for (const auto& conversion : golden::trace(spec, operands, 0, 0))
        values.push_back(conversion.value);
    CHECK(values == std::vector<std::int64_t>{1, 0, 1, 1, 0, 1});
}

TEST_CASE("conventional: codes at step 5/2") {
    // K rows of x = 1 and w = 1 (b = 2: planes 1, 0) give v = K in plane 0.
    Spec spec = conventional(6, 1, 2);
    spec.step_num = 5;
    spec.step_den = 2;
    const std::int64_t expected[] = {0, 1, 1, 2, 2, 2};
    for (std::size_t k = 1; k <= 6; ++k) {
        const Operands operands{
            {1, k, std::vector<std::int64_t>(k, 1)}, {k, 1, std::vector<std::int64_t>(k, 1)}, {}};
        CHECK(golden::run_reference(spec, operands).outputs(0, 0) == expected[k - 1]);
    }
}

namespace {

struct Row {
    std::int64_t magnitude;
    int pattern;
    unsigned bits;
    std::int64_t level;
};

void check_rows(const std::string& pattern, const std::vector<Row>& rows, std::size_t levels,
                std::int64_t greatest) {
    const Spec spec = zebra(1, pattern);
    std::array<int, 4> base{};
    std::copy(zebra_of(spec).base.begin(), zebra_of(spec).base.end(), base.begin());
    const auto codes = golden::zebra::zebra_codes(base, zebra_of(spec).ratio);
    for (const Row& row : rows) {
        INFO(pattern << " " << row.magnitude);
        const auto& code = codes[static_cast<std::size_t>(row.magnitude)];
        CHECK(code.pattern == row.pattern);
        CHECK(code.bits == row.bits);
        CHECK(code.level == row.level);
    }
    std::set<std::int64_t> found;
    for (const auto& code : codes) found.insert(code.level);
    CHECK(found.size() == levels);
    CHECK(*found.rbegin() == greatest);
}

}  // namespace

TEST_CASE("zebra: the page's codes, numbers of levels and maxima") {
    check_rows("option2",
               {{3, 1, 1, 2},
                {12, 1, 3, 10},
                {37, 1, 5, 34},
                {100, 0, 15, 85},
                {127, 1, 8, 128},
                {255, 1, 15, 170}},
               31, 170);
    check_rows("option1",
               {{3, 0, 3, 3},
                {12, 0, 12, 12},
                {37, 1, 9, 36},
                {100, 1, 15, 60},
                {127, 1, 15, 60},
                {255, 1, 15, 60}},
               28, 60);
    check_rows("option1_paired",
               {{3, 0, 3, 3},
                {12, 1, 3, 12},
                {37, 0, 11, 35},
                {100, 1, 7, 76},
                {127, 1, 8, 128},
                {255, 1, 15, 204}},
               31, 204);
    check_rows("window2", {{0, 0, 0, 0}, {31, 1, 15, 30}}, 24, 30);
}

TEST_CASE("zebra: every magnitude takes the nearest level, the smaller on a tie") {
    for (const char* pattern : {"option1", "option2", "option1_paired", "window2"}) {
        const Spec spec = zebra(1, pattern);
        std::set<std::int64_t> plain, levels;
        for (int mask = 0; mask < 256; ++mask) {  // sums of any subset of the positions
            std::int64_t sum = 0;
            for (int bit = 0; bit < 4; ++bit)
                sum += (mask >> bit & 1) << zebra_of(spec).base[static_cast<std::size_t>(bit)];
            plain.insert(sum);
            levels.insert(sum);
            levels.insert(sum * zebra_of(spec).ratio);
        }
        std::array<int, 4> base{};
        std::copy(zebra_of(spec).base.begin(), zebra_of(spec).base.end(), base.begin());
        const auto codes = golden::zebra::zebra_codes(base, zebra_of(spec).ratio);
        for (std::int64_t m = 0; m < 256; ++m) {
            // From m downwards and upwards at the same pace; downwards first.
            std::int64_t expected = -1;
            for (std::int64_t d = 0; expected < 0; ++d) {
                if (levels.count(m + d) != 0) expected = m + d;
                if (levels.count(m - d) != 0) expected = m - d;
            }
            INFO(pattern << " " << m);
            const auto& code = codes[static_cast<std::size_t>(m)];
            CHECK(code.level == expected);
            CHECK(code.pattern == (plain.count(expected) != 0 ? 0 : 1));
            CHECK(code.clipped == (m > *levels.rbegin()));
        }
    }
}

TEST_CASE("an ADC that never clips, at step 1, gives the exact product") {
    // Conventional: X·W. Zebra: Q(X)·Q(W); on levels, Q changes nothing.
    Rng rng(11);
    for (int i = 0; i < 200; ++i) {
        Spec spec = random_spec(rng, plane_schemes[i % 2]);
        spec.step_num = spec.step_den = 1;
        spec.adc_bits.reset();
        spec.accumulator_bits.reset();
        spec.bias = false;
        if (spec.scheme() == "zebra" && zebra_of(spec).ratio > 4) continue;
        Operands operands = random_operands(rng, spec);
        if (spec.scheme() == "zebra") {
            std::array<int, 4> base{};
            std::copy(zebra_of(spec).base.begin(), zebra_of(spec).base.end(), base.begin());
            const auto codes = golden::zebra::zebra_codes(base, zebra_of(spec).ratio);
            for (Matrix* m : {&operands.inputs, &operands.weights}) {
                for (auto& value : m->data) {
                    const auto level = codes[static_cast<std::size_t>(std::abs(value))].level;
                    value = value < 0 ? -level : level;
                }
            }
        }
        INFO(describe(spec, operands));
        const golden::Result result = golden::run_reference(spec, operands);
        CHECK(result.outputs.data == product(operands.inputs, operands.weights).data);
        CHECK(result.adc_clipped == 0);
        CHECK(result.inputs_clipped + result.weights_clipped == 0);
    }
}
