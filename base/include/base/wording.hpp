// SPDX-License-Identifier: Apache-2.0
/// One message inside another.
#pragma once

#include <string>
#include <string_view>

namespace base {

/// A message for the rest of a line that says "error:" before it: the first line without that word.
inline std::string without_word(std::string message) {
    constexpr std::string_view word = "error: ";
    for (std::size_t at = message.find(word); at < message.find('\n'); at = message.find(word, at))
        message.erase(at, word.size());
    return message;
}

}  // namespace base
