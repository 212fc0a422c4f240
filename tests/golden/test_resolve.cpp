// SPDX-License-Identifier: Apache-2.0
// Rationale: `auto` must be the smallest width, so each result is checked from both sides by brute
// force: with it nothing clips (or overflows) over all values, with one bit less something does.
// The accumulator's ends are summed term by term from codes at the ADC's ends, through the public
// API only.
#include <algorithm>
#include <catch2/catch.hpp>

#include "cases.hpp"
#include "golden/array.hpp"

using namespace golden_test;
using golden::Resolved;
using golden::Spec;

namespace {

/// All but column_quant, which has no `auto`.
constexpr const char* auto_schemes[] = {"conventional", "bfp", "zebra", "binsparx"};

bool clips(const Spec& spec, const Resolved& resolved, int bits) {
    const std::int64_t lo =
        spec.scheme() == "zebra" ? -(std::int64_t{1} << (bits - 1)) : std::int64_t{0};
    const std::int64_t hi = lo + (std::int64_t{1} << bits) - 1;
    const golden::Adc adc{spec.step_num, spec.step_den, lo, hi};
    for (std::int64_t v = resolved.v_min; v <= resolved.v_max; ++v) {
        if (adc.unclipped(v) < lo || adc.unclipped(v) > hi) return true;
    }
    return false;
}

struct Ends {
    std::int64_t min = 0, max = 0;
    bool fit(int bits) const {
        const std::int64_t half = std::int64_t{1} << (bits - 1);
        return -half <= min && max < half;
    }
};

/// Σ over groups, steps and planes of factor·code with each term at its worst, for max_tiles tiles.
Ends worst(const Spec& spec, const Resolved& resolved) {
    Ends ends;
    for (int g = 0; g < spec.rows / spec.active_rows; ++g) {
        for (int t = 0; t < resolved.steps; ++t) {
            for (int j = 0; j < resolved.planes; ++j) {
                std::int64_t factor = 0;
                if (spec.scheme() == "zebra") {
                    factor = std::int64_t{1}
                             << (zebra_of(spec).base[3 - t] + zebra_of(spec).base[3 - j]);
                } else {
                    factor = std::int64_t{1} << (t + j);
                    if (spec.input_signed && t == spec.input_bits - 1) factor = -factor;
                    if (j == spec.weight_bits - 1) factor = -factor;
                }
                const auto [low, high] =
                    std::minmax({factor * resolved.code_min, factor * resolved.code_max});
                ends.min += spec.max_tiles * low;
                ends.max += spec.max_tiles * high;
            }
        }
    }
    return ends;
}

}  // namespace

TEST_CASE("resolve: adc.bits auto against brute force") {
    Rng rng(21);
    int resolved_count = 0, refused = 0;
    for (int i = 0; i < 400; ++i) {
        Spec spec = random_spec(rng, auto_schemes[i % 4]);
        spec.adc_bits.reset();
        if (i % 16 < 3) spec.step_den = static_cast<int>(draw(rng, 1, 65535));
        INFO(describe(spec, {}));
        try {
            const Resolved resolved = golden::resolve(spec);
            CHECK_FALSE(clips(spec, resolved, resolved.adc_bits));
            if (resolved.adc_bits > 1) CHECK(clips(spec, resolved, resolved.adc_bits - 1));
            ++resolved_count;
        } catch (const base::Error&) {
            spec.adc_bits = 16;
            CHECK(clips(spec, golden::resolve(spec), 16));
            ++refused;
        }
    }
    CHECK(resolved_count > 100);
    CHECK(refused > 0);
}

TEST_CASE("resolve: accumulator.bits auto against brute force, and can_saturate") {
    Rng rng(22);
    int never = 0;
    for (int i = 0; i < 400; ++i) {
        Spec spec = random_spec(rng, plane_schemes[i / 2 % 2]);
        const bool automatic = i % 2 == 0;
        if (automatic) spec.accumulator_bits.reset();
        if (!automatic) spec.accumulator_bits = static_cast<int>(draw(rng, 2, 30));
        INFO(describe(spec, {}));
        const Resolved resolved = golden::resolve(spec);
        const Ends ends = worst(spec, resolved);
        const bool start = spec.bias || spec.chain;
        if (automatic) {
            const int plain = resolved.accumulator_bits - (start ? 1 : 0);
            CHECK(ends.fit(plain));
            if (plain > 1) CHECK_FALSE(ends.fit(plain - 1));
        } else {
            CHECK(resolved.accumulator_bits == *spec.accumulator_bits);
        }
        CHECK(resolved.can_saturate == (start || !ends.fit(resolved.accumulator_bits)));
        never += resolved.can_saturate ? 0 : 1;
    }
    CHECK(never > 50);
}

TEST_CASE("resolve: figures by hand") {
    // 128 rows: v = 0…128 needs 8 bits; at step 2 code 64 needs 7.
    Spec spec = conventional(128, 8, 8);
    CHECK(golden::resolve(spec).adc_bits == 8);
    // 16 tiles of at least 255·255·(−128): −133 171 200, just above −2^27.
    CHECK(golden::resolve(spec).accumulator_bits == 28);
    spec.step_num = 2;
    CHECK(golden::resolve(spec).adc_bits == 7);
    spec.step_num = 258;  // every v rounds to 0: a width of 0 is not there
    CHECK(golden::resolve(spec).adc_bits == 1);
    // ±128·16 = ±2048 in a signed ADC: 13 bits, because +2048 does not fit 12.
    spec = zebra(128, "option1");
    CHECK(golden::resolve(spec).adc_bits == 13);
    CHECK(golden::resolve(spec).code_min == -4096);
    CHECK(golden::resolve(spec).v_min == -2048);
    CHECK_FALSE(golden::resolve(spec).can_saturate);
    spec.chain = true;
    CHECK(golden::resolve(spec).can_saturate);
    // 1024 rows at λ = 16: ±262144 is beyond 16 bits.
    spec = zebra(1024, "option1");
    zebra_of(spec).ratio = 16;
    CHECK_THROWS_AS(golden::resolve(spec), base::Error);
}

TEST_CASE("resolve: what cannot be is refused") {
    Spec spec = conventional(4, 9, 8);
    CHECK_THROWS_AS(golden::resolve(spec), base::Error);
    spec = zebra(4, "option1");
    zebra_of(spec).base = {3, 3, 1, 0};
    CHECK_THROWS_AS(golden::resolve(spec), base::Error);
    spec = zebra(4, "option2");
    zebra_of(spec).ratio = 4;  // 6 + 2 > 7
    CHECK_THROWS_AS(golden::resolve(spec), base::Error);
    zebra_of(spec).ratio = 3;
    CHECK_THROWS_AS(golden::resolve(spec), base::Error);
}
