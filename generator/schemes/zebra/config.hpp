/// zebra: zero-bit patterns in a signed binary code. Source: the specification's page "zebra".
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace generator::zebra {

/// The pattern that the config chose.
struct Section {
    std::string pattern_name;   ///< empty: explicit positions
    std::array<int, 4> base{};  ///< base[k] = position of bit k, least significant first
    int ratio = 1;              ///< lambda: what pattern 1 counts more than pattern 0

    bool operator==(const Section&) const = default;
};

/// A pattern that has a name.
struct NamedPattern {
    std::string_view name;
    std::array<int, 4> base;  ///< as in Section
    int ratio;
};

/// The one table of named patterns.
std::span<const NamedPattern> named_patterns();

}  // namespace generator::zebra
