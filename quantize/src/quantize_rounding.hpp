// SPDX-License-Identifier: Apache-2.0
/// What integers a scheme's tensors may be: the place where quantize learns of a new scheme.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "generator/config.hpp"

namespace quantize {

/// The integers that a scheme represents exactly; any other value becomes the nearest of them, the
/// smaller magnitude on a tie, the positive one of two magnitudes.
struct Rounding {
    std::vector<int> levels;  ///< ascending, at least two; zero need not be among them
    /// Unsigned: negative values need an offset, and x ~ s * (q - z) with z one of the levels.
    bool zero_point = false;
    /// So many values that follow each other in a vector are rounded together, with `mantissa` bits
    /// under a shift that they share; 0: each by itself.
    int block_rows = 0;
    int mantissa = 0;
};

/// One `rounding` per scheme (quantize_rounding.cpp); a scheme without does not compile.
struct SchemeRounding {
    Rounding inputs;
    Rounding weights;
    bool counts_steps = true;               ///< results are in units of `adc.step`, else of 1
    bool fits_columns = false;              ///< takes alpha, scale and center, fitted to the inputs
    std::string_view negative_inputs = {};  ///< the config value with which they need no zero point
};

SchemeRounding rounding_of(const generator::Config& config);

/// A rounding made ready for many values; integers up to 255 in magnitude, before and after an
/// offset.
class Rounder {
  public:
    /// `offset` is taken off every level: s * (q - z).
    explicit Rounder(const Rounding& rounding, int offset = 0);

    /// Representable value nearest to t (in units of the scale); ties as in Rounding.
    int nearest(double t) const {
        const double halves = std::min(2 * std::abs(t), static_cast<double>(up_.size() - 1));
        const int below = static_cast<int>(halves);
        const auto i = static_cast<std::size_t>(below) + (below < halves);
        return (t < 0 ? down_ : up_)[i];
    }
    /// nearest(x / scale) of as many values as `q` has room for, plus `add`.
    void nearest(std::span<const float> x, double scale, int add, std::span<std::int32_t> q) const;
    /// The same as nearest(t) except on a tie, where either may come: the squared error is the
    /// same. Fast.
    int either(double t) const;

    /// Ascending, the offset taken off.
    const std::vector<int>& levels() const { return levels_; }
    int lowest() const { return levels_.front(); }
    int highest() const { return levels_.back(); }
    /// Smallest magnitude but zero.
    int smallest() const;

  private:
    /// Level for t in (i/2 - 1/2, i/2) at index i, and for -t likewise: a threshold between two
    /// integers is a multiple of one half.
    std::vector<int> up_, down_;
    std::vector<int> levels_;
};

}  // namespace quantize
