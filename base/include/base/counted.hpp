// SPDX-License-Identifier: Apache-2.0
/// Numbers of things, in words.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace base {

/// "1 ADC", "2 ADCs", "0 ADCs": for nouns whose plural ends in s.
template <class Number>
std::string counted(Number count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == Number{1} ? "" : "s");
}

}  // namespace base
