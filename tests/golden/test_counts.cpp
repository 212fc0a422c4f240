// SPDX-License-Identifier: Apache-2.0
// Rationale: the counts of a run (conversions, clipped codes, clipped elements) go into reports and
// the rate law, and nothing else would notice a wrong one. Conversions follow a closed formula,
// written here from docs/spec/contract.md; clipped codes are counted again from traces of every
// vector and block.
#include <catch2/catch.hpp>

#include "cases.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;

TEST_CASE("counts: conversions by formula, clipped codes by hand") {
    // 5 features on 4 rows in groups of 2: tile 0 has both groups, tile 1 one present group of two.
    Spec spec = conventional(4, 3, 2);
    spec.active_rows = 2;
    spec.outputs = 3;
    spec.adc_bits = 1;  // v = 2 clips
    const Operands operands{
        {2, 5, std::vector<std::int64_t>(10, 7)}, {5, 4, std::vector<std::int64_t>(20, 1)}, {}};
    for (const Result& result :
         {golden::run_reference(spec, operands), golden::run_fast(spec, operands)}) {
        // 2 vectors · 2 column blocks · 3 groups · 3 steps · 3 outputs · 2 planes
        CHECK(result.conversions == 2 * 2 * 3 * 3 * 3 * 2);
        // 2 vectors · 2 full groups · 3 steps · 4 used outputs · plane 0
        CHECK(result.adc_clipped == 2 * 2 * 3 * 4);
        // code 1 in all three groups: 3 · Σ_t 2^t
        for (std::int64_t y : result.outputs.data) CHECK(y == 21);
    }
}

TEST_CASE("counts: elements above the greatest level, each once") {
    Spec spec = zebra(2, "option1");
    spec.outputs = 1;
    const Operands operands{
        matrix({{61, -60}, {255, -255}}), matrix({{60, 61, 0}, {-61, -200, 5}}), {}};
    for (const Result& result :
         {golden::run_reference(spec, operands), golden::run_fast(spec, operands)}) {
        CHECK(result.inputs_clipped == 3);
        CHECK(result.weights_clipped == 3);
        CHECK(result.outputs(0, 0) == 60 * 60 + 60 * 60);
    }
}

namespace {

/// Does the ideal code of a conversion lie outside the ADC's range? In rational comparisons: half
/// a step beyond either end.
bool is_clipped(const Spec& spec, const Operands& operands, const golden::Resolved& resolved,
                std::size_t block, const golden::Conversion& c) {
    if (spec.scheme() != "column_quant") {
        const std::int64_t scaled = spec.step_den * c.value + spec.step_num / 2;
        return scaled >= (resolved.code_max + 1) * spec.step_num ||
               scaled < resolved.code_min * spec.step_num;
    }
    const std::size_t planes = resolved.planes, outputs = operands.weights.cols;
    const std::size_t output = block * spec.outputs + c.column / planes;
    const std::size_t row = c.tile * planes + c.column % planes;
    const std::int64_t alpha = output < outputs ? operands.alpha[row * outputs + output] : 0;
    const std::int64_t center =
        operands.center.empty() ? column_quant_of(spec).center : operands.center[row];
    const std::int64_t one = std::int64_t{2} << column_quant_of(spec).alpha_frac;  // doubled
    const std::int64_t lo = center + resolved.code_min, hi = center + resolved.code_max;
    const std::int64_t above = 2 * alpha * c.value - hi * one,
                       below = lo * one - 2 * alpha * c.value;
    // A tie stays where the end is even.
    return above > one / 2 || (above == one / 2 && hi % 2 != 0) || below > one / 2 ||
           (below == one / 2 && lo % 2 != 0);
}

}  // namespace

TEST_CASE("counts: reference against its traces") {
    Rng rng(41);
    for (int i = 0; i < 150; ++i) {
        const Spec spec = random_spec(rng, scheme_names[i % 5]);
        const Operands operands = random_operands(rng, spec);
        const Result result = golden::run_reference(spec, operands);
        const auto resolved = golden::resolve(spec);
        std::uint64_t conversions = 0, clipped = 0;
        const std::size_t outputs = static_cast<std::size_t>(spec.outputs);
        for (std::size_t v = 0; v < operands.inputs.rows; ++v) {
            for (std::size_t c = 0; c * outputs < operands.weights.cols; ++c) {
                for (const auto& conversion : golden::trace(spec, operands, v, c)) {
                    ++conversions;
                    const std::size_t output =
                        c * outputs + conversion.column / static_cast<std::size_t>(resolved.planes);
                    if (output >= operands.weights.cols) continue;  // not used
                    clipped += is_clipped(spec, operands, resolved, c, conversion);
                }
            }
        }
        INFO(describe(spec, operands));
        CHECK(result.conversions == conversions);
        CHECK(result.adc_clipped == clipped);
    }
}
