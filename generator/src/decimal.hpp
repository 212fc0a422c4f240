// SPDX-License-Identifier: Apache-2.0
/// Decimal numbers of a config, exactly: no binary floating point in between.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace generator {

/// A number that is not negative, digit by digit.
class DecimalText {
  public:
    /// "0.25", ".5", "3", "5e-5", "+1.5E2", "-0"; nothing for any other text.
    static std::optional<DecimalText> parse(std::string_view text);

    bool negative() const { return negative_; }  ///< below 0: not of "-0"
    /// Is it at most `most`, plain digits?
    bool at_most(std::string_view most) const;
    /// The nearest multiple of 2^-bits, half up, in that unit. At most 2^10.
    std::int64_t nearest(int bits) const;

  private:
    std::string whole_, fraction_;  // digits, without zeros in front and behind
    bool negative_ = false;
};

/// units / 2^bits in all its digits: "0.3108062744140625".
std::string decimal_text(std::int64_t units, int bits);

}  // namespace generator
