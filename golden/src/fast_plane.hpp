/// The fast form of bit-plane schemes.
#pragma once

#include <memory>

#include "src/fast_engine.hpp"
#include "src/plane_scheme.hpp"

namespace golden::detail {

/// `scheme` outlives the engine.
std::unique_ptr<Engine> make_plane_engine(const PlaneScheme& scheme, const FastJob& job);

}  // namespace golden::detail
