// SPDX-License-Identifier: Apache-2.0
/// The two's-complement baseline has no section of its own. Source: specification, conventional.
#pragma once

#include <memory>
#include <string_view>

#include "golden/forward.hpp"

namespace golden::conventional {

struct Parameters {
    static constexpr std::string_view scheme = "conventional";
};

/// The reference form. Throws Error for parameters out of the page's ranges.
std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own);
/// The fast form of one product.
std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters& own);

}  // namespace golden::conventional
