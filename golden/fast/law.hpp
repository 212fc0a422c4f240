// SPDX-License-Identifier: Apache-2.0
/// The ADC's transfer in a form that suits 32-bit vector lanes.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/array.hpp"
#include "golden/scheme.hpp"

namespace golden::fast {

/// code = clamp(u(v), lo, hi), clipped exactly where u(v) lies outside. Three ways to u(v):
struct Law {
    enum class Kind {
        shift,   ///< (v + offset) >> shift
        affine,  ///< (v · factor + offset) >> shift
        table,   ///< table[v − table_min]
    };
    Kind kind = Kind::shift;
    std::int32_t factor = 1;
    std::int32_t offset = 0;
    std::int32_t shift = 0;
    std::int32_t table_min = 0;
    std::vector<std::int32_t> table;
    std::int32_t lo = 0, hi = 0;
};

/// Finds factor, offset and shift that agree with the ADC for every v in `values` (on which side of
/// lo…hi a clipped v falls is all that is asked there) without leaving 32 bits; a table where there
/// are none. Exact by construction: the offset is taken from the intersection of what every v
/// allows.
Law make_law(const Adc& adc, Range values);

/// Every v in `values` is its own code: the conversion neither rounds nor clips.
bool is_transparent(const Adc& adc, Range values);

}  // namespace golden::fast
