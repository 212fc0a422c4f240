// SPDX-License-Identifier: Apache-2.0
/// What a config says of bfp. Source: specification, bfp.
#pragma once

#include <memory>
#include <string_view>

#include "golden/forward.hpp"

namespace golden::bfp {

struct Parameters {
    static constexpr std::string_view scheme = "bfp";
    bool dynamic = false;  ///< bfp.block
    int mantissa_max = 0;  ///< bfp.mantissa_bits
    int mantissa = 0;      ///< m of this run, 0: mantissa_max
};

/// The reference form. Throws Error for parameters out of the page's ranges.
std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own);
/// The fast form of one product.
std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters& own);

}  // namespace golden::bfp
