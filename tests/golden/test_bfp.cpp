// SPDX-License-Identifier: Apache-2.0
// Rationale: rounding and forming passes are all that bfp adds. (r, s) is checked for every width,
// mantissa and input against a search for the nearest level, which knows neither msb nor carry; the
// page's worked values pin down the rest. Whole runs without clipping must be the plain product of
// the rounded inputs. Passes and skipped steps go into conversions and statistics: followed by
// hand, and rebuilt from traces of random runs.
#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "cases.hpp"
#include "golden/array.hpp"
#include "golden/schemes/bfp/reference.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;
using golden::bfp::BfpPass;
using golden::bfp::dynamic_passes;
using golden::bfp::static_passes;

namespace {

using Rounded = std::pair<std::int64_t, int>;  // (r, s)

Rounded dynamic_round(std::int64_t q, int mantissa, int input_bits) {
    const auto passes = dynamic_passes({&q, 1}, mantissa, input_bits);
    if (passes.empty()) return {0, 0};
    CHECK(passes.size() == 1);
    return {passes[0].mantissas.at(0), passes[0].shift};
}

/// The level r·2^s nearest to q, the greater one on a tie, in its form of the least s.
Rounded nearest_level(std::int64_t q, int mantissa, int input_bits) {
    Rounded best{0, 0};
    for (int s = input_bits - mantissa; s >= 0; --s) {
        for (std::int64_t r = 0; r < std::int64_t{1} << mantissa; ++r) {
            const std::int64_t level = r << s, best_level = best.first << best.second;
            const std::int64_t error = std::abs(level - q), best_error = std::abs(best_level - q);
            if (error < best_error || (error == best_error && level >= best_level)) best = {r, s};
        }
    }
    return best;
}

/// The inputs as the steps drive them.
golden::Matrix rounded_inputs(const Spec& spec, const golden::Matrix& inputs) {
    const int m = bfp_of(spec).mantissa == 0 ? bfp_of(spec).mantissa_max : bfp_of(spec).mantissa;
    golden::Matrix rounded = inputs;
    for (std::size_t v = 0; v < inputs.rows; ++v) {
        for (std::size_t k = 0; k < inputs.cols; ++k) {
            if (bfp_of(spec).dynamic) {
                const auto [r, s] = nearest_level(inputs(v, k), m, spec.input_bits);
                rounded(v, k) = r << s;
                continue;
            }
            // Nearest multiple of 2^s, where 2^(m + s) is the first to exceed the block's inputs.
            const std::size_t first = k / spec.active_rows * spec.active_rows;
            const std::size_t last = std::min(first + spec.active_rows, inputs.cols);
            const std::int64_t most = *std::max_element(&inputs.data[v * inputs.cols + first],
                                                        &inputs.data[v * inputs.cols] + last);
            std::int64_t unit = 1;
            while ((unit << m) <= most) unit *= 2;
            std::int64_t r = 0;
            while (2 * inputs(v, k) >= (2 * r + 1) * unit && r + 1 < std::int64_t{1} << m) ++r;
            rounded(v, k) = r * unit;
        }
    }
    return rounded;
}

std::map<std::string, double> statistics(const Result& result) {
    return {result.statistics.begin(), result.statistics.end()};
}

}  // namespace

TEST_CASE("bfp: the page's values") {
    const std::tuple<std::int64_t, int, Rounded> values[] = {
        {13, 4, {13, 0}},  {29, 4, {15, 1}},  {31, 4, {8, 2}},  {100, 4, {13, 3}},
        {200, 4, {13, 4}}, {255, 4, {15, 4}}, {100, 3, {6, 4}}, {29, 3, {7, 2}}};
    for (const auto& [q, m, expected] : values) CHECK(dynamic_round(q, m, 8) == expected);
    const std::int64_t zero = 0, block[] = {200, 31, 5, 0};
    CHECK(dynamic_passes({&zero, 1}, 4, 8).empty());
    CHECK(static_passes({&zero, 1}, 4).empty());
    const auto passes = static_passes(block, 4);
    REQUIRE(passes.size() == 1);
    CHECK(passes[0].shift == 4);
    CHECK(passes[0].mantissas == std::vector<std::int64_t>{13, 2, 0, 0});
    for (int t = 0; t < 4; ++t) CHECK(passes[0].active_rows(t) == 1);
}

TEST_CASE("bfp: every input takes the nearest level, upwards on a tie") {
    for (int bits = 2; bits <= 8; ++bits) {
        for (int m = 1; m <= bits; ++m) {
            for (std::int64_t q = 0; q < std::int64_t{1} << bits; ++q) {
                INFO("a " << bits << " m " << m << " q " << q);
                REQUIRE(dynamic_round(q, m, bits) == nearest_level(q, m, bits));
            }
        }
    }
}

