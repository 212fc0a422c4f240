// SPDX-License-Identifier: Apache-2.0
/// Types, sizes and values of a product's operands, before anything is computed from them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operators.hpp"

namespace network {

struct OperandCheck {
    /// What is wrong, a sentence each: what was found and what would be right.
    std::vector<std::string> faults;
    /// Zeros of the result's shape and type, so that what follows can be checked too; absent where
    /// the operands' shapes do not fit each other.
    std::optional<Tensor> result;
};

/// Of a Conv, Gemm, MatMul or one of their integer forms. Types are those of ONNX's pages (float
/// products compute in float32 only): integer operands int8 or uint8, a zero point of its operand's
/// type, a bias int32; one scale or zero point an operand, of weights also one an output; scales
/// positive and finite. All but the data are constant, weights and biases of layers finite.
OperandCheck check_operands(const Call& call);

}  // namespace network
