// SPDX-License-Identifier: Apache-2.0
/// What quantizes a product's result in an integer model, so that the macro's output stage can do
/// it (`net --integer`, docs/spec/output.md).
#pragma once

#include <optional>
#include <vector>

#include "network/network.hpp"

namespace network {

/// Of a QOperator node its own; of a float one the QuantizeLinear behind it, with Relu, Clip
/// and nodes between that keep elements and their order. None if the result goes elsewhere, too, or
/// the numbers are not constant.
std::optional<OutputQuantizer> output_quantizer(const Network& network, const Layer& layer);

/// Real value of a unit of Σ (x − zx)(w − zw) beside the operands' scales that the layer knows
/// (Layer::input, weight_scale), an output: alpha, and of QOperator nodes their scales.
std::vector<double> output_scales(const Network& network, const Layer& layer);

}  // namespace network
