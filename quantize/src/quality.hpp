// SPDX-License-Identifier: Apache-2.0
/// How good integers are.
#pragma once

#include "generator/config.hpp"
#include "quantize/quantize.hpp"

namespace quantize {

/// What the golden model makes of the integers, against their exact product: both in units of
/// input_scale * weight_scale. In dB.
double result_db(const generator::Config& config, const Quantized& q);

}  // namespace quantize
