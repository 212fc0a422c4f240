// SPDX-License-Identifier: Apache-2.0
#include "golden/steps.hpp"

#include <algorithm>

namespace golden {

BankSets bank_sets(const Macro& macro, const Scheme& scheme, const Layout& layout) {
    const auto banks = static_cast<std::size_t>(macro.banks);
    const bool joined = macro.chain && !macro.output.requant && scheme.yields_sum();
    if (!joined || layout.tiles <= banks) return {1, layout.tiles};
    return {(layout.tiles + banks - 1) / banks, banks};
}

std::vector<std::uint64_t> count_steps(const Macro& macro, const Scheme& scheme,
                                       const Layout& layout, const Operands& operands) {
    const BankSets sets = bank_sets(macro, scheme, layout);
    std::vector<std::uint64_t> counts(sets.count * layout.vectors);
    for (std::size_t vector = 0; vector < layout.vectors; ++vector) {
        for (std::size_t first = 0; first < layout.features; first += layout.active_rows) {
            const std::size_t rows = std::min(layout.active_rows, layout.features - first);
            const std::size_t set = first / layout.rows / sets.tiles;
            counts[set * layout.vectors + vector] += scheme.driven_steps(
                {&operands.inputs.data[vector * layout.features + first], rows});
        }
    }
    return counts;
}

std::vector<std::uint64_t> number_steps(const std::vector<std::uint64_t>& counts,
                                        std::size_t blocks, std::uint64_t first_step) {
    std::vector<std::uint64_t> first;
    std::uint64_t n = first_step;
    for (std::size_t block = 0; block < blocks; ++block) {
        for (std::uint64_t count : counts) {
            first.push_back(n);
            n += count;
        }
    }
    return first;
}

StepNumbers::StepNumbers(const Macro& macro, const Scheme& scheme, const Layout& layout,
                         const Operands& operands)
    : sets_(bank_sets(macro, scheme, layout)),
      vectors_(layout.vectors),
      first_(operands.first_steps) {
    if (first_.empty())
        first_ = number_steps(count_steps(macro, scheme, layout, operands), layout.blocks,
                              macro.analog.first_step);
    if (first_.size() != layout.blocks * sets_.count * vectors_)
        throw Error("golden: first_steps has " + std::to_string(first_.size()) +
                    " elements where " + std::to_string(layout.blocks * sets_.count * vectors_) +
                    " belong");
}

std::vector<std::uint64_t> count_steps(const Spec& spec, const Operands& operands) {
    return count_steps(spec, *make_scheme(spec), make_layout(spec, operands), operands);
}

std::vector<std::uint64_t> first_steps(const Spec& spec, const Operands& operands) {
    return StepNumbers(spec, *make_scheme(spec), make_layout(spec, operands), operands).all();
}

}  // namespace golden
