// SPDX-License-Identifier: Apache-2.0
/// Liberty standard-cell libraries: what area reports, mapping and netlist simulation need of them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace synth {

struct LibertyPin {
    enum class Direction { input, output, inout, internal };
    std::string name;
    Direction direction = Direction::input;
    std::string function;     ///< Liberty expression; empty: none
    std::string three_state;  ///< Liberty expression; not empty: a tri-state driver
    int line = 0;
};

/// An `ff (q, qn) {...}` group; the expressions in Liberty syntax, empty where absent.
struct LibertyFf {
    std::string q, qn;
    std::string next_state, clocked_on, clear, preset;
    std::string both,
        both_n;  ///< clear_preset_var1, _var2: q and qn while clear and preset are active
};

/// An integrated clock gate, `clock_gating_integrated_cell : latch_posedge` or
/// `latch_posedge_precontrol`: its pins by what they are for. `test` is empty without precontrol.
struct LibertyClockGate {
    std::string clock, enable, test, out;
};

struct LibertyCell {
    std::string name;
    double area = 0;  ///< in the library's unit, taken as um^2
    std::vector<LibertyPin> pins;
    std::optional<LibertyFf> ff;
    bool latch = false;
    std::optional<LibertyClockGate> clock_gate;
    /// Why there is no simulation model; empty: there is one (or `latch`, or a tri-state pin).
    std::string unsupported;
    std::string file;
    int line = 0;
};

struct Library {
    std::string file;  ///< where it comes from; several files: the first, "and N more"
    std::string name;  ///< of several: all names, joined by " + "
    std::map<std::string, LibertyCell> cells;
    std::vector<std::string> files;  ///< all of them, as named
    bool delays = false;             ///< some output has a delay table
    bool power = false;              ///< some pin has energies (internal_power)
    /// Area of one gate equivalent: the smallest 2-input NAND. None if there is no such cell.
    std::optional<double> gate;
    bool areas_are_gates = false;  ///< gate_equivalents(): area is counted in NAND2, not um^2
    /// One library for Yosys and abc, of the same meaning: without power tables, and mended where
    /// Yosys 0.23 and 0.52 would stop or map wrongly (docs/explanation/architecture.md, "Standard
    /// cells").
    std::string mended;
};

/// The library in these files, text or gzip, with or without UTF-8's mark; several that belong
/// together (ASAP7 has five) become one, a file that is there twice counts once. Throws base::Error
/// `file:line: error: ...` for a file that is not Liberty, a cell without an area or with a
/// negative one, a cell or pin that is there twice, files of different units; `file: ...` for one
/// that cannot be read.
Library read_liberty(const std::vector<std::string>& files);
/// The same for one text; `file` names it in errors.
Library parse_liberty(const std::string& text, const std::string& file);

/// The project's own library, whose areas are gate equivalents (flow/synth/gates.lib).
const Library& gate_equivalents();

/// A Liberty Boolean expression (`!`, postfix `'`, `&` `*` or a space, `|` `+`, `^`, 0, 1) as a
/// fully parenthesized Verilog expression. Throws base::Error that starts with `where` if it is
/// malformed or uses a name not in `known`.
std::string verilog_expression(const std::string& liberty, const std::set<std::string>& known,
                               const std::string& where);

/// The buffer that drives the inputs for abc: the second smallest buffer, the smallest if there is
/// only one, none if the library has no buffer.
std::optional<std::string> driving_buffer(const Library& library);

/// The module cim_clock_gate (rtl_templates/blocks/cim_clock_gate.sv) as an instance of the
/// library's smallest integrated clock gate, with a test pin if it has one of that kind. A library
/// without any gets a flip-flop of the falling edge and an AND: the enable then has half a period.
std::string clock_gate_module(const Library& library);

/// Verilog modules of the used cells, for Verilator 5.006 and iverilog: assigns, and one
/// edge-triggered process a flip-flop. With both clear and preset the one that loses is gated by
/// the other, so that it takes effect when the winner is released, as in the cell; a clock gate is
/// a latch and an AND. Throws base::Error for a cell that is not in the library, for latches and
/// for tri-state drivers: none of them belongs in this hardware.
std::string cell_models(const Library& library, const std::set<std::string>& used);

}  // namespace synth
