// SPDX-License-Identifier: Apache-2.0
#include "golden/output.hpp"

#include "golden/operands.hpp"
#include "golden/result.hpp"
#include "golden/wide.hpp"

namespace golden {

std::pair<std::int64_t, std::int64_t> type_range(const OutputStage& stage) {
    const std::int64_t values = std::int64_t{1} << stage.bits;
    if (stage.is_signed) return {-values / 2, values / 2 - 1};
    return {0, values - 1};
}

void requantize(const OutputStage& stage, const Operands& operands, Result& result) {
    if (!stage.requant) return;
    const auto [low, high] = operands.output.clamp.value_or(type_range(stage));
    for (std::size_t v = 0; v < result.outputs.rows; ++v) {
        for (std::size_t o = 0; o < result.outputs.cols; ++o) {
            const Wide product = Wide{result.outputs(v, o)} * operands.multiplier[o];
            const std::int64_t shift = operands.shift[o];
            const Wide half = Wide{1} << (shift - 1);
            // An arithmetic shift is floor.
            const Wide y = ((product + half) >> shift) + operands.output.zero_point;
            const Wide kept = y < low ? low : y > high ? high : y;
            result.outputs_clamped += kept != y;
            result.outputs(v, o) = static_cast<std::int64_t>(kept);
        }
    }
}

}  // namespace golden
