// SPDX-License-Identifier: Apache-2.0
// Rationale: the fast forms share no loop with the reference: they pack bits and bytes, count ones,
// and replace divisions and roundings. They are compared in every field of the result, with and
// without statistics, on thousands of random configs of all schemes, for each instruction set that
// the processor has and for one and several threads.
// Sizes to 70 rows in random configs; the boundaries of its words (31 … 33, 1023 … 1024 rows, 15 …
// 17 outputs) apart.
#include <catch2/catch.hpp>
#include <iostream>

#include "cases.hpp"
#include "golden/fast/code.hpp"
#include "golden/fast/targets.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

struct ForcedSet {
    explicit ForcedSet(const std::string& name) { golden::fast::force_instruction_set(name); }
    ~ForcedSet() { golden::fast::force_instruction_set(""); }
};

bool same(const Result& a, const Result& b) {
    return a.outputs.rows == b.outputs.rows && a.outputs.cols == b.outputs.cols &&
           a.outputs.data == b.outputs.data && a.saturated == b.saturated &&
           a.conversions == b.conversions && a.adc_clipped == b.adc_clipped &&
           a.inputs_clipped == b.inputs_clipped && a.weights_clipped == b.weights_clipped &&
           a.statistics == b.statistics;
}

void check_all(const Spec& spec, const Operands& operands) {
    const Result expected = golden::run_reference(spec, operands);
    Result plain = expected;
    plain.statistics.clear();
    for (const std::string& name : golden::fast::instruction_sets()) {
        const ForcedSet forced(name);
        INFO(describe(spec, operands) << ", " << name);
        REQUIRE(same(golden::run_fast(spec, operands, 1), expected));
        REQUIRE(same(golden::run_fast(spec, operands, 1, false), plain));
    }
    REQUIRE(same(golden::run_fast(spec, operands, 3), expected));
}

constexpr std::int64_t greatest_style = 0, uniform_style = 3;  ///< styles of random_operands

/// Ten specs, two of each scheme, that round and clip, on `rows` rows.
std::vector<Spec> rounding_specs(int rows) {
    Spec differential = column_quant(rows, 4, 4, 4), digits = column_quant(rows, 4, 4, 3);
    differential.own = golden::column_quant::Parameters{2, true, 0, 6, 8, 1};
    digits.own = golden::column_quant::Parameters{4, false, 1, 8, 8, 0};
    std::vector<Spec> specs = {
        conventional(rows, 2, 3), zebra(rows, "option1"), bfp(rows, 6, 3, 3, false),
        bfp(rows, 6, 2, 2, true), differential,           digits,
        binsparx(rows),           binsparx(rows),         zebra(rows, "option1_paired"),
        conventional(rows, 3, 2)};
    specs[7].own = golden::binsparx::Parameters{false, true, false};
    for (Spec& spec : specs) {
        spec.step_num = 3;
        if (!spec.adc_bits) spec.adc_bits = 4;
    }
    specs.back().step_den = 2;
    return specs;
}

}  // namespace

TEST_CASE("fast: equal to the reference on random configs") {
    const std::uint64_t seed = 61;
    std::cout << "fast against reference: seed " << seed << ", instruction sets";
    for (const std::string& name : golden::fast::instruction_sets()) {
        const ForcedSet forced(name);
        std::cout << " [" << golden::fast::instruction_set() << "]";
    }
    std::cout << "\n";
    Rng rng(seed);
    for (int i = 0; i < 6000; ++i) {
        const Spec spec = random_spec(rng, scheme_names[i % 5]);
        check_all(spec, random_operands(rng, spec));
    }
}

TEST_CASE("fast: a code whose planes are not the bits of the value is not packed as such") {
    using golden::fast::CodeTable;
    const auto is_bits = [](const Spec& spec) {
        const auto scheme = golden::make_scheme(spec);
        const auto& planes = dynamic_cast<const golden::PlaneScheme&>(*scheme);
        return std::pair{CodeTable(golden::fast::input_coding(planes)).is_bits(),
                         CodeTable(golden::fast::weight_coding(planes)).is_bits()};
    };
    CHECK(is_bits(conventional(1, 3, 4)) == std::pair{true, true});
    CHECK(is_bits(zebra(1, "option1")) == std::pair{false, false});
}

TEST_CASE("fast: word and lane boundaries") {
    Rng rng(62);
    for (int rows : {1, 3, 4, 5, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129}) {
        for (std::size_t outputs : {1U, 3U, 15U, 16U, 17U}) {
            for (const Spec& spec : rounding_specs(rows))
                check_all(spec, random_operands(rng, spec, 5, rows, outputs, uniform_style));
        }
    }
}

TEST_CASE("fast: groups and tiles that end inside a word") {
    Rng rng(66);
    for (int active : {5, 31, 33, 64, 70}) {
        for (Spec spec : rounding_specs(active)) {
            spec.rows = 2 * active;
            spec.outputs = 5;
            for (std::size_t features : {3 * active + 2, 4 * active})
                check_all(spec, random_operands(rng, spec, 5, features, 7, uniform_style));
        }
    }
}

TEST_CASE("fast: the tallest arrays, all ones and random") {
    // 1024 rows of ones overflow a byte counter of 32 words; 992 is the last that would fit.
    Rng rng(63);
    for (int rows : {992, 993, 1023, 1024}) {
        for (std::int64_t style : {greatest_style, uniform_style}) {
            for (Spec spec : rounding_specs(rows)) {
                if (spec.scheme() == "binsparx") binsparx_of(spec).weights = false;
                spec.adc_bits = spec.scheme() == "column_quant" ? 8 : 10;
                check_all(spec, random_operands(rng, spec, 1, rows, 2, style));
            }
        }
    }
}

TEST_CASE("fast: the widest codes do not overflow a lane") {
    // 16-bit codes under the greatest factors, and a transfer that only a table serves.
    Rng rng(64);
    Spec spec = conventional(256, 8, 8);
    spec.adc_bits = 16;
    spec.step_den = 255;
    check_all(spec, random_operands(rng, spec, 2, 512, 2, greatest_style));
    spec = zebra(1024, "option1");
    zebra_of(spec).ratio = 16;
    spec.adc_bits = 16;
    spec.step_num = 65535;
    spec.step_den = 9001;
    check_all(spec, random_operands(rng, spec, 1, 1024, 1, uniform_style));
    check_all(spec, random_operands(rng, spec, 1, 1024, 1, greatest_style));
}

TEST_CASE("fast: many vectors on several threads land where they belong") {
    Rng rng(65);
    for (Spec spec : rounding_specs(9)) {
        spec.outputs = 5;
        spec.accumulator_bits = 9;
        const Operands operands = random_operands(rng, spec, 333, 31, 7, uniform_style);
        const Result expected = golden::run_reference(spec, operands);
        for (unsigned threads : {0U, 1U, 2U, 7U})
            REQUIRE(same(golden::run_fast(spec, operands, threads), expected));
    }
}
