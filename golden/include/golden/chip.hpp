// SPDX-License-Identifier: Apache-2.0
/// One chip: what was drawn for it, or measured. Source: docs/spec/analog.md, "From products to a
/// code" and "Measured chips".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/operands.hpp"
#include "golden/range.hpp"
#include "golden/spec.hpp"

namespace golden {

constexpr std::int64_t gain_one = std::int64_t{1} << 16;
constexpr Range cell_gains{0, (std::int64_t{1} << 18) - 1};
constexpr Range adc_offsets{-(std::int64_t{1} << 22), std::int64_t{1} << 22};  ///< and of INL
constexpr Range adc_gains{-(std::int64_t{1} << 15), std::int64_t{1} << 15};

/// Sizes of the analog part.
struct ArrayForm {
    std::size_t rows = 0, active_rows = 0, banks = 1;
    std::size_t columns = 1;  ///< physical ones: outputs · planes
    std::size_t share = 1;    ///< columns of an ADC
    std::size_t adcs() const { return columns / share; }
};
ArrayForm array_form(const Macro& macro, int planes);

/// The numbers of the page's law that do not change from step to step. A tensor that is empty has
/// no effect.
struct Chip {
    ArrayForm form;
    Analog analog;
    bool gain_of_bank = false;             ///< else one gain for all banks
    std::vector<std::int64_t> cell_gain;   ///< G (banks or 1, N, columns), 2^-16
    std::vector<std::int64_t> adc_offset;  ///< off (ADCs,), 2^-16 of a step
    std::vector<std::int64_t> adc_gain;    ///< γ_a (ADCs,), 2^-16
    std::vector<std::int64_t> adc_inl;     ///< (ADCs, 2^bits), 2^-16 of a step
    std::vector<std::int64_t> correction;  ///< C (ADCs,): the periphery's, not the array's

    std::size_t adc(std::size_t column) const { return column / form.share; }
    std::int64_t gain(std::size_t bank, std::size_t row, std::size_t column) const;
    std::int64_t inl(std::size_t adc, std::size_t entry) const;
    /// The ideal law holds: no effect and nothing measured. The correction does not count.
    bool ideal() const;
};

/// The chip that a seed stands for, except where `operands` hold what was measured. With
/// `complete` every tensor is filled, also those without effect.
Chip make_chip(const Macro& macro, const Resolved& resolved, const Operands& operands,
               bool complete = false);

}  // namespace golden
