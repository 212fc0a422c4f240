// SPDX-License-Identifier: Apache-2.0
// Rationale: column_quant adds an own rounding, digits, and three tensors that are looked up by
// tile, plane and output. Rounding is compared with the processor's own round-to-nearest-even;
// whole random runs with a second formulation (divisions and doubles instead of shifts, sums per
// output instead of per step); digits with the weight that they stand for. Windows, ties, centres
// and columns without an output are followed by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "cases.hpp"
#include "golden/schemes/column_quant/reference.hpp"

using namespace golden_test;
using golden::Conversion;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

std::vector<Result> both(const Spec& spec, const Operands& operands) {
    return {golden::run_reference(spec, operands), golden::run_fast(spec, operands)};
}

/// One row, one output, one plane that holds w = 1, alpha = 1: v = x.
struct Single {
    Spec spec = column_quant(1, 8, 2, 8);
    Operands operands{matrix({{1}}), matrix({{1}}), {}, {1}, {1}};
    explicit Single(int alpha_frac) {
        spec.own = golden::column_quant::Parameters{2, false, 0, alpha_frac, 8, 0};
        operands.alpha[0] = std::int64_t{1} << alpha_frac;
    }
    std::int64_t output(std::int64_t x) {
        operands.inputs.data[0] = x;
        const auto results = both(spec, operands);
        CHECK(results[0].outputs.data == results[1].outputs.data);
        return results[0].outputs(0, 0);
    }
};

}  // namespace

TEST_CASE("column_quant: ties go to even, on both sides of zero") {
    for (int shift = 0; shift <= 24; ++shift) {
        const double one = std::ldexp(1.0, shift);
        for (std::int64_t near = -9; near <= 9; ++near) {
            for (std::int64_t off = -2; off <= 2; ++off) {
                const std::int64_t n = near * (std::int64_t{1} << shift) / 2 + off;
                INFO(n << " / 2^" << shift);
                REQUIRE(golden::column_quant::round_half_even(n, shift) ==
                        std::llrint(static_cast<double>(n) / one));
            }
        }
    }
}

TEST_CASE("column_quant: a transfer by hand") {
    Single single(1);
    single.operands.alpha[0] = 1;  // v / 2
    const std::int64_t expected[] = {0, 0, 1, 2, 2, 2, 3, 4, 4, 4};
    for (std::int64_t x = 0; x < 10; ++x) CHECK(single.output(x) == expected[x]);
}

TEST_CASE("column_quant: the window about the centre") {
    Single single(0);
    for (int center : {-2, 0, 3}) {
        for (bool tensor : {false, true}) {
            column_quant_of(single.spec).center = tensor ? 99 : center;
            single.operands.center.assign(tensor ? 1 : 0, center);
            single.spec.adc_bits = 1;  // {c0 − 1, c0}
            for (std::int64_t x = 0; x < 8; ++x)
                CHECK(single.output(x) == std::clamp<std::int64_t>(x, center - 1, center));
            single.spec.adc_bits = 3;
            for (std::int64_t x = 0; x < 12; ++x)
                CHECK(single.output(x) == std::clamp<std::int64_t>(x, center - 4, center + 3));
        }
    }
}

TEST_CASE("column_quant: the ADC delivers u, and v = 0 is converted too") {
    Single single(0);
    single.spec.adc_bits = 2;
    column_quant_of(single.spec).center = 5;
    CHECK(single.output(0) == 3);
    const auto conversions = golden::trace(single.spec, single.operands, 0, 0);
    REQUIRE(conversions.size() == 1);
    CHECK(conversions[0].value == 0);
    CHECK(conversions[0].code == -2);
    CHECK(golden::resolve(single.spec).code_min == -2);
    CHECK(golden::resolve(single.spec).code_max == 1);
}

