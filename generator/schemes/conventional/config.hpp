// SPDX-License-Identifier: Apache-2.0
/// conventional: the two's-complement baseline. Source: docs/spec/conventional.md.
#pragma once

#include <memory>
#include <string_view>

namespace generator {

class Scheme;

namespace conventional {

/// What the config says about inputs and weights.
struct Section {
    static constexpr std::string_view scheme = "conventional";

    int input_bits = 0;         ///< a, steps
    bool input_signed = false;  ///< two's complement inputs
    int weight_bits = 0;        ///< b, planes; always two's complement

    bool operator==(const Section&) const = default;
};

std::unique_ptr<const Scheme> make_scheme(const Section&);

}  // namespace conventional

}  // namespace generator
