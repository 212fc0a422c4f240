// SPDX-License-Identifier: Apache-2.0
/// The fast form of bit-plane schemes.
#pragma once

#include <memory>

#include "golden/fast/engine.hpp"
#include "golden/plane_scheme.hpp"

namespace golden::fast {

std::unique_ptr<Engine> make_plane_engine(const PlaneScheme& scheme, const Job& job);

}  // namespace golden::fast
