// SPDX-License-Identifier: Apache-2.0
/// The ADC step, the centre and the scale of least squared error for a set of analog values: the
/// search behind `quantize` for column_quant.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace quantize {

constexpr std::int64_t largest_alpha = 65535;  ///< 16 bits

/// Analog values with weights, distinct and ascending, with running sums, so that a transfer is
/// rated without going through the values.
class Histogram {
  public:
    /// Adds a value; finish() sorts and sums.
    void add(std::int64_t value, double weight) { samples_.emplace_back(value, weight); }
    /// Adds the values of another finished one.
    void add(const Histogram& other);
    void finish();

    std::int64_t lowest() const { return values_.empty() ? 0 : values_.front(); }
    std::int64_t highest() const { return values_.empty() ? 0 : values_.back(); }
    double square() const { return square_; }  ///< sum of weight · v²
    /// {sum of weights, sum of weight · v} of the values below `limit`.
    std::pair<double, double> below(std::int64_t limit) const;

  private:
    std::vector<std::pair<std::int64_t, double>> samples_;
    std::vector<std::int64_t> values_;
    std::vector<double> weight_, moment_;  ///< running sums, one entry more than values
    double square_ = 0;
};

/// The ADC: code = clamp(RNE(alpha · v / 2^alpha_frac), center - 2^(bits-1) ...).
struct AdcForm {
    int bits = 4;
    int alpha_frac = 16;
};

/// What a transfer makes of a histogram: sums over its values of weight · code², weight · code · v.
struct Moments {
    double square = 0, product = 0, values = 0;  ///< `values`: sum of weight · v²
    /// Squared error of scale · code against v.
    double error(double scale) const {
        return values - 2 * scale * product + scale * scale * square;
    }
    /// The scale of least error, not negative, and that error.
    double best_scale() const { return square > 0 && product > 0 ? product / square : 0; }
    double best_error() const { return error(best_scale()); }
};

/// Exact: the integer rounding of the specification.
Moments moments(const Histogram& h, const AdcForm& adc, std::int64_t alpha, int center);

struct ColumnFit {
    std::int64_t alpha = 0;  ///< 16 bits; 0 for values that are all 0
    Moments moments;
};

/// The alpha of least error under a centre: a multiplicative grid from the rule of the largest
/// magnitude (which is among the candidates) to 16 times that, and finer grids around the best.
ColumnFit best_alpha(const Histogram& h, const AdcForm& adc, int center);
/// The rule of the largest magnitude: the largest value on the end of the code window.
std::int64_t max_abs_alpha(const Histogram& h, const AdcForm& adc, int center);
/// ... with the centre of a window that begins at 0, or lies around it where values are negative.
int max_abs_center(const Histogram& h, const AdcForm& adc);

/// Centres worth trying for these values: an even grid, that of the rule among it, then (`around`)
/// the neighbours of one.
std::vector<int> centers(const Histogram& h, const AdcForm& adc);
std::vector<int> centers_around(int center, const AdcForm& adc);

/// Integer scales S and the real value of their unit: S · unit ~ each entry's best scale.
struct ScaleFit {
    double unit = 1;
    std::vector<std::int64_t> scales;
    double error = 0;  ///< over all entries, with these scales
};
/// The unit of least error among 32 from largest scale = full range downwards (then the largest
/// are clipped). `bits`: of a scale, unsigned.
ScaleFit best_unit(std::span<const Moments> entries, int bits);

}  // namespace quantize