TEST_CASE("bfp: passes ascend and part the rows") {
    const std::int64_t block[] = {255, 13, 0, 29, 31, 3};
    const auto passes = dynamic_passes(block, 4, 8);
    std::vector<int> shifts;
    for (const BfpPass& pass : passes) shifts.push_back(pass.shift);
    CHECK(shifts == std::vector<int>{0, 1, 2, 4});
    CHECK(passes[0].mantissas == std::vector<std::int64_t>{0, 13, 0, 0, 0, 3});
    CHECK(passes[0].active_rows(0) == 2);
    CHECK(passes[3].mantissas == std::vector<std::int64_t>{15, 0, 0, 0, 0, 0});
}

TEST_CASE("bfp: without clipping the product of the rounded inputs") {
    Rng rng(71);
    for (int i = 0; i < 300; ++i) {
        Spec spec = random_spec(rng, "bfp");
        spec.step_num = spec.step_den = 1;
        spec.adc_bits.reset();
        spec.accumulator_bits.reset();
        spec.bias = false;
        const Operands operands = random_operands(rng, spec);
        INFO(describe(spec, operands));
        const Result result = golden::run_reference(spec, operands);
        CHECK(result.outputs.data ==
              product(rounded_inputs(spec, operands.inputs), operands.weights).data);
        CHECK(result.adc_clipped == 0);
    }
}

TEST_CASE("bfp: skipped steps by hand") {
    // Groups (128, 0), (0, 0) and (255, 1): static m = 4 drives bit 3 of 8; nothing; all of 15.
    Spec spec = bfp(2, 8, 2, 4, false);
    spec.outputs = 3;
    const Operands operands{
        matrix({{128, 0, 0, 0, 255, 1}}),
        matrix(
            {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}})};
    for (const Result& result :
         {golden::run_reference(spec, operands), golden::run_fast(spec, operands)}) {
        CHECK(result.conversions ==
              2 * 5 * 3 * 2);  // 2 column blocks, 5 steps, 3 outputs, 2 planes
        CHECK(result.outputs.data == std::vector<std::int64_t>(4, 128 + 240));
        CHECK(result.statistics == golden::Result{{},
                                                  {},
                                                  0,
                                                  0,
                                                  0,
                                                  0,
                                                  {{"steps_driven", 10},
                                                   {"steps_skipped", 6},
                                                   {"passes", 4},
                                                   {"max_active_rows", 1},
                                                   {"adc_bits_no_clip", 1}}}
                                       .statistics);
    }
    bfp_of(spec).dynamic = true;  // 128: (8, 4); 255: (15, 4); 1: (1, 0) with three steps skipped
    for (const Result& result :
         {golden::run_reference(spec, operands), golden::run_fast(spec, operands)}) {
        CHECK(result.conversions == 2 * 6 * 3 * 2);
        CHECK(result.outputs.data == std::vector<std::int64_t>(4, 128 + 240 + 1));
        CHECK(statistics(result).at("passes") == 6);
        CHECK(statistics(result).at("steps_skipped") == 12);
    }
}

TEST_CASE("bfp: a vector without a step keeps its starting value") {
    Spec spec = bfp(3, 4, 3, 2, true);
    spec.bias = true;
    const Operands operands{matrix({{0, 0, 0}}), matrix({{1}, {2}, {3}}), {-7}};
    for (const Result& result :
         {golden::run_reference(spec, operands), golden::run_fast(spec, operands)}) {
        CHECK(result.conversions == 0);
        CHECK(result.outputs.data == std::vector<std::int64_t>{-7});
        CHECK(statistics(result).at("adc_bits_no_clip") == 1);
        CHECK(statistics(result).at("max_active_rows") == 0);
    }
    CHECK(golden::trace(spec, operands, 0, 0).empty());
}

namespace {

/// One output below M, from the codes of a trace.
std::int64_t rebuild(const Spec& spec, const Operands& operands,
                     const std::vector<golden::Conversion>& conversions, std::size_t output) {
    const auto resolved = golden::resolve(spec);
    const std::size_t planes = resolved.planes;
    const std::int64_t end = std::int64_t{1} << (resolved.accumulator_bits - 1);
    const std::size_t tiles = (operands.inputs.cols + spec.rows - 1) / spec.rows;
    std::int64_t acc = spec.bias ? operands.bias[output] : 0;
    for (std::size_t tile = 0; tile < tiles; ++tile) {
        std::int64_t sum = 0;
        for (const auto& c : conversions) {
            if (c.tile != tile || c.column / planes != output) continue;
            const std::int64_t weight = std::int64_t{1} << (c.column % planes);
            const std::int64_t sign = c.column % planes == planes - 1 ? -1 : 1;
            sum += sign * weight * c.code * (std::int64_t{1} << (c.pass + c.step));
        }
        acc = std::clamp(acc + sum, -end, end - 1);
    }
    return acc;
}

}  // namespace

