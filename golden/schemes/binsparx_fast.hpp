/// The fast form of binsparx: bits of rows and columns as they are driven and stored; plain XNOR
/// dot products where no conversion clips or rounds.
#pragma once

#include <memory>

#include "src/fast_engine.hpp"

namespace golden::detail {

std::unique_ptr<Engine> make_binsparx_engine(const Range& values, const FastJob& job);

}  // namespace golden::detail
