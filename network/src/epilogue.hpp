// SPDX-License-Identifier: Apache-2.0
/// From a product's sums to the node's result.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "lowering.hpp"
#include "operators.hpp"

namespace network {

/// Float nodes: alpha · Σ + beta · bias in double, rounded once to float32. Integer nodes:
/// (Σ + bias) · (sx·sw/sy) in double, half to even, plus the zero point, clamped; without an output
/// scale int32 (ConvInteger, MatMulInteger) or float32 (QGemm).
class Epilogue {
  public:
    Epilogue(const Call& call, const Lowering& lowering);
    /// `sums`: in the order of the result's elements.
    Tensor finish(std::span<const double> sums) const;

  private:
    double bias(std::size_t output, std::size_t at) const;

    const Lowering& lowering_;
    const ProductKind& kind_;
    std::optional<Tensor> bias_;
    double alpha_ = 1, beta_ = 1;
    std::vector<double> scale_;
    bool real_ = false;
    std::int64_t y_zero_ = 0;
    Type type_ = Type::f32;
};

/// Σ (x − zx)(w − zw) for each element of the result, in double.
std::vector<double> product_sums(const Call& call, const Lowering& lowering, bool swapped);

}  // namespace network
