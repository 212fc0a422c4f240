/// The fast form of column_quant: dot products of bytes, each column's codes by one fused
/// multiply-add in floating point, each column's scale once per tile.
#pragma once

#include <memory>

#include "schemes/column_quant.hpp"
#include "src/fast_engine.hpp"

namespace golden::detail {

std::unique_ptr<Engine> make_column_quant_engine(const ColumnCoding& coding,
                                                 const ColumnTensors& tensors, int alpha_frac,
                                                 const FastJob& job);

}  // namespace golden::detail
