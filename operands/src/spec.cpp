/// What the golden model calls things: config -> golden::Spec (the raw values, one row per scheme
/// for its own), and operands by name.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/error.hpp"
#include "generator/schemes/bfp/config.hpp"
#include "generator/schemes/binsparx/config.hpp"
#include "generator/schemes/column_quant/config.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"
#include "operands/operands.hpp"

namespace operands {

namespace {

void conventional_spec(const std::any& section, golden::Spec& spec) {
    const auto& s = std::any_cast<const generator::conventional::Section&>(section);
    spec.input_bits = s.input_bits;
    spec.input_signed = s.input_signed;
    spec.weight_bits = s.weight_bits;
    spec.own = golden::conventional::Parameters{};
}

void column_quant_spec(const std::any& section, golden::Spec& spec) {
    const auto& s = std::any_cast<const generator::column_quant::Section&>(section);
    spec.input_bits = s.input_bits;
    spec.weight_bits = s.weight_bits;
    spec.own = golden::column_quant::Parameters{.cell_bits = s.cell_bits,
                                                .differential = s.differential,
                                                .dac_bits = s.dac_bits,
                                                .alpha_frac = s.alpha_frac,
                                                .scale_bits = s.scale_bits,
                                                .center = s.center};
}

void zebra_spec(const std::any& section, golden::Spec& spec) {
    const auto& s = std::any_cast<const generator::zebra::Section&>(section);
    spec.own =
        golden::zebra::Parameters{.base = {s.base.rbegin(), s.base.rend()}, .ratio = s.ratio};
}

void bfp_spec(const std::any& section, golden::Spec& spec) {
    const auto& s = std::any_cast<const generator::bfp::Section&>(section);
    spec.input_bits = s.input_bits;
    spec.weight_bits = s.weight_bits;
    spec.own = golden::bfp::Parameters{
        .dynamic = s.dynamic, .mantissa_max = s.mantissa_bits, .mantissa = s.mantissa};
}

void binsparx_spec(const std::any& section, golden::Spec& spec) {
    const auto& s = std::any_cast<const generator::binsparx::Section&>(section);
    spec.own = golden::binsparx::Parameters{
        .weights = s.weights, .activations = s.activations, .threshold = s.threshold};
}

struct Row {
    std::string_view scheme;
    void (*fill)(const std::any&, golden::Spec&);
};
constexpr std::array<Row, 5> table = {{
    {"column_quant", column_quant_spec},
    {"conventional", conventional_spec},
    {"zebra", zebra_spec},
    {"bfp", bfp_spec},
    {"binsparx", binsparx_spec},
}};

struct OperandRow {
    std::string_view name;
    std::vector<std::int64_t> golden::Operands::*member;
};
constexpr std::array<OperandRow, 5> operand_table = {{
    {"bias", &golden::Operands::bias},
    {"alpha", &golden::Operands::alpha},
    {"scale", &golden::Operands::scale},
    {"center", &golden::Operands::center},
    {"threshold", &golden::Operands::threshold},
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

golden::Spec to_spec(const generator::Config& c) {
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
    const auto row = std::ranges::find(table, c.scheme, &Row::scheme);
    if (row == std::ranges::end(table))
        throw base::Error(fmt::format("internal: {} has no row in spec.cpp", c.scheme));
    row->fill(c.section, spec);
    return spec;
}

}  // namespace operands
