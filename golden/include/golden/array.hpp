/// The analog part: the array's sum and its ADC. Source: contract, "Analog value and ADC".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "golden/result.hpp"

namespace golden {

/// Where and when a conversion happens.
struct Site {
    std::size_t tile = 0;
    std::size_t group = 0;
    std::size_t pass = 0;  ///< 0 where the scheme forms no passes
    std::size_t step = 0;
    std::size_t column = 0;  ///< physical column = output in the block · planes + plane
    std::size_t plane = 0;
    std::size_t output = 0;  ///< in the whole product; from M on: an output that is not used
};

/// What one conversion gives.
struct Sample {
    std::int64_t value = 0;  ///< ideal analog value v
    std::int64_t code = 0;
    bool clipped = false;  ///< the code was clipped at lo or hi
};

/// How the ADCs of a scheme turn an ideal analog value into a code.
class Transfer {
  public:
    virtual ~Transfer() = default;
    virtual Sample digitize(const Site& site, std::int64_t v) const = 0;
};

/// One step for all columns: step_num / step_den in units of v, codes lo…hi.
struct Adc {
    std::int64_t step_num = 1;
    std::int64_t step_den = 1;
    std::int64_t lo = 0;
    std::int64_t hi = 1;

    /// floor((q·v + floor(p/2)) / p): half a step up is rounded up, floor is toward −∞. Not
    /// clipped.
    std::int64_t unclipped(std::int64_t v) const;
};

class StepTransfer : public Transfer {
  public:
    explicit StepTransfer(const Adc& adc) : adc_(adc) {}
    Sample digitize(const Site& site, std::int64_t v) const override;

  private:
    Adc adc_;
};

/// The one function of the golden model that turns an array access into a code. It receives the
/// drive value of every present row and the cells of one physical column, so that noise on the sum,
/// mismatch of cells and IR drop along the column can enter here and need to enter nowhere else.
Sample convert(const Transfer& transfer, const Site& site, std::span<const std::int64_t> drive,
               std::span<const std::int64_t> cells);

/// What an array has seen.
struct Tally {
    std::uint64_t conversions = 0;
    std::uint64_t clipped = 0;
    std::int64_t value_max = 0;  ///< greatest v, 0 if none was above
};

/// An array that counts (and, if asked, records) its conversions.
class Array {
  public:
    explicit Array(const Transfer& transfer, std::vector<Conversion>* record = nullptr)
        : transfer_(transfer), record_(record) {}

    /// Converts one column; returns the code.
    std::int64_t sample(const Site& site, std::span<const std::int64_t> drive,
                        std::span<const std::int64_t> cells);

    const Tally& tally() const { return tally_; }

  private:
    const Transfer& transfer_;
    std::vector<Conversion>* record_;
    Tally tally_;
};

}  // namespace golden
