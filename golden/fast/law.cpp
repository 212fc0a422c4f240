// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/law.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace golden::fast {
namespace {

constexpr std::int64_t max_int32 = std::numeric_limits<std::int32_t>::max();

/// Offsets c for which (v·factor + c) >> shift serves every v in `values`.
std::optional<std::int64_t> find_offset(const Adc& adc, Range values, std::int64_t factor,
                                        int shift) {
    Range offset{-max_int32, max_int32};
    for (std::int64_t v = values.min; v <= values.max; ++v) {
        const std::int64_t code = adc.unclipped(v);
        const std::int64_t product = v * factor;
        if (code >= adc.lo) {  // (product + c) >> shift must reach `floor_code`
            const std::int64_t floor_code = std::min(code, adc.hi + 1);
            offset.min = std::max(offset.min, floor_code * (std::int64_t{1} << shift) - product);
        }
        if (code <= adc.hi) {  // and stay below `next_code`
            const std::int64_t next_code = std::max(code, adc.lo - 1) + 1;
            offset.max = std::min(offset.max, next_code * (std::int64_t{1} << shift) - 1 - product);
        }
        if (offset.min > offset.max) return std::nullopt;
    }
    // No v may overflow a lane.
    const std::int64_t low = std::min(values.min * factor, values.max * factor);
    const std::int64_t high = std::max(values.min * factor, values.max * factor);
    const std::int64_t chosen = offset.min;
    if (low < -max_int32 || high > max_int32 || low + chosen < -max_int32 ||
        high + chosen > max_int32)
        return std::nullopt;
    return chosen;
}

Law table_law(const Adc& adc, Range values, Law law) {
    law.kind = Law::Kind::table;
    law.table_min = static_cast<std::int32_t>(values.min);
    for (std::int64_t v = values.min; v <= values.max; ++v) {
        const std::int64_t code = std::clamp(adc.unclipped(v), adc.lo - 1, adc.hi + 1);
        law.table.push_back(static_cast<std::int32_t>(code));
    }
    return law;
}

}  // namespace

Law make_law(const Adc& adc, Range values) {
    Law law;
    law.lo = static_cast<std::int32_t>(adc.lo);
    law.hi = static_cast<std::int32_t>(adc.hi);
    const std::int64_t reach = std::max(values.max, -values.min);
    for (int shift = 0; shift < 31; ++shift) {
        const std::int64_t scaled = adc.step_den << shift;
        const std::int64_t below = scaled / adc.step_num;
        if (below * reach > max_int32) break;
        for (std::int64_t factor = std::max<std::int64_t>(below, 1); factor <= below + 1;
             ++factor) {
            if (const auto offset = find_offset(adc, values, factor, shift)) {
                law.kind = factor == 1 ? Law::Kind::shift : Law::Kind::affine;
                law.factor = static_cast<std::int32_t>(factor);
                law.offset = static_cast<std::int32_t>(*offset);
                law.shift = shift;
                return law;
            }
        }
    }
    return table_law(adc, values, law);
}

bool is_transparent(const Adc& adc, Range values) {
    const Range codes{adc.lo, adc.hi};
    return adc.step_num == adc.step_den && codes.holds(values.min) && codes.holds(values.max);
}

}  // namespace golden::fast
