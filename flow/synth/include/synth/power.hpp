// SPDX-License-Identifier: Apache-2.0
/// The power of a netlist on given data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace synth {

/// In watts.
struct Watts {
    double internal = 0;   ///< inside the cells while pins change
    double switching = 0;  ///< C V² / 2 of the pins that a net drives, each time it changes
    double leakage = 0;
    double total() const { return internal + switching + leakage; }
};
Watts& operator+=(Watts& to, const Watts& w);
Watts operator*(double factor, const Watts& w);

/// A block's flip-flops, and its share of the gates: a gate counts to the blocks of the flip-flops
/// that it reaches, over gates alone, each pin that it drives an equal share.
struct BlockPower {
    std::string name;  ///< empty: gates that reach no flip-flop, but the array or outputs alone
    long flops = 0;
    Watts registers, gates;
    double total() const { return registers.total() + gates.total(); }
};

/// What was computed while the netlist's activity was counted.
struct PowerWork {
    std::uint64_t vectors = 0, macs = 0;  ///< 0: none
};

/// Of a netlist on given data. Switching and leakage are OpenSTA's under the simulated activity of
/// each pin; the internal part is ours (energies.hpp), because OpenSTA 2.0.17 counts both edges'
/// energy for each change wherever a table has a `when` or a sensitizing condition. Clock and wires
/// are ideal (no clock tree, no wire's capacitance), glitches are left out (the simulation has no
/// delays), as are array, ADCs and memories, and the load of their pins.
struct Power {
    double period = 0;         ///< of the clock, ns
    std::uint64_t cycles = 0;  ///< simulated
    PowerWork work;
    Watts whole;
    double opensta_internal = 0;     ///< W, as OpenSTA counts it
    std::vector<BlockPower> blocks;  ///< by descending power; they sum to the whole
    /// pJ in all cycles, leakage included.
    double energy() const { return whole.total() * period * 1e3 * static_cast<double>(cycles); }
    double pj_per_mac() const { return energy() / static_cast<double>(work.macs); }
    double pj_per_vector() const { return energy() / static_cast<double>(work.vectors); }
};

/// How often the pins of a netlist's cells change.
struct Activity {
    struct Pin {
        double toggles = 0;  ///< a cycle
        double high = 0;     ///< share of the time
    };
    std::uint64_t cycles = 0;
    std::map<std::string, Pin> pins;  ///< `instance/instance/pin`, below the top
};

/// Reads waves of `sim` (VCD; a cycle is 10 units of time, `top` a scope below the outermost) of a
/// netlist. Throws base::Error if there is no cycle or no pin of a cell in them.
Activity read_activity(const std::filesystem::path& vcd, const std::string& top);

}  // namespace synth
