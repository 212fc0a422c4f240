// SPDX-License-Identifier: Apache-2.0
/// What the golden model calls things: config -> golden::Spec (the raw values, one `fill` per
/// scheme for its own), and operands by name.
#include <array>
#include <variant>

#include "operands/operands.hpp"

namespace operands {

namespace {

/// Golden's 0 stands for a setting that is not given.
int setting(const Settings& settings, std::size_t place) {
    return settings.empty() ? 0 : static_cast<int>(settings.at(place));
}

void fill(const generator::conventional::Section& s, const Settings&, golden::Spec& spec) {
    spec.input_bits = s.input_bits;
    spec.input_signed = s.input_signed;
    spec.weight_bits = s.weight_bits;
    spec.own = golden::conventional::Parameters{};
}

void fill(const generator::column_quant::Section& s, const Settings&, golden::Spec& spec) {
    spec.input_bits = s.input_bits;
    spec.weight_bits = s.weight_bits;
    spec.own = golden::column_quant::Parameters{.cell_bits = s.cell_bits,
                                                .differential = s.differential,
                                                .dac_bits = s.dac_bits,
                                                .alpha_frac = s.alpha_frac,
                                                .scale_bits = s.scale_bits,
                                                .center = s.center};
}

void fill(const generator::zebra::Section& s, const Settings&, golden::Spec& spec) {
    spec.own =
        golden::zebra::Parameters{.base = {s.base.rbegin(), s.base.rend()}, .ratio = s.ratio};
}

void fill(const generator::bfp::Section& s, const Settings& settings, golden::Spec& spec) {
    spec.input_bits = s.input_bits;
    spec.weight_bits = s.weight_bits;
    spec.own = golden::bfp::Parameters{
        .dynamic = s.dynamic, .mantissa_max = s.mantissa_bits, .mantissa = setting(settings, 0)};
}

void fill(const generator::binsparx::Section& s, const Settings&, golden::Spec& spec) {
    spec.own = golden::binsparx::Parameters{
        .weights = s.weights, .activations = s.activations, .threshold = s.threshold};
}

struct OperandRow {
    std::string_view name;
    std::vector<std::int64_t> golden::Operands::*member;
};
constexpr std::array<OperandRow, 12> operand_table = {{
    {"bias", &golden::Operands::bias},
    {"alpha", &golden::Operands::alpha},
    {"scale", &golden::Operands::scale},
    {"center", &golden::Operands::center},
    {"threshold", &golden::Operands::threshold},
    {"cell-gain", &golden::Operands::cell_gain},
    {"adc-offset", &golden::Operands::adc_offset},
    {"adc-gain", &golden::Operands::adc_gain},
    {"adc-inl", &golden::Operands::adc_inl},
    {"correction", &golden::Operands::correction},
    {"multiplier", &golden::Operands::multiplier},
    {"shift", &golden::Operands::shift},
}};

}  // namespace

std::vector<std::int64_t>* find_operand(golden::Operands& operands, std::string_view name) {
    for (const OperandRow& row : operand_table) {
        if (row.name == name) return &(operands.*row.member);
    }
    return nullptr;
}

const std::vector<std::int64_t>* find_operand(const golden::Operands& operands,
                                              std::string_view name) {
    return find_operand(const_cast<golden::Operands&>(operands), name);
}

golden::Spec to_spec(const generator::Config& c, const Settings& settings) {
    golden::Spec spec;
    spec.rows = c.array.rows;
    spec.outputs = c.array.outputs;
    spec.active_rows = c.array.active_rows;
    spec.banks = c.array.banks;
    spec.adc_bits = c.adc.bits;
    spec.step_num = c.adc.step.num;
    spec.step_den = c.adc.step.den;
    spec.max_tiles = c.accumulator.max_tiles;
    spec.accumulator_bits = c.accumulator.bits;
    spec.bias = c.accumulator.bias;
    spec.chain = c.accumulator.chain;
    spec.adc_share = c.adc.share;
    spec.correction_bits = c.adc.correction_bits;
    spec.output = {.requant = c.output.requant,
                   .bits = c.output.bits,
                   .is_signed = c.output.is_signed,
                   .multiplier_bits = c.output.multiplier_bits};
    spec.analog = {.seed = static_cast<std::uint32_t>(c.analog.seed),
                   .noise = c.analog.noise,
                   .noise_in_v = c.analog.noise_in_v,
                   .mismatch = c.analog.mismatch,
                   .lognormal = c.analog.lognormal,
                   .per_unit = c.analog.per_unit,
                   .ir_drop = c.analog.ir_drop,
                   .adc_offset = c.analog.adc_offset,
                   .adc_gain = c.analog.adc_gain};
    std::visit([&](const auto& own) { fill(own, settings, spec); }, c.section);
    return spec;
}

}  // namespace operands
