/// BinSparX: sparsified binary networks; an array of ones and zeros whose rows and columns are
/// inverted where that leaves fewer ones. Source: specification, binsparx.
#pragma once

#include <memory>

#include "src/scheme.hpp"

namespace golden::detail {

/// Throws Error for an ADC step that is no integer.
std::unique_ptr<Scheme> make_binsparx(const Spec& spec);

}  // namespace golden::detail
