// SPDX-License-Identifier: Apache-2.0
/// The fast form, a library of its own (cimrtl_golden_fast).
#pragma once

#include "golden/operands.hpp"
#include "golden/result.hpp"
#include "golden/spec.hpp"

namespace golden {

/// The result of run_reference, bit-packed and vectorized; `threads` 0 = all cores. Without
/// `statistics`, Result::statistics stays empty, and some schemes have a shorter way.
Result run_fast(const Spec& spec, const Operands& operands, unsigned threads = 0,
                bool statistics = true);

}  // namespace golden
