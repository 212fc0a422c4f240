/// Arithmetic and checks that both forms of the model share.
#pragma once

#include <cstddef>
#include <cstdint>

#include "src/scheme.hpp"

namespace golden::detail {

/// Throws Error, naming tensor, index and value, if W or a further tensor is missing, superfluous,
/// of a wrong size or holds a value out of its range.
void check_operands(const Spec& spec, const Resolved& resolved, const Scheme& scheme,
                    const Layout& layout, const Operands& operands);

/// Throws Error in the same way for vectors first … last − 1 of X, but names the first value of all
/// of X that is out of range, whichever vectors are looked at first.
void check_inputs(const Range& range, const Operands& operands, std::size_t first,
                  std::size_t last);

/// The ADC of a resolved spec.
Adc make_adc(const Spec& spec, const Resolved& resolved);

/// acc + addend, saturated to `range`; sets `saturated` (and never clears it) if it was.
std::int64_t saturating_add(std::int64_t acc, std::int64_t addend, Range range, bool& saturated);

}  // namespace golden::detail
