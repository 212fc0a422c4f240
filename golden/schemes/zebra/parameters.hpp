// SPDX-License-Identifier: Apache-2.0
/// What a config says of zebra. Source: specification, zebra.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "golden/forward.hpp"

namespace golden::zebra {

struct Parameters {
    static constexpr std::string_view scheme = "zebra";
    std::vector<int> base;  ///< b3..b0 as listed in the page's table: most significant first
    int ratio = 1;          ///< lambda
};

/// The reference form. Throws Error for parameters out of the page's ranges.
std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own);
/// The fast form of one product.
std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters& own);

}  // namespace golden::zebra
