// SPDX-License-Identifier: Apache-2.0
// Rationale: the sliced form takes weights of four planes and more, groups of up to 255 rows and
// wide chunks of outputs, which the small random configs of test_fast.cpp hardly reach. Here are
// its bounds (rows around blocks of 8 and 16 and at 255, outputs around a vector's bytes, widest
// codes), its law for every value, and random configs of the two schemes that take it.
#include <catch2/catch.hpp>

#include "cases.hpp"
#include "golden/chip.hpp"
#include "golden/fast/slices.hpp"
#include "golden/fast/targets.hpp"
#include "golden/scheme.hpp"
#include "golden/steps.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

void check_all(const Spec& spec, const Operands& operands) {
    const Result expected = golden::run_reference(spec, operands);
    for (const std::string& name : golden::fast::instruction_sets()) {
        golden::fast::force_instruction_set(name);
        INFO(describe(spec, operands) << ", " << name);
        const Result result = golden::run_fast(spec, operands, 2);
        golden::fast::force_instruction_set("");
        REQUIRE(result.outputs.data == expected.outputs.data);
        REQUIRE(result.saturated == expected.saturated);
        REQUIRE(result.adc_clipped == expected.adc_clipped);
        REQUIRE(result.conversions == expected.conversions);
        REQUIRE(result.statistics == expected.statistics);
    }
}

Spec sliced(Rng& rng, int rows, bool is_bfp) {
    const int bits = static_cast<int>(draw(rng, 4, 8));
    Spec spec = is_bfp ? bfp(rows, 6, bits, static_cast<int>(draw(rng, 1, 6)), draw(rng, 0, 1) == 1)
                       : conventional(rows, static_cast<int>(draw(rng, 1, 8)), bits);
    if (!is_bfp) spec.input_signed = draw(rng, 0, 1) == 1;
    spec.step_num = static_cast<int>(draw(rng, 1, 7));
    spec.step_den = static_cast<int>(draw(rng, 1, 3));
    spec.adc_bits = static_cast<int>(draw(rng, 1, 8));
    return spec;
}

}  // namespace

TEST_CASE("slices: the narrow law is the ADC's for every value") {
    int found = 0;
    for (int num = 1; num <= 40; ++num) {
        for (int den = 1; den <= 12; ++den) {
            for (int bits : {1, 3, 6, 8}) {
                const std::int64_t greatest = bits == 3 ? 128 : 255;
                const golden::Adc adc{num, den, 0, (1 << bits) - 1};
                const auto law = golden::fast::make_narrow_law(adc, greatest);
                if (!law) continue;
                ++found;
                for (std::int64_t v = 0; v <= greatest; ++v) {
                    const std::int64_t u = law->kind == golden::fast::NarrowLaw::Kind::bytes
                                               ? (v + law->offset) >> law->shift
                                               : (v + law->offset) * law->factor >> 16;
                    INFO(num << "/" << den << " bits " << bits << " v " << v);
                    REQUIRE(std::min<std::int64_t>(u, law->hi) ==
                            std::min(adc.unclipped(v), adc.hi));
                    REQUIRE((u > law->hi) == (adc.unclipped(v) > adc.hi));
                    REQUIRE((law->clips || u <= law->hi));
                }
            }
        }
    }
    CHECK(found > 900);  // steps below 1, which amplify, have none
}

TEST_CASE("slices: blocks of rows and vectors of outputs that do not come out even") {
    Rng rng(67);
    for (int rows : {1, 7, 8, 9, 15, 16, 17, 33, 127, 128, 254, 255, 256}) {
        for (std::size_t outputs : {15U, 16U, 33U, 64U, 65U}) {
            const Spec spec = sliced(rng, rows, outputs % 2 == 0);
            check_all(spec, random_operands(rng, spec, 3, rows, outputs, draw(rng, 0, 3)));
        }
    }
}

TEST_CASE("slices: random configs with groups, tiles and narrow accumulators") {
    Rng rng(68);
    for (int i = 0; i < 150; ++i) {
        const int active = static_cast<int>(draw(rng, 1, 40));
        Spec spec = sliced(rng, active, i % 2 == 0);
        spec.rows = active * static_cast<int>(draw(rng, 1, 3));
        spec.outputs = static_cast<int>(draw(rng, 1, 40));
        spec.max_tiles = 3;
        if (draw(rng, 0, 1) == 0) spec.accumulator_bits = static_cast<int>(draw(rng, 2, 18));
        spec.bias = draw(rng, 0, 1) == 0;
        const auto features = static_cast<std::size_t>(draw(rng, 1, 3 * spec.rows));
        const auto outputs = static_cast<std::size_t>(draw(rng, 8, 70));
        check_all(spec, random_operands(rng, spec, 4, features, outputs, draw(rng, 0, 4)));
    }
}

TEST_CASE("slices: bit by bit, for every step of a power of two and every number of code bits") {
    Rng rng(71);
    int by_bits = 0;
    for (int shift = 0; shift <= 7; ++shift) {
        for (int bits = 1; bits <= 8; ++bits) {
            for (int active : {7, 64, 191}) {
                Spec spec = conventional(active, static_cast<int>(draw(rng, 1, 8)), 8);
                spec.rows = active * static_cast<int>(draw(rng, 1, 2));
                spec.step_num = 1 << shift;
                spec.adc_bits = bits;
                const golden::Adc adc{spec.step_num, 1, 0, (1 << bits) - 1};
                const auto law = golden::fast::make_narrow_law(adc, active);
                by_bits += law && law->code_bits > 0;
                // Greatest codes, codes of empty steps, and codes about the cap.
                const Operands operands = random_operands(
                    rng, spec, 3, static_cast<std::size_t>(spec.rows), 64, draw(rng, 0, 4));
                check_all(spec, operands);
            }
        }
    }
    CHECK(by_bits > 100);
}

