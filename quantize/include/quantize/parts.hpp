// SPDX-License-Identifier: Apache-2.0
/// `quantize` in parts, for data that is not all there at once: a network's layers.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "generator/config.hpp"
#include "operands/npy.hpp"

namespace quantize {

/// The scale, and zero point, of least squared error for a scheme's inputs, and what it makes of
/// further values: x ~ scale · (q − zero_point).
class InputQuantizer {
  public:
    /// `values`: of the tensor, finite. `vectors` (V, K): some of its vectors, for schemes whose
    /// inputs share a shift (bfp, static blocks); else not read. A zero point is found whatever
    /// `accumulator.bias` says: the caller takes it off.
    InputQuantizer(const generator::Config& config, std::span<const double> values,
                   const operands::Tensor<double>& vectors);
    ~InputQuantizer();
    InputQuantizer(InputQuantizer&&) noexcept;
    InputQuantizer& operator=(InputQuantizer&&) noexcept;

    double scale() const { return scale_; }
    std::int64_t zero_point() const { return zero_point_; }
    /// The integer of a finite value. Schemes that round blocks together get each value's own
    /// integer: their encoder rounds the block.
    std::int64_t operator()(double x) const;
    /// Those of as many values as `q` has room for.
    void operator()(std::span<const float> x, std::span<std::int32_t> q) const;

  private:
    struct Rounding;
    double scale_ = 1;
    std::int64_t zero_point_ = 0;
    std::unique_ptr<Rounding> rounding_;
};

struct WeightIntegers {
    operands::Tensor<std::int64_t> integers;  ///< (K, M)
    std::vector<double> scale;                ///< 1 or M
};
/// Weights (K, M), finite, with the scale of least squared error, or one an output.
WeightIntegers quantize_weights(const generator::Config& config,
                                const operands::Tensor<double>& weights, bool per_output);

/// Whether results are in units of `adc.step`.
bool counts_steps(const generator::Config& config);
/// Whether the scheme takes alpha, scale and centre (fit_columns).
bool takes_columns(const generator::Config& config);

}  // namespace quantize
