// SPDX-License-Identifier: Apache-2.0
/// What a scheme says about the macro: its plan, and the modules that suit what follows from it.
#pragma once

#include <optional>
#include <string_view>

#include "generator/config.hpp"
#include "generator/plan.hpp"

namespace generator {

struct Adc;  // design.hpp
struct Derived;
struct Modules;

class SchemeHardware {
  public:
    virtual ~SchemeHardware() = default;

    /// What the scheme decides before any width is derived.
    virtual Plan plan(const Config& config) const = 0;
    /// Extremes of one tile's sum (docs/spec/contract.md, "Accumulation").
    virtual Extremes tile_range(const Config& config, const Plan& plan, const Adc& adc) const;
    /// Extremes of what a tile adds to the accumulators, if the back end makes results of them only
    /// as they leave; none: `tile_range`. `saturates`: an addition may.
    virtual std::optional<Extremes> register_range(const Config& config, const Plan& plan,
                                                   const Adc& adc, bool saturates) const;
    /// Width of the one unsigned factor of all results that the back end would multiply by as they
    /// leave, and that an output stage can take over: its multipliers then hold M times that factor
    /// (SchemeData::stage_factor), and the product is the same. 0: there is none.
    virtual int stage_factor_bits(const Config& config, bool saturates) const;
    /// What makes the sums narrower, for the message that they need more than 63 bits.
    virtual std::string_view sum_remedy() const;
    /// Front end, back end and their registers, chosen by the derived numbers.
    virtual Modules modules(const Derived& derived) const = 0;
};

}  // namespace generator
