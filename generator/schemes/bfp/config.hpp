// SPDX-License-Identifier: Apache-2.0
/// bfp: range-aware rounding with dynamic block floating point. Source: docs/spec/bfp.md.
#pragma once

#include <memory>
#include <string_view>

namespace generator {

class Scheme;

namespace bfp {

/// What the config says.
struct Section {
    static constexpr std::string_view scheme = "bfp";

    int input_bits = 0;     ///< a, unsigned
    int weight_bits = 0;    ///< b, planes; two's complement
    int mantissa_bits = 0;  ///< m_max: the longest mantissa, most steps of a pass
    bool dynamic = false;   ///< each input in its own range, rows of one shift a pass

    bool operator==(const Section&) const = default;
};

std::unique_ptr<const Scheme> make_scheme(const Section&);

}  // namespace bfp

}  // namespace generator
