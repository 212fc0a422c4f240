// SPDX-License-Identifier: Apache-2.0
// Rationale: the trace is what a designer compares with a waveform, so it must be the run and not a
// second opinion. Tile sums are rebuilt from its codes with the page's factors, accumulated with
// saturation, and compared with the run's outputs; values are rebuilt from the elements for
// conventional.
#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "cases.hpp"

using namespace golden_test;
using golden::Conversion;
using golden::Operands;
using golden::Spec;

namespace {

std::int64_t factor(const Spec& spec, std::size_t t, std::size_t j) {
    if (spec.scheme() == "zebra")
        return std::int64_t{1} << (zebra_of(spec).base[3 - t] + zebra_of(spec).base[3 - j]);
    const bool minus_t = spec.input_signed && t + 1 == static_cast<std::size_t>(spec.input_bits);
    const bool minus_j = j + 1 == static_cast<std::size_t>(spec.weight_bits);
    return (std::int64_t{1} << (t + j)) * (minus_t != minus_j ? -1 : 1);
}

std::int64_t rebuild(const Spec& spec, const Operands& operands,
                     const std::vector<Conversion>& conversions, std::size_t output,
                     std::size_t block) {
    const auto resolved = golden::resolve(spec);
    const std::size_t global = block * static_cast<std::size_t>(spec.outputs) + output;
    const std::int64_t end = std::int64_t{1} << (resolved.accumulator_bits - 1);
    std::int64_t acc = spec.bias ? operands.bias[global] : 0;
    for (std::size_t tile = 0; tile <= conversions.back().tile; ++tile) {
        std::int64_t sum = 0;
        for (const Conversion& c : conversions) {
            const std::size_t planes = static_cast<std::size_t>(resolved.planes);
            if (c.tile == tile && c.column / planes == output)
                sum += c.code * factor(spec, c.step, c.column % planes);
        }
        acc = std::clamp(acc + sum, -end, end - 1);
    }
    return acc;
}

}  // namespace

TEST_CASE("trace: rebuilds the outputs, in the promised order") {
    Rng rng(51);
    for (int i = 0; i < 150; ++i) {
        const Spec spec = random_spec(rng, plane_schemes[i % 2]);
        const Operands operands = random_operands(rng, spec);
        INFO(describe(spec, operands));
        const auto result = golden::run_reference(spec, operands);
        const std::size_t v = operands.inputs.rows - 1;
        const std::size_t outputs = static_cast<std::size_t>(spec.outputs);
        const std::size_t block = (operands.weights.cols - 1) / outputs;
        const auto conversions = golden::trace(spec, operands, v, block);
        REQUIRE(!conversions.empty());
        CHECK(std::is_sorted(conversions.begin(), conversions.end(),
                             [](const Conversion& a, const Conversion& b) {
                                 return std::tie(a.tile, a.group, a.step, a.column) <
                                        std::tie(b.tile, b.group, b.step, b.column);
                             }));
        for (std::size_t o = 0; block * outputs + o < operands.weights.cols && o < outputs; ++o)
            CHECK(rebuild(spec, operands, conversions, o, block) ==
                  result.outputs(v, block * outputs + o));
    }
}

TEST_CASE("trace: values of conventional are counts of coinciding bits") {
    Rng rng(52);
    for (int i = 0; i < 60; ++i) {
        const Spec spec = random_spec(rng, "conventional");
        const Operands operands = random_operands(rng, spec);
        const std::size_t active = static_cast<std::size_t>(spec.active_rows);
        const std::size_t planes = static_cast<std::size_t>(spec.weight_bits);
        for (const Conversion& c : golden::trace(spec, operands, 0, 0)) {
            std::int64_t expected = 0;
            const std::size_t first =
                c.tile * static_cast<std::size_t>(spec.rows) + c.group * active;
            const std::size_t output = c.column / planes;
            for (std::size_t k = first; k < std::min(first + active, operands.inputs.cols); ++k) {
                if (output >= operands.weights.cols) continue;
                expected += (operands.inputs(0, k) >> c.step & 1) &
                            (operands.weights(k, output) >> (c.column % planes) & 1);
            }
            CHECK(c.value == expected);
        }
    }
}

TEST_CASE("trace: a vector or block that is not there is refused") {
    const Spec spec = conventional(1, 1, 1);
    const Operands operands{matrix({{1}}), matrix({{-1}}), {}};
    CHECK_NOTHROW(golden::trace(spec, operands, 0, 0));
    CHECK_THROWS_AS(golden::trace(spec, operands, 1, 0), base::Error);
    CHECK_THROWS_AS(golden::trace(spec, operands, 0, 1), base::Error);
}
