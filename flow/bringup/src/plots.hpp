// SPDX-License-Identifier: Apache-2.0
/// Plots of a characterization, by gnuplot.
#pragma once

#include <vector>

#include "bringup/characterize.hpp"

namespace bringup {

/// offset.svg, gain.svg, noise.svg, inl.svg, dnl.svg; none without gnuplot, and none of what no ADC
/// has.
std::vector<base::OutFile> plots_of(const Characterization& c);

}  // namespace bringup
