/// The two's-complement baseline: bit-serial inputs, one weight bit per cell, unsigned ADC.
/// Source: specification, conventional.
#pragma once

#include <memory>

#include "src/scheme.hpp"

namespace golden::detail {

/// Throws Error for input or weight bits outside 1–8.
std::unique_ptr<Scheme> make_conventional(const Spec& spec);

}  // namespace golden::detail
