// Rationale: the fast form shares no loop with the reference: it packs bits, counts ones and
// replaces the division of the ADC. It is compared in every field of the result on thousands of
// random configs, for each instruction set that the processor has and for one and several threads.
// Sizes to 70 rows in random configs; the boundaries of its words (31 … 33, 1023 … 1024 rows, 15 …
// 17 outputs) apart.
#include <catch2/catch.hpp>
#include <iostream>

#include "cases.hpp"
#include "src/fast_isa.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;
using golden::detail::Isa;

namespace {

std::vector<Isa> available() {
    std::vector<Isa> found;
    for (Isa isa : {Isa::portable, Isa::avx2, Isa::avx512}) {
        if (golden::detail::isa_available(isa)) found.push_back(isa);
    }
    return found;
}

struct ForcedIsa {
    explicit ForcedIsa(Isa isa) { golden::detail::force_isa(isa); }
    ~ForcedIsa() { golden::detail::force_isa(Isa::automatic); }
};

bool same(const Result& a, const Result& b) {
    return a.outputs.rows == b.outputs.rows && a.outputs.cols == b.outputs.cols &&
           a.outputs.data == b.outputs.data && a.saturated == b.saturated &&
           a.conversions == b.conversions && a.adc_clipped == b.adc_clipped &&
           a.inputs_clipped == b.inputs_clipped && a.weights_clipped == b.weights_clipped;
}

void check_all(const Spec& spec, const Operands& operands) {
    const Result expected = golden::run_reference(spec, operands);
    for (Isa isa : available()) {
        const ForcedIsa forced(isa);
        INFO(describe(spec, operands) << ", " << golden::detail::select_kernels().name);
        REQUIRE(same(golden::run_fast(spec, operands, 1), expected));
    }
    REQUIRE(same(golden::run_fast(spec, operands, 3), expected));
}

Operands filled(Rng& rng, const Spec& spec, std::size_t vectors, std::size_t features,
                std::size_t outputs, bool greatest) {
    const bool is_zebra = spec.scheme == "zebra";
    const std::int64_t x_max = is_zebra ? 255 : (1 << spec.input_bits) - 1;
    const std::int64_t w_max = is_zebra ? 255 : (1 << (spec.weight_bits - 1)) - 1;
    Operands operands{{vectors, features, {}}, {features, outputs, {}}, {}};
    for (std::size_t i = 0; i < vectors * features; ++i)
        operands.inputs.data.push_back(greatest ? x_max : draw(rng, is_zebra ? -255 : 0, x_max));
    for (std::size_t i = 0; i < features * outputs; ++i)
        operands.weights.data.push_back(greatest ? w_max : draw(rng, -w_max - !is_zebra, w_max));
    return operands;
}

}  // namespace

TEST_CASE("fast: equal to the reference on random configs") {
    const std::uint64_t seed = 61;
    std::cout << "fast against reference: seed " << seed << ", instruction sets";
    for (Isa isa : available()) {
        const ForcedIsa forced(isa);
        std::cout << " [" << golden::detail::select_kernels().name << "]";
    }
    std::cout << "\n";
    Rng rng(seed);
    for (int i = 0; i < 4000; ++i) {
        const Spec spec = random_spec(rng);
        check_all(spec, random_operands(rng, spec));
    }
}

TEST_CASE("fast: word and lane boundaries") {
    Rng rng(62);
    for (int rows : {1, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129}) {
        for (std::size_t outputs : {1U, 3U, 15U, 16U, 17U}) {
            Spec spec = rows % 2 == 0 ? conventional(rows, 2, 3) : zebra(rows, "option1");
            spec.adc_bits = 4;
            spec.step_num = 3;
            check_all(spec, filled(rng, spec, 5, static_cast<std::size_t>(rows), outputs, false));
        }
    }
}

TEST_CASE("fast: the tallest arrays, all ones and random") {
    // 1024 rows of ones overflow a byte counter of 32 words; 992 is the last that would fit.
    Rng rng(63);
    for (int rows : {992, 993, 1023, 1024}) {
        for (bool greatest : {true, false}) {
            Spec spec = conventional(rows, 2, 2);
            spec.step_num = 3;
            check_all(spec, filled(rng, spec, 1, static_cast<std::size_t>(rows), 2, greatest));
            spec = zebra(rows, "option1_paired");
            spec.step_num = 5;
            spec.step_den = 2;
            check_all(spec, filled(rng, spec, 1, static_cast<std::size_t>(rows), 1, greatest));
        }
    }
}

TEST_CASE("fast: the widest codes do not overflow a lane") {
    // 16-bit codes under the greatest factors, and a transfer that only a table serves.
    Rng rng(64);
    Spec spec = conventional(256, 8, 8);
    spec.adc_bits = 16;
    spec.step_den = 255;
    check_all(spec, filled(rng, spec, 2, 512, 2, true));
    spec = zebra(1024, "option1");
    spec.zebra_ratio = 16;
    spec.adc_bits = 16;
    spec.step_num = 65535;
    spec.step_den = 9001;
    check_all(spec, filled(rng, spec, 1, 1024, 1, false));
    check_all(spec, filled(rng, spec, 1, 1024, 1, true));
}

TEST_CASE("fast: many vectors on several threads land where they belong") {
    Rng rng(65);
    Spec spec = conventional(9, 3, 3);
    spec.outputs = 5;
    spec.adc_bits = 3;
    spec.accumulator_bits = 9;
    const Operands operands = filled(rng, spec, 333, 31, 7, false);
    const Result expected = golden::run_reference(spec, operands);
    for (unsigned threads : {0U, 1U, 2U, 7U})
        REQUIRE(same(golden::run_fast(spec, operands, threads), expected));
}
