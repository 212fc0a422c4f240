// SPDX-License-Identifier: Apache-2.0
/// Of the fast form of bfp.
#pragma once

#include <memory>

#include "golden/fast/engine.hpp"
#include "golden/schemes/bfp/parameters.hpp"

namespace golden::bfp {

/// On an array that is not ideal, or with corrected codes.
std::unique_ptr<fast::Engine> make_analog(const fast::Job& job, const Parameters& own);

}  // namespace golden::bfp
