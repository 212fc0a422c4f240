// SPDX-License-Identifier: Apache-2.0
/// ternary: weights -1, 0 and +1 in two cells. The example of docs/how-to/add-a-scheme.md.
#pragma once

#include <memory>
#include <string_view>

namespace generator {

class Scheme;

namespace ternary {

/// What the config says about the inputs; the weights have nothing to say.
struct Section {
    static constexpr std::string_view scheme = "ternary";

    int input_bits = 0;  ///< a, steps; unsigned

    bool operator==(const Section&) const = default;
};

std::unique_ptr<const Scheme> make_scheme(const Section&);

}  // namespace ternary

}  // namespace generator
