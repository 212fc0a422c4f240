/// The analog part: the array's sum and its ADC. Source: contract, "Analog value and ADC".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "golden/golden.hpp"

namespace golden::detail {

/// The transfer of one ADC: a step of step_num / step_den in units of v, codes lo…hi.
struct Adc {
    std::int64_t step_num = 1;
    std::int64_t step_den = 1;
    std::int64_t lo = 0;
    std::int64_t hi = 1;

    /// floor((q·v + floor(p/2)) / p): half a step up is rounded up, floor is toward −∞. Not
    /// clipped.
    std::int64_t unclipped(std::int64_t v) const;
};

/// Where and when a conversion happens.
struct Site {
    std::size_t tile = 0;
    std::size_t group = 0;
    std::size_t step = 0;
    std::size_t column = 0;  ///< physical column = output · planes + plane
};

/// What one conversion gives.
struct Sample {
    std::int64_t value = 0;  ///< ideal analog value v
    std::int64_t code = 0;
    bool clipped = false;  ///< the code was clipped at lo or hi
};

/// The one function of the golden model that turns an array access into a code. It receives the
/// drive value of every present row and the cells of one physical column, so that noise on the sum,
/// mismatch of cells and IR drop along the column can enter here and need to enter nowhere else.
Sample convert(const Adc& adc, const Site& site, std::span<const std::int64_t> drive,
               std::span<const std::int64_t> cells);

/// An array that counts (and, if asked, records) its conversions.
class Array {
  public:
    explicit Array(const Adc& adc, std::vector<Conversion>* record = nullptr)
        : adc_(adc), record_(record) {}

    /// Converts one column; returns the code.
    std::int64_t sample(const Site& site, std::span<const std::int64_t> drive,
                        std::span<const std::int64_t> cells);

    std::uint64_t conversions() const { return conversions_; }
    std::uint64_t clipped() const { return clipped_; }

  private:
    Adc adc_;
    std::vector<Conversion>* record_;
    std::uint64_t conversions_ = 0;
    std::uint64_t clipped_ = 0;
};

}  // namespace golden::detail
