// SPDX-License-Identifier: Apache-2.0
/// What a config says of binsparx. Source: specification, binsparx.
#pragma once

#include <memory>
#include <string_view>

#include "golden/forward.hpp"

namespace golden::binsparx {

struct Parameters {
    static constexpr std::string_view scheme = "binsparx";
    bool weights = true;
    bool activations = true;
    bool threshold = false;
};

/// The reference form. Throws Error for parameters out of the page's ranges.
std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own);
/// The fast form of one product.
std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters& own);

}  // namespace golden::binsparx
