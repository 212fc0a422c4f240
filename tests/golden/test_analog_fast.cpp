// SPDX-License-Identifier: Apache-2.0
// Rationale: the fast form of the analog law goes over strips of columns in 16, 32 or 64 bits and
// in doubles, chosen by bounds; the reference goes conversion by conversion. They are compared in
// every field of the result on random configs of all schemes with every combination of effects,
// drawn and measured, for each instruction set and several threads; then at the ends of every
// range, where the wide forms are needed, and with n set from outside.
#include <catch2/catch.hpp>
#include <iostream>

#include "cases.hpp"
#include "golden/chip.hpp"
#include "golden/fast/targets.hpp"
#include "golden/steps.hpp"

using namespace golden_test;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

bool same(const Result& a, const Result& b) {
    return a.outputs.data == b.outputs.data && a.saturated == b.saturated &&
           a.conversions == b.conversions && a.adc_clipped == b.adc_clipped &&
           a.lost_half == b.lost_half && a.inputs_clipped == b.inputs_clipped &&
           a.weights_clipped == b.weights_clipped && a.statistics == b.statistics;
}

void check_all(const Spec& spec, const Operands& operands) {
    const Result expected = golden::run_reference(spec, operands);
    for (const std::string& name : golden::fast::instruction_sets()) {
        golden::fast::force_instruction_set(name);
        INFO(describe(spec, operands) << ", " << name);
        INFO("noise " << spec.analog.noise << " in v " << spec.analog.noise_in_v << " mismatch "
                      << spec.analog.mismatch << " ir_drop " << spec.analog.ir_drop << " offset "
                      << spec.analog.adc_offset << " gain " << spec.analog.adc_gain << " inl "
                      << operands.adc_inl.size() << " correction " << spec.correction_bits);
        const Result result = golden::run_fast(spec, operands, 1);
        golden::fast::force_instruction_set("");
        REQUIRE(same(result, expected));
    }
    REQUIRE(same(golden::run_fast(spec, operands, 3), expected));
}

std::vector<std::int64_t> random_tensor(Rng& rng, std::size_t count, const golden::Range& range) {
    std::vector<std::int64_t> tensor;
    for (std::size_t i = 0; i < count; ++i) tensor.push_back(draw(rng, range.min, range.max));
    return tensor;
}

bool may_drop(const Spec& spec) { return golden::resolve(spec).v_min >= 0; }

/// Any combination of effects, small or anywhere in their ranges.
void randomize_analog(Rng& rng, Spec& spec) {
    golden::Analog& a = spec.analog;
    const auto sigma = [&](std::int64_t most) -> std::int64_t {
        const std::int64_t kind = draw(rng, 0, 3);
        return kind <= 1 ? 0 : draw(rng, 0, kind == 2 ? most / 50 : most);
    };
    a.seed = static_cast<std::uint32_t>(rng());
    a.noise = sigma(64 << 16);
    a.noise_in_v = draw(rng, 0, 1) == 1;
    a.mismatch = sigma(1 << 15);
    a.lognormal = draw(rng, 0, 1) == 1;
    a.per_unit = draw(rng, 0, 1) == 1;
    a.adc_offset = sigma(64 << 16);
    a.adc_gain = sigma(1 << 15);
    if (may_drop(spec)) a.ir_drop = sigma(42949673);
    spec.banks = static_cast<int>(draw(rng, 1, 3));
    if (draw(rng, 0, 2) == 0) spec.correction_bits = static_cast<int>(draw(rng, 1, 8));
    if (draw(rng, 0, 4) == 0) spec.adc_share = 1;
}

/// Some of what was measured.
void randomize_chip(Rng& rng, const Spec& spec, Operands& operands) {
    const golden::Resolved resolved = golden::resolve(spec);
    const golden::ArrayForm form = golden::array_form(spec, resolved.planes);
    const auto wanted = [&] { return draw(rng, 0, 4) == 0; };
    if (wanted()) {
        const std::size_t banks = draw(rng, 0, 1) == 0 ? 1 : form.banks;
        operands.cell_gain =
            random_tensor(rng, banks * form.rows * form.columns, golden::cell_gains);
    }
    if (wanted()) operands.adc_offset = random_tensor(rng, form.adcs(), golden::adc_offsets);
    if (wanted()) operands.adc_gain = random_tensor(rng, form.adcs(), golden::adc_gains);
    if (wanted())
        operands.adc_inl =
            random_tensor(rng, form.adcs() << resolved.adc_bits, golden::adc_offsets);
    if (spec.correction_bits > 0 && draw(rng, 0, 1) == 0)
        operands.correction =
            random_tensor(rng, form.adcs(), golden::signed_range(spec.correction_bits));
}

}  // namespace

