// SPDX-License-Identifier: Apache-2.0
/// Integer-exact model of a compute-in-memory macro: what the generated hardware has to compute.
///
/// Knows nothing of the generator and never sees a derived width: it takes the config's raw values
/// (`auto` stays absent) and resolves them by its own arithmetic. Source: the specification's
/// contract and scheme pages.
#pragma once

#include <cstddef>
#include <vector>

#include "golden/fast.hpp"
#include "golden/operands.hpp"
#include "golden/result.hpp"
#include "golden/spec.hpp"

namespace golden {

/// The clearest correct form: loops over tiles, groups, steps, planes and rows as the page reads.
Result run_reference(const Spec& spec, const Operands& operands);

/// All conversions of one vector in one column block, ordered by tile, group, pass, step, column.
/// The columns of outputs that the product does not use are converted as well; they hold what a
/// weight of 0 holds (binsparx: all cells 0), with alpha 0 and their plane's centre. Like any
/// other conversion they take part in n.
std::vector<Conversion> trace(const Spec& spec, const Operands& operands, std::size_t vector,
                              std::size_t column_block);

}  // namespace golden
