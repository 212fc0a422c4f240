// SPDX-License-Identifier: Apache-2.0
/// bfp's rounding of a group's inputs, 32 bytes at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "golden/fast/bytes.hpp"
#include "golden/fast/kernels.hpp"

namespace golden::bfp {

/// What of a spec the rounding needs.
struct BfpForm {
    int input_bits = 0;
    int weight_bits = 0;
    int mantissa = 0;  ///< m of this run
    bool dynamic = false;
};

/// The one rounding of a block whose inputs' OR is `all`.
inline fast::ByteRounding static_rounding(std::uint8_t all, int mantissa) {
    return {.shift = std::max(0, static_cast<int>(std::bit_width(all)) - mantissa),
            .least = 0,
            .greatest = 255,
            .limit = static_cast<std::uint8_t>((1U << mantissa) - 1)};
}

/// The roundings of all passes, ascending. The inputs of a pass lie together: shift s begins where
/// rounding under s − 1 would give 2^m: a quarter of s's unit below 2^(m + s − 1), but for s = 1,
/// since s = 0 does not round.
inline std::vector<fast::ByteRounding> dynamic_roundings(const BfpForm& form) {
    const int last = form.input_bits - form.mantissa;
    const auto first_of = [&](int shift) {
        if (shift == 0) return 1U;
        return (1U << (form.mantissa + shift - 1)) - (1U << shift) / 4;
    };
    std::vector<fast::ByteRounding> roundings;
    for (int shift = 0; shift <= last; ++shift) {
        const unsigned end = shift == last ? 256U : first_of(shift + 1);
        roundings.push_back({.shift = shift,
                             .least = static_cast<std::uint8_t>(first_of(shift)),
                             .greatest = static_cast<std::uint8_t>(end - 1),
                             .limit = static_cast<std::uint8_t>((1U << form.mantissa) - 1)});
    }
    return roundings;
}

inline std::uint8_t or_of(const std::uint8_t* bytes, std::size_t count) {
    std::uint8_t all = 0;
    for (std::size_t i = 0; i < count; ++i) all |= bytes[i];
    return all;
}

/// The passes of one group after the other, as bytes.
class GroupRounder {
  public:
    GroupRounder(const BfpForm& form, std::size_t rows)
        : form_(form), inputs_(rows), rounded_(rows) {
        if (form.dynamic) roundings_ = dynamic_roundings(form);
    }

    /// Calls use(shift, mantissas) for each pass that the rows of `elements` may form; `mantissas`
    /// are words() · 32 bytes, all 0 where there is no such pass.
    template <class Use>
    void passes(const fast::Elements& elements, const Use& use) {
        inputs_.load(elements);
        const std::uint8_t all = or_of(inputs_.data(), inputs_.size());
        if (all == 0) return;
        if (!form_.dynamic) return pass(static_rounding(all, form_.mantissa), use);
        for (const fast::ByteRounding& rounding : roundings_) {
            if (rounding.least <= all) pass(rounding, use);  // no input exceeds the OR
        }
    }
    std::size_t words() const { return inputs_.words(); }

  private:
    template <class Use>
    void pass(const fast::ByteRounding& rounding, const Use& use) {
        fast::round_bytes(rounding, inputs_.data(), inputs_.size(), rounded_.data());
        use(rounding.shift, rounded_.data());
    }

    const BfpForm& form_;
    std::vector<fast::ByteRounding> roundings_;
    fast::GroupBytes inputs_;
    fast::GroupBytes rounded_;  ///< mantissas of one pass
};

}  // namespace golden::bfp
