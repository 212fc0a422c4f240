#include "src/check.hpp"

#include <algorithm>
#include <string>

namespace golden::detail {
namespace {

std::string shape_text(const Matrix& matrix) {
    return "(" + std::to_string(matrix.rows) + ", " + std::to_string(matrix.cols) + ")";
}

std::size_t ceil_div(std::size_t dividend, std::size_t divisor) {
    return (dividend + divisor - 1) / divisor;
}

}  // namespace

Layout make_layout(const Spec& spec, const Operands& operands) {
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
    layout.rows = static_cast<std::size_t>(spec.rows);
    layout.active_rows = static_cast<std::size_t>(spec.active_rows);
    layout.macro_outputs = static_cast<std::size_t>(spec.outputs);
    layout.tiles = ceil_div(layout.features, layout.rows);
    layout.groups = layout.rows / layout.active_rows;
    layout.driven_groups = ceil_div(layout.features, layout.active_rows);
    layout.blocks = ceil_div(layout.outputs, layout.macro_outputs);
    if (layout.tiles > static_cast<std::size_t>(spec.max_tiles))
        throw Error("golden: " + std::to_string(layout.features) + " features need " +
                    std::to_string(layout.tiles) + " tiles, accumulator.max_tiles is " +
                    std::to_string(spec.max_tiles));
    return layout;
}

void check_values(const char* tensor, const Matrix& matrix, Range range) {
    bool all_inside = true;  // no early exit: this loop is vectorized, and passes nearly always
    for (std::int64_t value : matrix.data) all_inside &= range.holds(value);
    if (all_inside) return;
    const auto bad = std::find_if_not(matrix.data.begin(), matrix.data.end(),
                                      [&](std::int64_t value) { return range.holds(value); });
    const auto index = static_cast<std::size_t>(bad - matrix.data.begin());
    throw Error(std::string("golden: ") + tensor + "[" + std::to_string(index / matrix.cols) +
                ", " + std::to_string(index % matrix.cols) + "] = " + std::to_string(*bad) +
                " is outside " + std::to_string(range.min) + " to " + std::to_string(range.max));
}

void check_bias(const Spec& spec, const Resolved& resolved, const Operands& operands) {
    if (operands.bias.size() != (spec.bias ? operands.weights.cols : 0))
        throw Error("golden: " + std::to_string(operands.bias.size()) + " starting values where " +
                    std::to_string(spec.bias ? operands.weights.cols : 0) + " belong");
    const Range range = signed_range(resolved.accumulator_bits);
    for (std::size_t i = 0; i < operands.bias.size(); ++i) {
        if (!range.holds(operands.bias[i]))
            throw Error("golden: bias[" + std::to_string(i) +
                        "] = " + std::to_string(operands.bias[i]) + " does not fit " +
                        std::to_string(resolved.accumulator_bits) + " bits");
    }
}

Adc make_adc(const Spec& spec, const Resolved& resolved) {
    return {spec.step_num, spec.step_den, resolved.code_min, resolved.code_max};
}

Range signed_range(int bits) {
    const std::int64_t half = std::int64_t{1} << (bits - 1);
    return {-half, half - 1};
}

std::int64_t saturating_add(std::int64_t acc, std::int64_t addend, Range range, bool& saturated) {
    const std::int64_t exact = acc + addend;
    const std::int64_t kept = std::clamp(exact, range.min, range.max);
    saturated = saturated || kept != exact;
    return kept;
}

}  // namespace golden::detail
