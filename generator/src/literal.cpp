// SPDX-License-Identifier: Apache-2.0
#include "generator/literal.hpp"

#include <fmt/format.h>

namespace generator {

std::string table_literal(const std::vector<std::uint32_t>& entries, int bits) {
    const std::size_t total = entries.size() * static_cast<std::size_t>(bits);
    std::string digits((total + 3) / 4, '0');
    for (std::size_t i = 0; i < total; ++i) {
        const std::size_t entry = i / bits;
        if (((entries[entry] >> (i % bits)) & 1U) == 0) continue;
        char& digit = digits[digits.size() - 1 - i / 4];
        const int value = (digit <= '9' ? digit - '0' : digit - 'a' + 10) | (1 << (i % 4));
        digit = static_cast<char>(value < 10 ? '0' + value : 'a' + value - 10);
    }
    return fmt::format("{}'h{}", total, digits);
}

}  // namespace generator