TEST_CASE("analog fast: equal to the reference on random configs with every combination") {
    const std::uint64_t seed = 71;
    std::cout << "analog fast against reference: seed " << seed << "\n";
    Rng rng(seed);
    for (int i = 0; i < 1500; ++i) {
        Spec spec = random_spec(rng, scheme_names[i % 5]);
        randomize_analog(rng, spec);
        Operands operands;
        try {
            golden::resolve(spec);
            operands = random_operands(rng, spec);
            randomize_chip(rng, spec, operands);
        } catch (const base::Error&) {
            continue;  // a correction may ask for more than 63 bits
        }
        check_all(spec, operands);
    }
}

TEST_CASE("analog fast: strips that do not come out even, and many vectors") {
    Rng rng(72);
    for (const char* scheme : scheme_names) {
        for (std::size_t outputs : {1U, 8U, 9U, 64U, 65U}) {
            Spec spec = random_spec(rng, scheme);
            spec.rows = spec.active_rows = 12;
            spec.outputs = static_cast<int>(outputs);
            spec.max_tiles = 4;
            spec.analog.noise = 30000;
            spec.analog.mismatch = 3000;
            spec.analog.adc_offset = 50000;
            check_all(spec, random_operands(rng, spec, 70, 30, outputs + 3, 3));
        }
    }
}

TEST_CASE("analog fast: the ends of the ranges") {
    Rng rng(73);
    for (const char* scheme : scheme_names) {
        for (int rows : {255, 1024}) {
            Spec spec = random_spec(rng, scheme);
            spec.rows = spec.active_rows = rows;
            spec.outputs = 2;
            spec.max_tiles = 1;
            spec.accumulator_bits = 40;
            if (std::string(scheme) != "column_quant") {
                spec.adc_bits = 16;
                spec.step_num = 1;
                spec.step_den = std::string(scheme) == "binsparx" ? 1 : 65535;
            }
            golden::Analog& a = spec.analog;
            a.noise = 64 << 16;
            a.noise_in_v = rows == 255;
            a.mismatch = 1 << 15;
            a.lognormal = true;
            a.adc_offset = 64 << 16;
            a.adc_gain = 1 << 15;
            if (may_drop(spec)) a.ir_drop = 42949673;
            for (std::int64_t style : {0, 1, 3}) {
                Operands operands =
                    random_operands(rng, spec, 2, static_cast<std::size_t>(rows), 2, style);
                check_all(spec, operands);
                const auto form = golden::array_form(spec, golden::resolve(spec).planes);
                operands.cell_gain.assign(form.rows * form.columns, golden::cell_gains.max);
                operands.adc_gain.assign(form.adcs(), golden::adc_gains.max);
                check_all(spec, operands);
            }
        }
    }
}

TEST_CASE("analog fast: a part of a run starts at its own n") {
    Rng rng(74);
    for (bool dynamic : {false, true}) {
        Spec spec = bfp(16, 6, 5, 3, dynamic);
        spec.outputs = 3;
        spec.chain = true;
        spec.banks = 2;
        spec.analog.noise = 40000;
        spec.analog.first_step = (std::uint64_t{1} << 40) + 3;
        const Operands whole = random_operands(rng, spec, 5, 80, 7, 2);
        const Result expected = golden::run_reference(spec, whole);
        REQUIRE(same(golden::run_fast(spec, whole, 2), expected));
        Operands part = whole;
        part.first_steps.clear();
        const std::vector<std::uint64_t> starts = golden::first_steps(spec, whole);
        for (std::size_t i = 4; i < starts.size(); i += 5) part.first_steps.push_back(starts[i]);
        part.inputs = {1, 80, {whole.inputs.data.end() - 80, whole.inputs.data.end()}};
        const Result last = golden::run_fast(spec, part, 1);
        for (std::size_t o = 0; o < 7; ++o) REQUIRE(last.outputs(0, o) == expected.outputs(4, o));
    }
}
