// SPDX-License-Identifier: Apache-2.0
#include "decimal.hpp"

#include <algorithm>
#include <regex>

namespace generator {

namespace {

constexpr std::size_t longest_text = 400;
constexpr int largest_exponent = 400;

void strip(std::string& whole, std::string& fraction) {
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    fraction.erase(fraction.find_last_not_of('0') + 1);
}

/// Twice the number.
void double_digits(std::string& whole, std::string& fraction) {
    int carry = 0;
    const auto add = [&](char& digit) {
        const int twice = 2 * (digit - '0') + carry;
        digit = static_cast<char>('0' + twice % 10);
        carry = twice / 10;
    };
    std::for_each(fraction.rbegin(), fraction.rend(), add);
    std::for_each(whole.rbegin(), whole.rend(), add);
    if (carry > 0) whole.insert(0, 1, '1');
}

}  // namespace

std::optional<DecimalText> DecimalText::parse(std::string_view text) {
    static const std::regex form("([+-]?)([0-9]*)(\\.([0-9]*))?([eE]([+-]?[0-9]{1,9}))?");
    std::cmatch parts;
    if (text.size() > longest_text ||
        !std::regex_match(text.data(), text.data() + text.size(), parts, form))
        return std::nullopt;
    DecimalText number;
    number.whole_ = parts[2].str();
    number.fraction_ = parts[4].str();
    if (number.whole_.empty() && number.fraction_.empty()) return std::nullopt;
    // Beyond the clamp, only zeros come in between.
    const int exponent = parts[6].matched ? std::clamp(std::stoi(parts[6].str()),
                                                       -2 * largest_exponent, 2 * largest_exponent)
                                          : 0;
    for (int i = 0; i < exponent; ++i) {
        const char digit = number.fraction_.empty() ? '0' : number.fraction_[0];
        if (!number.fraction_.empty()) number.fraction_.erase(0, 1);
        number.whole_ += digit;
    }
    for (int i = 0; i > exponent; --i) {
        const char digit = number.whole_.empty() ? '0' : number.whole_.back();
        if (!number.whole_.empty()) number.whole_.pop_back();
        number.fraction_.insert(0, 1, digit);
    }
    strip(number.whole_, number.fraction_);
    const bool zero = number.whole_.empty() && number.fraction_.empty();
    number.negative_ = parts[1].str() == "-" && !zero;
    return number;
}

bool DecimalText::at_most(std::string_view most) const {
    const std::string_view::size_type dot = std::min(most.find('.'), most.size());
    std::string whole(most.substr(0, dot));
    std::string fraction(dot < most.size() ? most.substr(dot + 1) : "");
    strip(whole, fraction);
    if (whole_.size() != whole.size()) return whole_.size() < whole.size();
    if (whole_ != whole) return whole_ < whole;
    return fraction_ <= fraction;  // digits of the same places, zeros behind left out
}

std::int64_t DecimalText::nearest(int bits) const {
    std::string whole = whole_, fraction = fraction_;
    for (int i = 0; i < bits; ++i) double_digits(whole, fraction);
    const bool up = !fraction.empty() && fraction[0] >= '5';
    return (whole.empty() ? 0 : std::stoll(whole)) + (up ? 1 : 0);
}

std::string decimal_text(std::int64_t units, int bits) {
    std::string text = std::to_string(units >> bits);
    const std::int64_t one = std::int64_t{1} << bits;
    std::int64_t rest = units & (one - 1);
    if (rest != 0) text += '.';
    for (; rest != 0; rest &= one - 1) {
        rest *= 10;
        text += static_cast<char>('0' + (rest >> bits));
    }
    return text;
}

}  // namespace generator
