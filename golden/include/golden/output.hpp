// SPDX-License-Identifier: Apache-2.0
/// The output stage: a wide sum to the next layer's input. Source: docs/spec/output.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace golden {

struct Operands;
struct Result;

/// The config's section `output`.
struct OutputStage {
    bool requant = false;  ///< output.mode; false: raw, nothing below counts
    int bits = 8;
    bool is_signed = false;
    int multiplier_bits = 16;
};

/// Registers of the macro that a run gives as numbers; M and S are in Operands.
struct OutputNumbers {
    std::int64_t zero_point = 0;  ///< Z, signed of bits + 1
    /// L and H, inside the output's type; none: the type's own range.
    std::optional<std::pair<std::int64_t, std::int64_t>> clamp = {};
};

/// Lowest and highest value of the output's type.
std::pair<std::int64_t, std::int64_t> type_range(const OutputStage& stage);

/// y = clamp(floor((acc · M + 2^(S−1)) / 2^S) + Z, L, H) for every result: replaces
/// `result.outputs` (V, M) and counts in `result.outputs_clamped`. Operands are checked already.
/// Nothing happens with mode raw.
void requantize(const OutputStage& stage, const Operands& operands, Result& result);

}  // namespace golden