TEST_CASE(
    "column_quant: columns of outputs that are not used convert 0 and do not count as clipped") {
    // Window 3 … 6: outputs 1 and 2 of the macro clip in both planes, output 0 (v = 5) in one.
    Spec spec = column_quant(1, 3, 2, 2);
    spec.outputs = 3;
    spec.own = golden::column_quant::Parameters{2, true, 0, 0, 4, 5};
    const Operands operands{matrix({{5}}), matrix({{1}}), {}, {1, 1}, {10, 1}};
    for (const Result& result : both(spec, operands)) {
        CHECK(result.conversions == 6);
        CHECK(result.adc_clipped == 1);
        CHECK(result.outputs.data == std::vector<std::int64_t>{5 * 10 - 3 * 1});
        CHECK(result.saturated == std::vector<std::uint8_t>{0});
        CHECK(result.statistics.empty());
    }
}

TEST_CASE("column_quant: the digits of every weight make up that weight") {
    for (int bits = 2; bits <= 8; ++bits) {
        for (int cell = 1; cell <= 4; ++cell) {
            if (bits % cell != 0) continue;
            for (bool differential : {false, true}) {
                Spec spec = column_quant(1, 1, bits, 8);
                spec.own = golden::column_quant::Parameters{cell, differential, 0, 0, 8, 0};
                const std::int64_t end = std::int64_t{1} << (differential ? bits : bits - 1);
                const int planes = golden::resolve(spec).planes;
                CHECK(planes == bits / cell * (differential ? 2 : 1));
                const std::vector<std::int64_t> ones(planes, 1);
                for (std::int64_t w = differential ? 1 - end : -end; w < end; ++w) {
                    const Operands operands{matrix({{1}}), matrix({{w}}), {}, ones, ones};
                    std::int64_t sum = 0;
                    for (const Conversion& c : golden::trace(spec, operands, 0, 0)) {
                        const auto slice = c.column % (bits / cell);
                        const bool minus = c.column != slice;
                        const bool top = !differential && slice + 1 == std::size_t(bits / cell);
                        CHECK(c.value >= (top ? -(1 << (cell - 1)) : 0));
                        CHECK(c.value < (top ? 1 << (cell - 1) : 1 << cell));
                        sum += (minus ? -c.value : c.value) << (cell * slice);
                    }
                    INFO("b " << bits << " c " << cell << " differential " << differential);
                    REQUIRE(sum == w);
                }
            }
        }
    }
}

