// SPDX-License-Identifier: Apache-2.0
/// Arithmetic and checks that both forms of the model share. Where a fast way to look at many
/// elements is at hand, it is given as an InsideTest.
#pragma once

#include <cstddef>
#include <cstdint>

#include "golden/scheme.hpp"

namespace golden {

/// Are all elements in the range?
using InsideTest = bool (*)(const std::int64_t* elements, std::size_t count, const Range& range);
bool all_inside(const std::int64_t* elements, std::size_t count, const Range& range);

/// Throws Error, naming tensor, index and value, if W or a further tensor is missing, superfluous,
/// of a wrong size or holds a value out of its range.
void check_operands(const Macro& macro, const Resolved& resolved, const Scheme& scheme,
                    const Layout& layout, const Operands& operands, InsideTest inside = all_inside);

/// Throws Error in the same way for vectors first … last − 1 of X, but names the first value of all
/// of X that is out of range, whichever vectors are looked at first.
void check_inputs(const Range& range, const Operands& operands, std::size_t first, std::size_t last,
                  InsideTest inside = all_inside);

/// The ADC of a resolved macro.
Adc make_adc(const Macro& macro, const Resolved& resolved);

/// acc + addend, saturated to `range`; sets `saturated` (and never clears it) if it was.
std::int64_t saturating_add(std::int64_t acc, std::int64_t addend, Range range, bool& saturated);

}  // namespace golden
