// SPDX-License-Identifier: Apache-2.0
/// The reference form: loops as docs/spec reads.
#include <algorithm>

#include "golden/golden.hpp"
#include "golden/reference/check.hpp"
#include "golden/scheme.hpp"
#include "golden/steps.hpp"

namespace golden {
namespace {

struct Context {
    const Scheme& scheme;
    const Operands& operands;
    Layout layout;
    Range accumulator;
    Chip chip;
    StepNumbers numbers;
};

/// The weights of a group's present rows and of one column block, (present rows, O).
Matrix group_weights(const Context& context, std::size_t first_row, std::size_t rows,
                     std::size_t block) {
    const Layout& layout = context.layout;
    Matrix weights{rows, layout.macro_outputs,
                   std::vector<std::int64_t>(rows * layout.macro_outputs)};
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t o = 0; o < layout.macro_outputs; ++o) {
            const std::size_t output = block * layout.macro_outputs + o;
            if (output < layout.outputs)
                weights(row, o) = context.operands.weights(first_row + row, output);
        }
    }
    return weights;
}

/// The exact sums of one tile, (O,).
std::vector<std::int64_t> tile_sums(const Context& context, Array& array, std::size_t vector,
                                    std::size_t block, std::size_t tile) {
    const Layout& layout = context.layout;
    std::vector<std::int64_t> sums(layout.macro_outputs);
    for (std::size_t g = 0; g < layout.groups; ++g) {
        const std::size_t first = tile * layout.rows + g * layout.active_rows;
        if (first >= layout.features) break;  // no present row: not driven, not converted
        const std::size_t rows = std::min(layout.active_rows, layout.features - first);
        const std::int64_t* inputs =
            &context.operands.inputs.data[vector * layout.features + first];
        const Matrix weights = group_weights(context, first, rows, block);
        const Group group{.tile = tile,
                          .group = g,
                          .first_output = block * layout.macro_outputs,
                          .inputs = {inputs, rows},
                          .weights = weights,
                          .operands = context.operands};
        context.scheme.add_group(group, array, sums);
    }
    return sums;
}

/// Accumulators of one vector and one column block after its last tile, (O,).
std::vector<std::int64_t> run_block(const Context& context, Array& array, std::size_t vector,
                                    std::size_t block, bool& saturated) {
    const Layout& layout = context.layout;
    const std::size_t first = block * layout.macro_outputs;
    const std::size_t used = std::min(layout.macro_outputs, layout.outputs - first);

    std::vector<std::int64_t> acc(layout.macro_outputs);
    if (!context.operands.bias.empty())
        std::copy_n(context.operands.bias.begin() + static_cast<std::ptrdiff_t>(first), used,
                    acc.begin());
    for (std::size_t tile = 0; tile < layout.tiles; ++tile) {
        const BankSets& sets = context.numbers.sets();
        if (tile % sets.tiles == 0)
            array.start_at(context.numbers.first(block, tile / sets.tiles, vector));
        const std::vector<std::int64_t> sums = tile_sums(context, array, vector, block, tile);
        for (std::size_t o = 0; o < used; ++o)
            acc[o] = saturating_add(acc[o], sums[o], context.accumulator, saturated);
    }
    return acc;
}

Context make_context(const Macro& macro, const Resolved& resolved, const Scheme& scheme,
                     const Operands& operands) {
    const Layout layout = make_layout(macro, operands);
    check_operands(macro, resolved, scheme, layout, operands);
    check_inputs(scheme.shape().input, operands, 0, layout.vectors);
    return {scheme,
            operands,
            layout,
            signed_range(resolved.accumulator_bits),
            make_chip(macro, resolved, operands),
            StepNumbers(macro, scheme, layout, operands)};
}

}  // namespace

Result run_reference(const Macro& macro, const Scheme& scheme, const Operands& operands) {
    const Resolved resolved = resolve(macro, scheme);
    const Context context = make_context(macro, resolved, scheme, operands);
    const Layout& layout = context.layout;

    Result result;
    result.outputs = {layout.vectors, layout.outputs,
                      std::vector<std::int64_t>(layout.vectors * layout.outputs)};
    result.saturated.resize(layout.vectors);
    const Adc adc = make_adc(macro, resolved);
    const auto transfer = scheme.transfer(adc, operands);
    Array array(*transfer, context.chip, layout.outputs);
    for (std::size_t vector = 0; vector < layout.vectors; ++vector) {
        bool saturated = false;
        for (std::size_t block = 0; block < layout.blocks; ++block) {
            const auto acc = run_block(context, array, vector, block, saturated);
            for (std::size_t o = 0; o < layout.macro_outputs; ++o) {
                const std::size_t output = block * layout.macro_outputs + o;
                if (output < layout.outputs)
                    result.outputs(vector, output) = scheme.result(acc[o], output, operands);
            }
        }
        result.saturated[vector] = saturated ? 1 : 0;
    }
    result.conversions = array.tally().conversions;
    result.adc_clipped = array.tally().clipped;
    result.lost_half = array.tally().lost_half;
    for (std::int64_t x : operands.inputs.data) result.inputs_clipped += scheme.clips_input(x);
    for (std::int64_t w : operands.weights.data) result.weights_clipped += scheme.clips_weight(w);
    result.statistics = scheme.statistics(adc, operands, layout, array.tally());
    requantize(macro.output, operands, result);
    return result;
}

Result run_reference(const Spec& spec, const Operands& operands) {
    return run_reference(spec, *make_scheme(spec), operands);
}

std::vector<Conversion> trace(const Macro& macro, const Scheme& scheme, const Operands& operands,
                              std::size_t vector, std::size_t column_block) {
    const Resolved resolved = resolve(macro, scheme);
    const Context context = make_context(macro, resolved, scheme, operands);
    if (vector >= context.layout.vectors || column_block >= context.layout.blocks)
        throw Error("golden: trace of a vector or column block that does not exist");

    std::vector<Conversion> record;
    const auto transfer = scheme.transfer(make_adc(macro, resolved), operands);
    Array array(*transfer, context.chip, context.layout.outputs, &record);
    bool saturated = false;
    run_block(context, array, vector, column_block, saturated);
    return record;
}

std::vector<Conversion> trace(const Spec& spec, const Operands& operands, std::size_t vector,
                              std::size_t column_block) {
    return trace(spec, *make_scheme(spec), operands, vector, column_block);
}

}  // namespace golden