namespace {

std::int64_t power(std::int64_t base, std::int64_t exponent) {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

std::int64_t modulo(std::int64_t value, std::int64_t divisor) {
    return ((value % divisor) + divisor) % divisor;
}

/// The page's digit of a weight, by division; `plane` as in the page.
std::int64_t weight_digit(const Spec& spec, std::int64_t w, std::int64_t plane) {
    const auto& own = column_quant_of(spec);
    const std::int64_t radix = power(2, own.cell_bits), slices = spec.weight_bits / own.cell_bits;
    const std::int64_t place = power(radix, plane % slices);
    if (own.differential) {
        const bool mine = plane < slices ? w > 0 : w < 0;
        return mine ? std::abs(w) / place % radix : 0;
    }
    const std::int64_t value = modulo(w, power(2, spec.weight_bits)) / place % radix;
    return plane == slices - 1 && value >= radix / 2 ? value - radix : value;
}

/// Element (v, o) of Y, one output at a time.
std::int64_t expected_output(const Spec& spec, const Operands& operands, std::size_t v,
                             std::size_t o) {
    const auto resolved = golden::resolve(spec);
    const auto& own = column_quant_of(spec);
    const std::size_t k_end = operands.inputs.cols, m = operands.weights.cols;
    const std::int64_t radix = power(2, own.dac_bits == 0 ? spec.input_bits : own.dac_bits);
    const std::int64_t end = power(2, resolved.accumulator_bits - 1);
    const std::int64_t slices = spec.weight_bits / own.cell_bits;
    std::int64_t acc = spec.bias ? operands.bias[o] : 0;
    for (std::size_t tile = 0; tile * spec.rows < k_end; ++tile) {
        std::int64_t sum = 0;
        for (std::size_t j = 0; j < std::size_t(resolved.planes); ++j) {
            const std::size_t column = (tile * resolved.planes + j) * m + o;
            const double alpha = std::ldexp(double(operands.alpha[column]), -own.alpha_frac);
            const double center = double(
                operands.center.empty() ? own.center : operands.center[tile * resolved.planes + j]);
            const std::size_t tile_end = std::min<std::size_t>((tile + 1) * spec.rows, k_end);
            for (std::size_t g = tile * spec.rows; g < tile_end; g += spec.active_rows) {
                for (int t = 0; t < resolved.steps; ++t) {
                    std::int64_t value = 0;
                    for (std::size_t k = g;
                         k < std::min<std::size_t>(g + spec.active_rows, tile_end); ++k)
                        value += operands.inputs(v, k) / power(radix, t) % radix *
                                 weight_digit(spec, operands.weights(k, o), j);
                    const double half = std::ldexp(1.0, *spec.adc_bits - 1);
                    const double code = std::clamp(std::nearbyint(alpha * double(value)),
                                                   center - half, center + half - 1);
                    const std::int64_t place =
                        power(radix, t) * power(2, own.cell_bits * (j % slices));
                    sum += (std::int64_t(j) >= slices ? -1 : 1) * place * operands.scale[column] *
                           std::int64_t(code);
                }
            }
        }
        acc = std::clamp(acc + sum, -end, end - 1);
    }
    return acc;
}

}  // namespace

TEST_CASE("column_quant: random runs against a second formulation") {
    Rng rng(81);
    std::uint64_t inside = 0, clipped = 0;
    for (int i = 0; i < 300; ++i) {
        const Spec spec = random_spec(rng, "column_quant");
        const Operands operands = random_operands(rng, spec);
        const Result result = golden::run_reference(spec, operands);
        INFO(describe(spec, operands));
        for (std::size_t v = 0; v < operands.inputs.rows; ++v) {
            for (std::size_t o = 0; o < operands.weights.cols; ++o)
                REQUIRE(result.outputs(v, o) == expected_output(spec, operands, v, o));
        }
        clipped += result.adc_clipped;
        inside += result.conversions - result.adc_clipped;
    }
    CHECK(inside > clipped / 4);  // the data reach both the window's inside and its outside
    CHECK(clipped > inside / 4);
}

TEST_CASE("column_quant: unit alpha and scale give the exact product") {
    Rng rng(82);
    for (int i = 0; i < 100; ++i) {
        Spec spec = random_spec(rng, "column_quant");
        column_quant_of(spec).cell_bits = column_quant_of(spec).dac_bits = 1;
        column_quant_of(spec).alpha_frac = static_cast<int>(draw(rng, 0, 15));
        column_quant_of(spec).center = 0;
        spec.adc_bits = 8;  // v to 70
        spec.accumulator_bits.reset();
        spec.bias = false;
        Operands operands = random_operands(rng, spec);
        operands.center.clear();
        operands.alpha.assign(operands.alpha.size(), 1 << column_quant_of(spec).alpha_frac);
        operands.scale.assign(operands.scale.size(), 1);
        INFO(describe(spec, operands));
        for (const Result& result : both(spec, operands)) {
            CHECK(result.outputs.data == product(operands.inputs, operands.weights).data);
            CHECK(result.adc_clipped == 0);
        }
    }
}

TEST_CASE("column_quant: widths by hand") {
    // One row, step and plane, scale 0 or 1: codes −129 … 127 with 1 bit, −256 … 254 with 8.
    Spec spec = column_quant(1, 1, 2, 1);
    spec.max_tiles = 1;
    spec.own = golden::column_quant::Parameters{2, false, 0, 0, 1, 0};
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    spec.adc_bits = 8;
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    spec.max_tiles = 2;
    CHECK(golden::resolve(spec).accumulator_bits == 10);
    column_quant_of(spec).differential = true;  // + up to 2·254, − down to 2·256: 1020
    CHECK(golden::resolve(spec).accumulator_bits == 11);
    column_quant_of(spec).differential = false;
    column_quant_of(spec).scale_bits = 16;  // −256·65535·2 is above −2^25
    CHECK(golden::resolve(spec).accumulator_bits == 26);
    spec.input_bits = 8;
    column_quant_of(spec).dac_bits = 2;  // times 1 + 4 + 16 + 64
    CHECK(golden::resolve(spec).accumulator_bits == 33);
    CHECK(golden::resolve(spec).steps == 4);
    CHECK(golden::resolve(spec).v_max == 3);  // a signed digit of two bits: −2 … 1
    CHECK(golden::resolve(spec).v_min == -6);
    CHECK_FALSE(golden::resolve(spec).can_saturate);
}

TEST_CASE("column_quant: parameters that cannot be are refused") {
    const auto refused = [](const auto& change) {
        Spec spec = column_quant(4, 8, 8, 4);
        CHECK_NOTHROW(golden::resolve(spec));
        change(spec);
        CHECK_THROWS_AS(golden::resolve(spec), base::Error);
    };
    refused([](Spec& s) { s.adc_bits.reset(); });
    refused([](Spec& s) { s.adc_bits = 9; });
    refused([](Spec& s) { s.input_bits = 9; });
    refused([](Spec& s) { s.input_signed = true; });
    refused([](Spec& s) { s.weight_bits = 1; });
    refused([](Spec& s) { column_quant_of(s).cell_bits = 3; });
    refused([](Spec& s) { column_quant_of(s).cell_bits = 8; });
    refused([](Spec& s) { column_quant_of(s).dac_bits = 3; });
    refused([](Spec& s) { column_quant_of(s).alpha_frac = 25; });
    refused([](Spec& s) { column_quant_of(s).scale_bits = 17; });
    refused([](Spec& s) { column_quant_of(s).center = 128; });
}

TEST_CASE("column_quant: tensors that do not fit are refused, by name, index and value") {
    Spec spec = column_quant(2, 4, 4, 4);
    spec.own = golden::column_quant::Parameters{2, false, 0, 8, 6, 0};
    spec.outputs = 3;
    const std::vector<std::int64_t> twelve(12, 1);  // (2, 2, 3)
    const Operands good{
        {1, 3, {1, 2, 3}}, {3, 3, std::vector<std::int64_t>(9, 1)}, {}, twelve, twelve};
    const auto refused = [&](const auto& change, const std::string& message) {
        Operands operands = good;
        CHECK_NOTHROW(golden::run_reference(spec, operands));
        change(operands);
        CHECK_THROWS_WITH(golden::run_reference(spec, operands), Catch::Contains(message));
        CHECK_THROWS_WITH(golden::run_fast(spec, operands), Catch::Contains(message));
    };
    refused([](Operands& o) { o.alpha.clear(); }, "alpha has 0 elements where 12 belong");
    refused([](Operands& o) { o.scale.pop_back(); }, "scale has 11 elements where 12 belong");
    refused([](Operands& o) { o.alpha[8] = 65536; },
            "alpha[1, 0, 2] = 65536 is outside 0 to 65535");
    refused([](Operands& o) { o.scale[4] = 64; }, "scale[0, 1, 1] = 64 is outside 0 to 63");
    refused([](Operands& o) { o.center = {0, 0, 0}; }, "center has 3 elements where 4 belong");
    refused([](Operands& o) { o.center = {0, 0, 0, -129}; }, "center[1, 1] = -129");
    refused([](Operands& o) { o.threshold = {1, 1, 1}; }, "threshold has 3 elements where 0");
}
