// SPDX-License-Identifier: Apache-2.0
/// The netlist's cells as OpenSTA sees them, and what each block of them takes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "energies.hpp"
#include "synth/power.hpp"

namespace synth {

struct PowerCell {
    std::string name, type;  ///< the name without the instances around the cell
    Watts opensta;
    std::map<std::string, PinState> pins;
    std::map<std::string, std::string> reads, drives;  ///< nets by pin
};

/// Of power.rpt: `cell PATH TYPE INTERNAL SWITCHING LEAKAGE` in W, then for each of its pins
/// `pin NAME NET in|out SLEW_RISE SLEW_FALL LOAD TOGGLES HIGH` in SI units. Throws base::Error for
/// a report that has none, or whose cells do not sum to OpenSTA's total.
std::vector<PowerCell> parse_cells(const std::string& report);

/// Throws base::Error that names a cell whose switching is not C V² / 2 a change, with one V for
/// all: OpenSTA then counted another activity than it was given.
void check_switching(const std::vector<PowerCell>& cells, double period_s);

/// See BlockPower; `cells` with the power that counts, beside each other in `watts`.
std::vector<BlockPower> sum_blocks(const std::vector<PowerCell>& cells,
                                   const std::vector<Watts>& watts,
                                   const std::map<std::string, std::string>& block_of_flop);

}  // namespace synth
