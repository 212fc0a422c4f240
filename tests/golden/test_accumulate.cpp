// SPDX-License-Identifier: Apache-2.0
// Rationale: accumulation has a fixed order and saturates at every tile, which a plain clamp of the
// whole sum would get right most of the time. The cases are small enough to follow by hand: one
// row, one bit where possible, several tiles whose sums cross a bound and come back. Both forms run
// each of them.
#include <catch2/catch.hpp>

#include "cases.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

/// Both forms of the model; they must agree.
Result run(const Spec& spec, const Operands& operands) {
    const Result slow = golden::run_reference(spec, operands);
    const Result fast = golden::run_fast(spec, operands, 1);
    CHECK(slow.outputs.data == fast.outputs.data);
    CHECK(slow.saturated == fast.saturated);
    return slow;
}

/// One row per tile, x = 1 everywhere: tile sums are the weights.
Spec one_row(int accumulator_bits) {
    Spec spec = conventional(1, 1, 8);
    spec.accumulator_bits = accumulator_bits;
    return spec;
}

Operands weights_column(const std::vector<std::int64_t>& weights) {
    const std::size_t k = weights.size();
    return {{1, k, std::vector<std::int64_t>(k, 1)}, {k, 1, weights}, {}};
}

}  // namespace

TEST_CASE("accumulate: saturation at every tile, in order") {
    const Spec spec = one_row(8);
    const Result up = run(spec, weights_column({100, 100, -100}));
    CHECK(up.outputs(0, 0) == 27);  // 100, sat(200) = 127, 27
    CHECK(up.saturated[0] == 1);
    const Result down = run(spec, weights_column({-100, -100, 100}));
    CHECK(down.outputs(0, 0) == -28);
    CHECK(down.saturated[0] == 1);
    const Result none = run(spec, weights_column({100, -100, 100, 27}));
    CHECK(none.outputs(0, 0) == 127);
    CHECK(none.saturated[0] == 0);
}

TEST_CASE("accumulate: inside a tile the sum is exact") {
    // Three rows in three groups of one tile: 100 + 100 − 100 never saturates, as −128 − 128 does.
    Spec spec = one_row(8);
    spec.rows = 3;
    const Result result = run(spec, weights_column({100, 100, -100}));
    CHECK(result.outputs(0, 0) == 100);
    CHECK(result.saturated[0] == 0);
    CHECK(run(spec, weights_column({-128, -128, 0})).saturated[0] == 1);
}

TEST_CASE("accumulate: the starting value comes before the first tile") {
    Spec spec = one_row(8);
    spec.bias = true;
    Operands operands = weights_column({100, -50});
    operands.bias = {60};
    const Result result = run(spec, operands);
    CHECK(result.outputs(0, 0) == 77);  // sat(160) = 127, 77
    CHECK(result.saturated[0] == 1);
    operands.bias = {-128};
    CHECK(run(spec, operands).outputs(0, 0) == -78);
    spec.chain = true;  // a whole run starts its chain at 0
    CHECK(run(spec, operands).outputs(0, 0) == -78);
    operands.bias = {128};
    CHECK_THROWS_AS(golden::run_reference(spec, operands), base::Error);
    CHECK_THROWS_AS(golden::run_fast(spec, operands), base::Error);
    operands.bias.clear();
    CHECK_THROWS_AS(golden::run_reference(spec, operands), base::Error);
}

TEST_CASE("accumulate: the flag belongs to the vector, over all of its outputs") {
    Spec spec = one_row(8);
    spec.outputs = 2;
    const Operands operands{
        matrix({{0, 0}, {1, 1}, {1, 0}}), matrix({{1, 2, 100}, {1, 2, 100}}), {}};
    const Result result = run(spec, operands);
    CHECK(result.saturated == std::vector<std::uint8_t>{0, 1, 0});
    CHECK(result.outputs.data == std::vector<std::int64_t>{0, 0, 0, 2, 4, 127, 1, 2, 100});
}

TEST_CASE("accumulate: auto without a starting value never saturates, at the worst data") {
    Rng rng(31);
    for (int i = 0; i < 100; ++i) {
        Spec spec = random_spec(rng);
        if (golden::resolve(spec).can_saturate) continue;
        const Operands operands = random_operands(rng, spec);
        for (std::uint8_t flag : run(spec, operands).saturated) CHECK(flag == 0);
    }
}

TEST_CASE("shapes and values that do not fit are refused by both forms") {
    const auto both_throw = [](const Spec& spec, const Operands& operands) {
        CHECK_THROWS_AS(golden::run_reference(spec, operands), base::Error);
        CHECK_THROWS_AS(golden::run_fast(spec, operands), base::Error);
    };
    Spec spec = conventional(2, 4, 4);
    spec.max_tiles = 1;
    both_throw(spec, {matrix({{1, 1, 1}}), matrix({{1}, {1}, {1}}), {}});  // two tiles
    both_throw(spec, {matrix({{1, 1}}), matrix({{1}}), {}});
    both_throw(spec, {matrix({{16, 1}}), matrix({{1}, {1}}), {}});
    both_throw(spec, {matrix({{-1, 1}}), matrix({{1}, {1}}), {}});
    both_throw(spec, {matrix({{1, 1}}), matrix({{1}, {8}}), {}});
    both_throw(spec, {matrix({{1, 1}}), matrix({{1}, {1}}), {5}});  // a bias that has no register
}

TEST_CASE("of several bad inputs the first is named, whichever thread sees one first") {
    const Spec spec = conventional(2, 4, 4);
    Operands operands = weights_column({1, 1});
    operands.inputs = {1000, 2, std::vector<std::int64_t>(2000, 1)};
    operands.inputs(41, 1) = 16;
    operands.inputs(999, 0) = -1;
    const auto message = Catch::Contains("inputs[41, 1] = 16 is outside 0 to 15");
    CHECK_THROWS_WITH(golden::run_reference(spec, operands), message);
    for (unsigned threads : {1U, 2U, 7U})
        CHECK_THROWS_WITH(golden::run_fast(spec, operands, threads), message);
}
