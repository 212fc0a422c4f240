// SPDX-License-Identifier: Apache-2.0
/// zebra: zero-bit patterns in a signed binary code. Source: docs/spec/zebra.md.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace generator {

class Scheme;

namespace zebra {

/// The pattern that the config chose.
struct Section {
    static constexpr std::string_view scheme = "zebra";

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

std::unique_ptr<const Scheme> make_scheme(const Section&);

}  // namespace zebra

}  // namespace generator
