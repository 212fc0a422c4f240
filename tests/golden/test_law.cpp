// SPDX-License-Identifier: Apache-2.0
// Rationale: the transfer is where rounding hides. The reference's formula is checked against a
// search with rational comparisons only: the code is the one integer c for which v lies in the
// half-open cell of c, for every small p/q and every v of either sign. The fast form's transfer
// (multiply, add, shift, or a table) is checked against the reference's over the whole range of v,
// for steps that need each kind.
#include <catch2/catch.hpp>

#include "cases.hpp"
#include "golden/array.hpp"
#include "golden/fast/law.hpp"

using golden::Adc;
using golden::Range;
using golden::fast::Law;
using namespace golden_test;

TEST_CASE("transfer: floor((q v + floor(p/2)) / p) by search") {
    for (std::int64_t p = 1; p <= 24; ++p) {
        for (std::int64_t q = 1; q <= 24; ++q) {
            const Adc adc{p, q, -1000, 1000};
            for (std::int64_t v = -40; v <= 40; ++v) {
                std::int64_t code = -1000;
                while ((code + 1) * p <= q * v + p / 2) ++code;
                INFO(p << "/" << q << " v " << v);
                REQUIRE(adc.unclipped(v) == code);
            }
        }
    }
}

TEST_CASE("transfer: a step of common factors is the reduced step") {
    for (std::int64_t factor = 1; factor <= 8; ++factor) {
        for (std::int64_t v = -100; v <= 100; ++v) {
            const Adc reduced{9, 5, 0, 0}, whole{9 * factor, 5 * factor, 0, 0};
            REQUIRE(reduced.unclipped(v) == whole.unclipped(v));
        }
    }
}

TEST_CASE("conversion: clips at both ends and says so") {
    const Adc adc{2, 1, -2, 1};
    const std::vector<std::int64_t> drive{1, 1};
    const auto code = [&](std::vector<std::int64_t> cells) {
        return golden::convert(golden::StepTransfer(adc), {}, {}, drive, cells);
    };
    CHECK(code({-3, 8}).value == 5);
    CHECK(code({-3, 8}).code == 1);
    CHECK(code({-3, 8}).clipped);
    CHECK(code({0, 2}).code == 1);
    CHECK_FALSE(code({0, 2}).clipped);
    CHECK(code({0, 3}).clipped);
    CHECK(code({0, -5}).code == -2);  // floor((-5 + 1) / 2)
    CHECK_FALSE(code({0, -5}).clipped);
    CHECK(code({0, -6}).code == -2);
    CHECK(code({-6, 0}).clipped);
}

namespace {

std::int64_t apply(const Law& law, std::int64_t v) {
    if (law.kind == Law::Kind::table) return law.table[static_cast<std::size_t>(v - law.table_min)];
    const std::int64_t scaled = v * law.factor + law.offset;
    REQUIRE(std::abs(scaled) <= 0x7fffffff);
    return scaled >> law.shift;
}

Law::Kind check_law(const Adc& adc, Range values) {
    const Law law = golden::fast::make_law(adc, values);
    for (std::int64_t v = values.min; v <= values.max; ++v) {
        const std::int64_t expected = adc.unclipped(v);
        const std::int64_t actual = apply(law, v);
        INFO("step " << adc.step_num << "/" << adc.step_den << " v " << v);
        if (expected > adc.hi) {
            REQUIRE(actual > adc.hi);
        } else if (expected < adc.lo) {
            REQUIRE(actual < adc.lo);
        } else {
            REQUIRE(actual == expected);
        }
    }
    return law.kind;
}

}  // namespace

TEST_CASE("fast transfer: equal to the reference for every v, each kind in use") {
    std::size_t used[3] = {0, 0, 0};
    const auto note = [&](Law::Kind kind) { ++used[static_cast<std::size_t>(kind)]; };
    for (std::int64_t p = 1; p <= 20; ++p) {
        for (std::int64_t q = 1; q <= 20; ++q) {
            note(check_law({p, q, 0, 63}, {0, 128}));
            note(check_law({p, q, -32, 31}, {-300, 300}));
            note(check_law({p, q, -1, 0}, {-64, 64}));
        }
    }
    Rng rng(5);
    for (int i = 0; i < 400; ++i) {
        const std::int64_t bits = draw(rng, 1, 16), reach = draw(rng, 1, 5000);
        const std::int64_t p = draw(rng, 1, 65535), q = draw(rng, 1, 65535);
        note(check_law({p, q, 0, (1 << bits) - 1}, {0, reach}));
        note(check_law({p, q, -(1 << (bits - 1)), (1 << (bits - 1)) - 1}, {-reach, reach}));
    }
    // The widest range that a config can have, and steps at both ends.
    note(check_law({65535, 65534, -32768, 32767}, {-262144, 262144}));
    note(check_law({1, 65535, -32768, 32767}, {-262144, 262144}));
    note(check_law({65535, 1, -32768, 32767}, {-262144, 262144}));
    note(check_law({12345, 1234, -32768, 32767}, {-262144, 262144}));
    // v·factor still fits 32 bits here, v·factor + offset does not.
    note(check_law({490, 146, -4096, 4095}, {-6872, 6872}));
    note(check_law({63033, 15838, -32768, 32767}, {-2036, 2036}));
    note(check_law({56443, 2118, -16384, 16383}, {-6822, 6822}));
    CHECK(used[0] > 0);
    CHECK(used[1] > 0);
    CHECK(used[2] > 0);
}
