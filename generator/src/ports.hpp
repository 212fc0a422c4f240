// SPDX-License-Identifier: Apache-2.0
/// The ports of a generated macro and of its array, as data: what the files for other tools
/// (constraints, checker, LEF, Liberty, IP-XACT) are written from. The SystemVerilog itself is
/// rtl_templates/top/ports.tpl and array_ports.tpl; a test holds both together.
#pragma once

#include <string>
#include <vector>

#include "generator/design.hpp"

namespace generator {

struct Port {
    std::string name;
    bool input = true;
    int width = 1;        ///< bits
    bool vector = false;  ///< declared with a range, perhaps [0:0]
};

/// Of the module `<name>_array`, in its order.
std::vector<Port> array_ports(const Design& design);

/// Of the top module `<name>`, in its order.
std::vector<Port> macro_ports(const Design& design);

/// For how many cycles a signal of the array port stands before the clock edge that counts.
struct ArrayCycles {
    int drive = 1;      ///< from the drive's begin to the end of the first sample
    int bank = 1;       ///< from the bank's change to the same edge
    int precharge = 1;  ///< from the precharge's begin to its end
};

/// From `array.precharge`, `array.settle` and the rate law's overlap
/// (docs/reference/array-port.md).
ArrayCycles array_cycles(const Design& design);

enum class Edge { rise, fall, both };

/// An input of the array, and what its change leaves.
struct ArrayNeed {
    Port port;
    Edge edge = Edge::both;
    int cycles = 1;           ///< from its change to the clock edge that counts
    std::string stands = {};  ///< which ones: "drive", "bank", "precharge" of ArrayCycles; empty: 1
    bool gap = false;      ///< sample_gap cycles pass from the edge that counted last to its change
    bool request = false;  ///< an ADC of latency 1 answers to it within the cycle
};

/// A pin of an ADC that has a clock of its own (adc.kind async): clk_i says nothing about it.
bool asynchronous(const Design& design, const Port& port);

/// Of every input but clock, reset and what is asynchronous.
std::vector<ArrayNeed> array_needs(const Design& design);

}  // namespace generator
