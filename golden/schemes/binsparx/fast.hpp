// SPDX-License-Identifier: Apache-2.0
/// Of the fast form of binsparx.
#pragma once

#include <memory>

#include "golden/fast/engine.hpp"
#include "golden/schemes/binsparx/parameters.hpp"

namespace golden::binsparx {

/// On an array that is not ideal, or with corrected codes.
std::unique_ptr<fast::Engine> make_analog(const fast::Job& job, const Parameters& own);

}  // namespace golden::binsparx
