// SPDX-License-Identifier: Apache-2.0
/// The analog part: the array's sum and its ADC. Source: contract, "Analog value and ADC", and
/// docs/spec/analog.md, "From products to a code".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "golden/chip.hpp"
#include "golden/range.hpp"
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
    std::uint64_t n = 0;     ///< number of the driven step (golden/steps.hpp)
};

/// What one conversion gives.
struct Sample {
    std::int64_t value = 0;  ///< ideal analog value v
    std::int64_t code = 0;   ///< as delivered
    bool clipped = false;    ///< the code was clipped at lo or hi
    bool lost_half = false;  ///< the wire kept less than half of the column's sum
};

/// How the ADCs of a scheme turn a column's sum into a code.
class Transfer {
  public:
    explicit Transfer(Range codes) : codes_(codes) {}
    virtual ~Transfer() = default;
    /// The delivered code before it is clamped. `e`: the sum, 2^-16 of v; `x`: what the ADC adds,
    /// 2^-16 of an ADC step.
    virtual std::int64_t unclipped(const Site& site, std::int64_t e, std::int64_t x) const = 0;
    std::int64_t code(const Site& site, std::int64_t e, std::int64_t x) const;
    const Range& codes() const { return codes_; }  ///< delivered codes

  private:
    Range codes_;
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
    explicit StepTransfer(const Adc& adc) : Transfer({adc.lo, adc.hi}), adc_(adc) {}
    /// floor((q·e + p·x + p·2^15) / (p·2^16))
    std::int64_t unclipped(const Site& site, std::int64_t e, std::int64_t x) const override;

  private:
    Adc adc_;
};

/// The one function of the golden model that turns an array access into a code: n, bank and column
/// from `site` and `chip`, the products from the drive values of the group's present rows and the
/// cells of one physical column.
Sample convert(const Transfer& transfer, const Chip& chip, const Site& site,
               std::span<const std::int64_t> drive, std::span<const std::int64_t> cells);

/// What the wire keeps of the sum of `products` (all rows that may be driven, the first of them at
/// row `first_row` of the column, row 0 nearest to the ADC), 2^-16; v = Σ products.
std::int64_t kept_by_wire(std::int64_t ir_drop, std::span<const std::int64_t> products,
                          std::size_t first_row);

/// What an array has seen.
struct Tally {
    std::uint64_t conversions = 0;
    std::uint64_t clipped = 0;    ///< of outputs below M
    std::uint64_t lost_half = 0;  ///< of outputs below M
    std::int64_t value_max = 0;   ///< greatest v, 0 if none was above
};

/// An array that counts (and, if asked, records) its conversions.
class Array {
  public:
    /// `outputs`: M.
    Array(const Transfer& transfer, const Chip& chip, std::size_t outputs,
          std::vector<Conversion>* record = nullptr)
        : transfer_(transfer), chip_(chip), outputs_(outputs), record_(record) {}

    /// n of the next step.
    void start_at(std::uint64_t n) { n_ = n; }
    void end_step() { ++n_; }

    /// Converts one column (site.n is the array's); returns the code as the periphery uses it, its
    /// ADC's correction subtracted.
    std::int64_t sample(Site site, std::span<const std::int64_t> drive,
                        std::span<const std::int64_t> cells);

    const Tally& tally() const { return tally_; }

  private:
    const Transfer& transfer_;
    const Chip& chip_;
    std::size_t outputs_;
    std::vector<Conversion>* record_;
    std::uint64_t n_ = 0;
    Tally tally_;
};

}  // namespace golden
