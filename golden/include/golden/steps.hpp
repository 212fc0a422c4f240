// SPDX-License-Identifier: Apache-2.0
/// n: the number of a driven step. Source: docs/spec/analog.md, "Random numbers".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/operands.hpp"
#include "golden/scheme.hpp"

namespace golden {

/// Sets of banks that the tiles are driven in: more than one only where `chain` joins sets.
struct BankSets {
    std::size_t count = 1;
    std::size_t tiles = 0;  ///< of one set; the last may have fewer
};
BankSets bank_sets(const Macro& macro, const Scheme& scheme, const Layout& layout);

/// n of the first step of each vector. n runs from Analog::first_step in the order column block,
/// set of banks, vector, tile, group, pass, step; it counts driven steps only.
class StepNumbers {
  public:
    /// Takes Operands::first_steps if there are any.
    StepNumbers(const Macro& macro, const Scheme& scheme, const Layout& layout,
                const Operands& operands);

    const BankSets& sets() const { return sets_; }
    std::uint64_t first(std::size_t block, std::size_t set, std::size_t vector) const {
        return first_[(block * sets_.count + set) * vectors_ + vector];
    }
    /// (blocks, sets, V), as Operands::first_steps takes them.
    const std::vector<std::uint64_t>& all() const { return first_; }

  private:
    BankSets sets_;
    std::size_t vectors_;
    std::vector<std::uint64_t> first_;
};

/// Driven steps of each vector in each set of one column block, (sets, V).
std::vector<std::uint64_t> count_steps(const Macro& macro, const Scheme& scheme,
                                       const Layout& layout, const Operands& operands);
std::vector<std::uint64_t> count_steps(const Spec& spec, const Operands& operands);
/// The numbers that follow from counts (sets, V) for `blocks` column blocks, (blocks, sets, V).
std::vector<std::uint64_t> number_steps(const std::vector<std::uint64_t>& counts,
                                        std::size_t blocks, std::uint64_t first_step);
/// Those of a run.
std::vector<std::uint64_t> first_steps(const Spec& spec, const Operands& operands);

}  // namespace golden
