// SPDX-License-Identifier: Apache-2.0
/// binsparx: sparsified binary networks. Source: docs/spec/binsparx.md.
#pragma once

#include <memory>
#include <string_view>

namespace generator {

class Scheme;

namespace binsparx {

/// Which halves are on.
struct Section {
    static constexpr std::string_view scheme = "binsparx";

    bool weights = true;      ///< columns stored with at most half of their bits set
    bool activations = true;  ///< groups driven with at most half of their rows
    bool threshold = false;   ///< a 1-bit output per channel

    bool operator==(const Section&) const = default;
};

std::unique_ptr<const Scheme> make_scheme(const Section&);

}  // namespace binsparx

}  // namespace generator
