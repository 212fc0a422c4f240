// SPDX-License-Identifier: Apache-2.0
/// The integers that QONNX's nodes leave.
#pragma once

#include "operators.hpp"

namespace network {

struct QuantRange {
    double low = 0, high = 0;
    bool bipolar = false;  ///< one signed bit: -1 and 1, no 0
};
/// Of a Quant node's attributes and bit width. Source: QONNX, "IntQuant".
QuantRange quant_range(const Node& node, double bits);

}  // namespace network
