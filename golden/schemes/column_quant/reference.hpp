// SPDX-License-Identifier: Apache-2.0
/// Column-wise weights and partial sums: each physical column is digitized with its own step and
/// scaled back by its own factor. Source: specification, column_quant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/scheme.hpp"

namespace golden::column_quant {

/// numerator / 2^shift rounded to the nearest integer, ties to even.
std::int64_t round_half_even(std::int64_t numerator, int shift);

/// The digits of inputs and weights, and what they are worth.
class ColumnCoding {
  public:
    ColumnCoding(const Macro& macro, const Parameters& own);

    int planes() const { return differential_ ? 2 * slices_ : slices_; }
    int steps() const { return input_bits_ / dac_bits_; }
    int dac_bits() const { return dac_bits_; }
    Range drive_range() const;
    Range cell_range() const;
    Range weight_range() const;

    std::int64_t drive(std::int64_t input, int step) const;
    /// Differential: slices of w⁺, then of w⁻. Two's complement: slices of w, the top one signed.
    std::int64_t cell(std::int64_t weight, int plane) const;
    /// sign_j · 2^(c·slice(j))
    std::int64_t plane_factor(int plane) const;
    /// 2^(d·t)
    std::int64_t step_factor(int step) const { return std::int64_t{1} << (dac_bits_ * step); }

  private:
    int input_bits_;
    int weight_bits_;
    int dac_bits_;
    int cell_bits_;
    bool differential_;
    int slices_;
};

/// The scheme's tensors by tile, plane and output; outputs that are not used have alpha and scale
/// 0 and their plane's centre. Refers to the operands.
class ColumnTensors {
  public:
    /// `center`: everywhere, if the operands have none.
    ColumnTensors(const Operands& operands, int planes, int center)
        : operands_(operands), planes_(static_cast<std::size_t>(planes)), center_(center) {}

    std::int64_t alpha(std::size_t tile, std::size_t plane, std::size_t output) const {
        return at(operands_.alpha, tile, plane, output);
    }
    std::int64_t scale(std::size_t tile, std::size_t plane, std::size_t output) const {
        return at(operands_.scale, tile, plane, output);
    }
    std::int64_t center(std::size_t tile, std::size_t plane) const {
        return operands_.center.empty() ? center_ : operands_.center[tile * planes_ + plane];
    }

  private:
    std::int64_t at(const std::vector<std::int64_t>& tensor, std::size_t tile, std::size_t plane,
                    std::size_t output) const {
        const std::size_t outputs = operands_.weights.cols;
        return output < outputs ? tensor[(tile * planes_ + plane) * outputs + output] : 0;
    }

    const Operands& operands_;
    std::size_t planes_;
    std::int64_t center_;
};

}  // namespace golden::column_quant
