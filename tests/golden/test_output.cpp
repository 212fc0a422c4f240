// SPDX-License-Identifier: Apache-2.0
// Rationale: docs/spec/output.md is one formula. Its worked values; its corners against a
// formulation by division instead of shift, at both ends of every operand, where products need more
// than 64 bits; clamps counted; and both forms of golden through it.
#include <catch2/catch.hpp>
#include <random>

#include "cases.hpp"
#include "golden/output.hpp"

using namespace golden_test;

namespace {

__extension__ typedef __int128 Wide;

golden::Operands one(std::int64_t m, std::int64_t s, golden::OutputNumbers numbers) {
    golden::Operands operands;
    operands.multiplier = {m};
    operands.shift = {s};
    operands.output = numbers;
    return operands;
}

std::int64_t stage(std::int64_t acc, const golden::OutputStage& of,
                   const golden::Operands& operands) {
    golden::Result result;
    result.outputs = {1, 1, {acc}};
    golden::requantize(of, operands, result);
    return result.outputs.data[0];
}

/// floor(a / b) for b > 0, by remainder.
Wide floor_div(Wide a, Wide b) { return (a - ((a % b) + b) % b) / b; }

}  // namespace

TEST_CASE("output: the page's worked values") {
    const golden::OutputStage wide{true, 8, true, 16};
    CHECK(stage(-1000, wide, one(40000, 20, {5, {}})) == -33);
    CHECK(stage(-1000, wide, one(40000, 20, {5, {{0, 127}}})) == 0);
    CHECK(stage(3, wide, one(1, 1, {})) == 2);
    CHECK(stage(-3, wide, one(1, 1, {})) == -1);
}

TEST_CASE("output: raw leaves results as they are") {
    CHECK(stage(-123456789, {}, {}) == -123456789);
}

TEST_CASE("output: shift and clamp are those of division, at every corner") {
    std::mt19937_64 random(7);
    const golden::OutputStage of{true, 16, true, 24};
    const std::int64_t top = (std::int64_t{1} << 39) - 1;
    for (const std::int64_t acc :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, top, -top - 1}) {
        for (int n = 0; n < 2000; ++n) {
            const std::int64_t m = static_cast<std::int64_t>(random() >> 40),
                               s = 1 + static_cast<std::int64_t>(random() % 63);
            const std::int64_t value = n % 2 ? acc : static_cast<std::int64_t>(random()) >> 24;
            const Wide power = static_cast<Wide>(1) << s;
            Wide want = floor_div(static_cast<Wide>(value) * m * 2 + power, 2 * power) - 7;
            want = want < -32768 ? -32768 : want > 32767 ? 32767 : want;
            INFO(value << " · " << m << " / 2^" << s);
            REQUIRE(stage(value, of, one(m, s, {-7, {}})) == static_cast<std::int64_t>(want));
        }
    }
}

TEST_CASE("output: both forms, clamps counted, bad operands refused") {
    golden::Spec spec = conventional(4, 4, 8);
    spec.output = {true, 4, false, 6};
    golden::Operands operands;
    operands.inputs = {3, 4, {1, 2, 3, 4, 15, 15, 15, 15, 0, 0, 0, 0}};
    operands.weights = {4, 2, {7, -8, 7, -8, 7, -8, 7, -8}};
    operands.multiplier = {3, 3};
    operands.shift = {4, 4};
    const golden::Result slow = golden::run_reference(spec, operands);
    CHECK(slow.outputs.data == std::vector<std::int64_t>{13, 0, 15, 0, 0, 0});
    CHECK(slow.outputs_clamped == 3);
    const golden::Result quick = golden::run_fast(spec, operands);
    CHECK(quick.outputs.data == slow.outputs.data);
    CHECK(quick.outputs_clamped == slow.outputs_clamped);

    const auto refused = [&](auto change) {
        golden::Operands bad = operands;
        change(bad);
        CHECK_THROWS_AS(golden::run_fast(spec, bad), golden::Error);
    };
    refused([](auto& o) { o.shift[1] = 0; });
    refused([](auto& o) { o.shift[1] = 64; });
    refused([](auto& o) { o.multiplier[0] = 64; });
    refused([](auto& o) { o.multiplier.clear(); });
    refused([](auto& o) { o.output.zero_point = 16; });
    refused([](auto& o) { o.output.clamp = {3, 2}; });
    refused([](auto& o) { o.output.clamp = {0, 16}; });
    spec.output.requant = false;
    CHECK_THROWS_AS(golden::run_fast(spec, operands), golden::Error);
}