TEST_CASE("slices: noise alone, on every kind of step") {
    Rng rng(70);
    for (int i = 0; i < 300; ++i) {
        const int active = static_cast<int>(draw(rng, 1, i % 10 == 0 ? 255 : 40));
        Spec spec = sliced(rng, active, i % 3 == 0);
        spec.rows = active * static_cast<int>(draw(rng, 1, 3));
        spec.outputs = i % 4 == 0 ? 64 : static_cast<int>(draw(rng, 8, 80));
        spec.max_tiles = 3;
        spec.banks = static_cast<int>(draw(rng, 1, 2));
        spec.chain = draw(rng, 0, 1) == 0;
        if (draw(rng, 0, 1) == 0) spec.step_num = 1 << draw(rng, 0, 4);
        if (draw(rng, 0, 1) == 0) spec.step_den = 1;
        if (draw(rng, 0, 2) == 0) spec.accumulator_bits = static_cast<int>(draw(rng, 2, 18));
        golden::Analog& analog = spec.analog;
        const std::int64_t sigmas[] = {1, 209, 210, 983, 65536, 64 << 16, draw(rng, 1, 64 << 16)};
        analog = {.seed = static_cast<std::uint32_t>(rng()),
                  .noise = sigmas[draw(rng, 0, 6)],
                  .noise_in_v = draw(rng, 0, 2) == 0,
                  .first_step = rng() >> 20};
        const auto features = static_cast<std::size_t>(draw(rng, 1, 3 * spec.rows));
        const std::int64_t most = i % 2 == 0 ? spec.outputs : 140;  // one column block, or several
        const auto outputs = static_cast<std::size_t>(draw(rng, 8, most));
        const Operands operands = random_operands(rng, spec, 4, features, outputs, draw(rng, 0, 4));
        INFO("noise " << analog.noise << " in v " << analog.noise_in_v);
        check_all(spec, operands);
    }
}

TEST_CASE("slices: a law under noise is for noise alone") {
    const auto law = [](auto change) {
        Spec spec = conventional(8, 4, 4);
        spec.outputs = 4;
        spec.adc_bits = 3;
        spec.adc_share = 1;
        spec.analog.noise = 20000;
        Operands operands{matrix({std::vector<std::int64_t>(8, 1)}),
                          {8, 4, std::vector<std::int64_t>(32, 1)}};
        change(spec, operands);
        const auto resolved = golden::resolve(spec);
        const auto scheme = golden::make_scheme(spec);
        const golden::Layout layout = golden::make_layout(spec, operands);
        const golden::Chip chip = golden::make_chip(spec, resolved, operands);
        const golden::StepNumbers numbers(spec, *scheme, layout, operands);
        const golden::fast::Job job{
            spec,   *scheme,  resolved,
            layout, operands, golden::Adc{spec.step_num, spec.step_den, 0, resolved.code_max},
            false,  chip,     &numbers};
        return golden::fast::make_noise_law(job, 8);
    };
    REQUIRE(law([](Spec&, Operands&) {}));
    CHECK(law([](Spec&, Operands&) {})->shift == 0);
    CHECK(law([](Spec& s, Operands&) { s.step_num = 3; })->units.size() == 9);
    CHECK_FALSE(law([](Spec& s, Operands&) { s.analog.noise = 0; }));
    CHECK_FALSE(law([](Spec& s, Operands&) { s.analog.mismatch = 1; }));
    CHECK_FALSE(law([](Spec& s, Operands&) { s.analog.ir_drop = 1; }));
    CHECK_FALSE(law([](Spec& s, Operands&) { s.analog.adc_offset = 1; }));
    CHECK_FALSE(law([](Spec& s, Operands&) { s.analog.adc_gain = 1; }));
    CHECK_FALSE(law([](Spec&, Operands& o) { o.adc_inl.resize(16 * 8); }));
    CHECK_FALSE(law([](Spec& s, Operands& o) {
        s.correction_bits = 2;
        o.correction.resize(16);
    }));
    CHECK_FALSE(law([](Spec& s, Operands&) {
        s.analog.noise_in_v = true;
        s.step_num = 3;
    }));
}

TEST_CASE("slices: the widest sums of codes") {
    // 128 rows, step 1: codes to 128, times 255 just fits 16 bits; 129 rows take another form.
    Rng rng(69);
    for (int rows : {128, 129}) {
        Spec spec = conventional(rows, 8, 8);
        spec.adc_bits = 7;
        spec.step_den = 3;
        spec.step_num = 2;
        check_all(spec, random_operands(rng, spec, 2, rows, 70, 0));
        spec.step_num = spec.step_den = 1;
        spec.adc_bits = 8;
        check_all(spec, random_operands(rng, spec, 2, rows, 70, 0));
        check_all(spec, random_operands(rng, spec, 2, rows, 70, 1));
    }
}
