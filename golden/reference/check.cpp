// SPDX-License-Identifier: Apache-2.0
#include "golden/reference/check.hpp"

#include <algorithm>
#include <string>

namespace golden {
namespace {

struct Tensor {
    const char* name;
    std::vector<std::int64_t> Operands::*data;
};

std::string shape_text(const Matrix& matrix) {
    return "(" + std::to_string(matrix.rows) + ", " + std::to_string(matrix.cols) + ")";
}

std::size_t ceil_div(std::size_t dividend, std::size_t divisor) {
    return (dividend + divisor - 1) / divisor;
}

std::size_t size_of(const std::vector<std::size_t>& shape) {
    std::size_t size = 1;
    for (std::size_t extent : shape) size *= extent;
    return size;
}

/// "2, 0, 5": the index of element `flat` of a tensor in C order.
std::string index_text(const std::vector<std::size_t>& shape, std::size_t flat) {
    std::string text;
    for (std::size_t d = shape.size(); d-- > 0; flat /= shape[d])
        text.insert(0, std::to_string(flat % shape[d]) + (text.empty() ? "" : ", "));
    return text;
}

void check_values(const char* name, const std::vector<std::size_t>& shape, Range range,
                  const std::vector<std::int64_t>& data, InsideTest inside) {
    if (inside(data.data(), data.size(), range)) return;
    const auto bad = std::find_if_not(data.begin(), data.end(),
                                      [&](std::int64_t value) { return range.holds(value); });
    const auto flat = static_cast<std::size_t>(bad - data.begin());
    throw Error(std::string("golden: ") + name + "[" + index_text(shape, flat) +
                "] = " + std::to_string(*bad) + " is outside " + std::to_string(range.min) +
                " to " + std::to_string(range.max) +
                (range.stride == 1 ? "" : " in steps of " + std::to_string(range.stride)));
}

/// All tensors beside X and W, so that none is passed over in silence.
constexpr Tensor tensor_names[] = {
    {"bias", &Operands::bias},
    {"alpha", &Operands::alpha},
    {"scale", &Operands::scale},
    {"center", &Operands::center},
    {"threshold", &Operands::threshold},
    {"multiplier", &Operands::multiplier},
    {"shift", &Operands::shift},
    {"cell_gain", &Operands::cell_gain},
    {"adc_offset", &Operands::adc_offset},
    {"adc_gain", &Operands::adc_gain},
    {"adc_inl", &Operands::adc_inl},
    {"correction", &Operands::correction},
};

/// `rule` is null for a tensor that the spec does not take.
void check_tensor(const Tensor& tensor, const TensorRule* rule, const Operands& operands,
                  InsideTest inside) {
    const std::vector<std::int64_t>& data = operands.*tensor.data;
    if (data.empty() && (rule == nullptr || !rule->required)) return;
    const std::size_t expected = rule == nullptr ? 0 : size_of(rule->shape);
    if (data.size() != expected)
        throw Error(std::string("golden: ") + tensor.name + " has " + std::to_string(data.size()) +
                    " elements where " + std::to_string(expected) + " belong");
    check_values(tensor.name, rule->shape, rule->range, data, inside);
}

}  // namespace

bool all_inside(const std::int64_t* elements, std::size_t count, const Range& range) {
    return std::all_of(elements, elements + count,
                       [&](std::int64_t value) { return range.holds(value); });
}

Layout make_layout(const Macro& macro, const Operands& operands) {
    const Matrix& inputs = operands.inputs;
    const Matrix& weights = operands.weights;
    if (inputs.rows == 0 || inputs.cols == 0 || weights.cols == 0)
        throw Error("golden: inputs " + shape_text(inputs) + " and weights " + shape_text(weights) +
                    " must not be empty");
    if (inputs.cols != weights.rows)
        throw Error("golden: inputs " + shape_text(inputs) + " and weights " + shape_text(weights) +
                    " do not fit");
    if (inputs.data.size() != inputs.rows * inputs.cols ||
        weights.data.size() != weights.rows * weights.cols)
        throw Error("golden: a matrix has other than rows x cols elements");

    Layout layout;
    layout.vectors = inputs.rows;
    layout.features = inputs.cols;
    layout.outputs = weights.cols;
    layout.rows = static_cast<std::size_t>(macro.rows);
    layout.active_rows = static_cast<std::size_t>(macro.active_rows);
    layout.macro_outputs = static_cast<std::size_t>(macro.outputs);
    layout.tiles = ceil_div(layout.features, layout.rows);
    layout.groups = layout.rows / layout.active_rows;
    layout.driven_groups = ceil_div(layout.features, layout.active_rows);
    layout.blocks = ceil_div(layout.outputs, layout.macro_outputs);
    if (layout.tiles > static_cast<std::size_t>(macro.max_tiles))
        throw Error("golden: " + std::to_string(layout.features) + " features need " +
                    std::to_string(layout.tiles) + " tiles, accumulator.max_tiles is " +
                    std::to_string(macro.max_tiles));
    return layout;
}

/// M and S; Z, L and H are numbers.
void add_output_rules(const OutputStage& stage, const Layout& layout, const Operands& operands,
                      std::vector<TensorRule>& rules) {
    if (!stage.requant) return;
    const Range multiplier{0, (std::int64_t{1} << stage.multiplier_bits) - 1};
    rules.push_back({&Operands::multiplier, {layout.outputs}, multiplier});
    rules.push_back({&Operands::shift, {layout.outputs}, {1, 63}});
    const auto [lowest, highest] = type_range(stage);
    const auto [low, high] = operands.output.clamp.value_or(type_range(stage));
    if (low < lowest || high > highest || low > high)
        throw Error("golden: clamp " + std::to_string(low) + "," + std::to_string(high) +
                    " is outside " + std::to_string(lowest) + " to " + std::to_string(highest));
    if (!signed_range(stage.bits + 1).holds(operands.output.zero_point))
        throw Error("golden: zero point " + std::to_string(operands.output.zero_point) +
                    " does not fit " + std::to_string(stage.bits + 1) + " bits");
}

/// What was measured replaces what would be drawn, whatever the keys say.
void add_chip_rules(const Macro& macro, const Resolved& resolved, const Operands& operands,
                    std::vector<TensorRule>& rules) {
    const ArrayForm form = array_form(macro, resolved.planes);
    const bool all_banks = operands.cell_gain.size() == form.rows * form.columns;
    rules.push_back({&Operands::cell_gain,
                     {all_banks ? 1 : form.banks, form.rows, form.columns},
                     cell_gains,
                     false});
    rules.push_back({&Operands::adc_offset, {form.adcs()}, adc_offsets, false});
    rules.push_back({&Operands::adc_gain, {form.adcs()}, adc_gains, false});
    rules.push_back({&Operands::adc_inl,
                     {form.adcs(), std::size_t{1} << resolved.adc_bits},
                     adc_offsets,
                     false});
    if (macro.correction_bits > 0)
        rules.push_back(
            {&Operands::correction, {form.adcs()}, signed_range(macro.correction_bits), false});
}

void check_operands(const Macro& macro, const Resolved& resolved, const Scheme& scheme,
                    const Layout& layout, const Operands& operands, InsideTest inside) {
    const Shape shape = scheme.shape();
    check_values("weights", {layout.features, layout.outputs}, shape.weight, operands.weights.data,
                 inside);
    std::vector<TensorRule> rules = scheme.tensors(resolved, layout);
    if (macro.bias)
        rules.push_back(
            {&Operands::bias, {layout.outputs}, signed_range(resolved.accumulator_bits)});
    add_output_rules(macro.output, layout, operands, rules);
    add_chip_rules(macro, resolved, operands, rules);
    for (const Tensor& tensor : tensor_names) {
        const auto rule = std::find_if(rules.begin(), rules.end(),
                                       [&](const TensorRule& r) { return r.data == tensor.data; });
        check_tensor(tensor, rule == rules.end() ? nullptr : &*rule, operands, inside);
    }
}

void check_inputs(const Range& range, const Operands& operands, std::size_t first, std::size_t last,
                  InsideTest inside) {
    const Matrix& inputs = operands.inputs;
    const std::size_t count = (last - first) * inputs.cols;
    if (inside(&inputs.data[first * inputs.cols], count, range)) return;
    check_values("inputs", {inputs.rows, inputs.cols}, range, inputs.data, inside);
}

Adc make_adc(const Macro& macro, const Resolved& resolved) {
    return {macro.step_num, macro.step_den, resolved.code_min, resolved.code_max};
}

std::int64_t saturating_add(std::int64_t acc, std::int64_t addend, Range range, bool& saturated) {
    const std::int64_t exact = acc + addend;
    const std::int64_t kept = std::clamp(exact, range.min, range.max);
    saturated = saturated || kept != exact;
    return kept;
}

}  // namespace golden