TEST_CASE("bfp: the trace rebuilds outputs and statistics, in the promised order") {
    Rng rng(72);
    for (int i = 0; i < 200; ++i) {
        Spec spec = random_spec(rng, "bfp");
        Operands operands = random_operands(rng, spec);
        operands.inputs.rows = 1;
        operands.inputs.data.resize(operands.inputs.cols);
        INFO(describe(spec, operands));
        const Result result = golden::run_reference(spec, operands);
        const std::size_t outputs = spec.outputs, planes = spec.weight_bits;
        std::int64_t greatest = 0;
        std::size_t steps = 0;
        std::set<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>> passes;
        for (std::size_t block = 0; block * outputs < operands.weights.cols; ++block) {
            const auto conversions = golden::trace(spec, operands, 0, block);
            const auto key = [](const golden::Conversion& c) {
                return std::make_tuple(c.tile, c.group, c.pass, c.step, c.column);
            };
            CHECK(std::is_sorted(conversions.begin(), conversions.end(),
                                 [&](const auto& a, const auto& b) { return key(a) < key(b); }));
            steps += conversions.size() / (outputs * planes);
            for (const auto& c : conversions) {
                greatest = std::max(greatest, c.value);
                passes.insert({block, c.tile, c.group, c.pass});
            }
            if (block == 0) {
                for (std::size_t o = 0; o < std::min(outputs, operands.weights.cols); ++o)
                    CHECK(rebuild(spec, operands, conversions, o) == result.outputs(0, o));
            }
        }
        auto found = statistics(result);
        CHECK(found["steps_driven"] == static_cast<double>(steps));
        CHECK(found["passes"] == static_cast<double>(passes.size()));
        const int m =
            bfp_of(spec).mantissa == 0 ? bfp_of(spec).mantissa_max : bfp_of(spec).mantissa;
        CHECK(found["steps_driven"] + found["steps_skipped"] == m * found["passes"]);
        CHECK(found["max_active_rows"] >= static_cast<double>(greatest));
        // The ADC of that width has a code for the greatest v, one bit less has not.
        const golden::Adc adc{spec.step_num, spec.step_den, 0, 0};
        const std::int64_t codes = std::int64_t{1} << static_cast<int>(found["adc_bits_no_clip"]);
        CHECK(adc.unclipped(greatest) < codes);
        CHECK((codes == 2 || adc.unclipped(greatest) >= codes / 2));
    }
}

TEST_CASE("bfp: accumulator.bits auto by hand") {
    // One row, one plane of −1, code 0 or 1. Static: 2^(8 − m)·(2^m − 1), worst at m_max.
    Spec spec = bfp(1, 8, 1, 1, false);
    spec.max_tiles = 1;
    CHECK(golden::resolve(spec).accumulator_bits == 8);  // −128
    bfp_of(spec).mantissa_max = 4;
    CHECK(golden::resolve(spec).accumulator_bits == 9);  // −240
    bfp_of(spec).mantissa = 1;                           // a register: it may be set again
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    // Dynamic: (2^(9 − m) − 1)·(2^m − 1): 255 at m = 1, 465 at 4 and 5, 255 at 8.
    bfp_of(spec).dynamic = true;
    CHECK(golden::resolve(spec).accumulator_bits == 10);
    spec.own = golden::bfp::Parameters{true, 1, 0};
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    spec.own = golden::bfp::Parameters{true, 8, 8};
    CHECK(golden::resolve(spec).accumulator_bits == 10);
    CHECK_FALSE(golden::resolve(spec).can_saturate);
    spec.accumulator_bits = 9;
    CHECK(golden::resolve(spec).can_saturate);
}

TEST_CASE("bfp: what cannot be is refused") {
    const auto refused = [](Spec spec) { CHECK_THROWS_AS(golden::resolve(spec), base::Error); };
    refused(bfp(4, 1, 4, 1, false));
    refused(bfp(4, 9, 4, 4, false));
    refused(bfp(4, 8, 9, 4, false));
    refused(bfp(4, 4, 4, 0, false));
    refused(bfp(4, 4, 4, 5, false));
    Spec spec = bfp(4, 8, 4, 4, false);
    CHECK_NOTHROW(golden::resolve(spec));
    bfp_of(spec).mantissa = 5;
    refused(spec);
    bfp_of(spec).mantissa = 0;
    spec.input_signed = true;
    refused(spec);
}
