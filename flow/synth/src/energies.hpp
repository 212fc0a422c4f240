// SPDX-License-Identifier: Apache-2.0
/// The energies of a Liberty library's cells, and their weights under the activity of their pins.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "synth/synth.hpp"

namespace synth {

/// By slew and load, bilinear, extrapolated at the edges as OpenSTA does.
struct EnergyTable {
    std::vector<double> slews, loads;  ///< s and F; empty: no such axis
    std::vector<double> values;        ///< J a change; row by row of slews; empty: no energy
    double at(double slew, double load) const;
};

/// One `internal_power` group of a pin, for one related pin (empty: none).
struct EnergyGroup {
    std::string related, when, supply;
    EnergyTable rise, fall;
};

struct CellEnergies {
    std::map<std::string, std::vector<EnergyGroup>> pins;
    std::map<std::string, std::string> functions;  ///< of outputs that have one
    std::string q, qn;                             ///< a flip-flop's state and its inverse
};

/// Of the cells in `used`, in these files (with their own units). Groups of a ground pin are left
/// out, as the energy is that of the supply. Throws base::Error `file:line: error: ...` for tables
/// that cannot be read, among them those of three variables.
std::map<std::string, CellEnergies> read_energies(const std::vector<std::string>& files,
                                                  const std::set<std::string>& used);

/// What OpenSTA says of a pin, and its activity.
struct PinState {
    double slew_rise = 0, slew_fall = 0;  ///< s
    double load = 0;                      ///< F, what the pin drives
    double toggles = 0;                   ///< a cycle
    double high = 0;                      ///< share of the time
    bool connected = true;                ///< else no activity is known of it
};

/// J a cycle inside the cell. Each change of a pin takes the mean of its rising and falling energy
/// at the mean slew (of the related pin where there is one).
/// An input's groups weigh by the probability of their `when`, one without a `when` the rest. An
/// output's groups weigh by how often their related pin changes while the group holds (`when`, else
/// that the output follows that pin), and their weights sum to 1: each change has one cause. Pins
/// count as independent, but for a flip-flop's outputs, which are one state; a name that is no pin
/// of the cell is high half the time.
double internal_energy(const CellEnergies& cell, const std::map<std::string, PinState>& given);

}  // namespace synth
