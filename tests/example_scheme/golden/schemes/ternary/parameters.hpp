// SPDX-License-Identifier: Apache-2.0
/// The ternary scheme has no section of its own. The example of docs/how-to/add-a-scheme.md.
#pragma once

#include <memory>
#include <string_view>

#include "golden/forward.hpp"

namespace golden::ternary {

struct Parameters {
    static constexpr std::string_view scheme = "ternary";
};

/// The reference form. Throws Error for parameters that are out of range.
std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own);
/// The fast form of one product.
std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters& own);

}  // namespace golden::ternary
