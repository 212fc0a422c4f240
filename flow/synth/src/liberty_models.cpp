// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "boolean.hpp"
#include "synth/liberty.hpp"

namespace synth {
namespace {

using base::Error;
using Direction = LibertyPin::Direction;

/// A condition as an edge of a process, with the wire that holds it if it is no plain pin.
struct Edge {
    std::string declaration;  ///< empty, or a wire
    std::string event;        ///< `posedge CLK`
    std::string active;       ///< true while the condition holds
};

Edge edge_of(const std::string& condition, const std::string& wire) {
    const bool negated = condition.starts_with("~");
    const std::string pin = negated ? condition.substr(1) : condition;
    if (pin.find_first_of("(~' ") == std::string::npos)
        return {"", (negated ? "negedge " : "posedge ") + pin, (negated ? "!" : "") + pin};
    return {fmt::format("  wire {} = {};\n", wire, condition), "posedge " + wire, wire};
}

std::string flip_flop(const LibertyFf& ff, const std::set<std::string>& pins,
                      const std::string& where) {
    const auto verilog = [&](const std::string& e) { return verilog_expression(e, pins, where); };
    const Edge clock = edge_of(verilog(ff.clocked_on), "clock__");
    // What wins stands first, and the other is gated by it.
    struct Force {
        std::string condition;
        const char* wire;
        const char* value;
    };
    Force first{ff.clear.empty() ? "" : verilog(ff.clear), "clear__", "1'b0"};
    Force second{ff.preset.empty() ? "" : verilog(ff.preset), "preset__", "1'b1"};
    if (!ff.clear.empty() && !ff.preset.empty()) {
        if (!ff.both.empty() && ff.both != "L" && ff.both != "H")
            throw base::Error(
                fmt::format("{}: clear_preset_var1 '{}' has no model", where, ff.both));
        if (ff.both == "H") std::swap(first, second);
        second.condition = fmt::format("({} & ~({}))", second.condition, first.condition);
    }
    std::string wires = clock.declaration, events = clock.event, branches;
    for (const Force& force : {first, second}) {
        if (force.condition.empty()) continue;
        const Edge edge = edge_of(force.condition, force.wire);
        wires += edge.declaration;
        events += " or " + edge.event;
        branches += fmt::format("if ({}) state__ <= {};\n    else ", edge.active, force.value);
    }
    return fmt::format("{}  reg state__;\n  always @({})\n    {}state__ <= {};\n", wires, events,
                       branches, verilog(ff.next_state));
}

/// The latch is the cell's own: a clock gate without one would have spikes.
std::string clock_gate(const LibertyClockGate& gate) {
    const std::string open = gate.test.empty() ? "" : " | " + gate.test;
    return fmt::format(
        "  reg state__;\n  // verilator lint_off LATCH\n"
        "  always @(*) if (!{0}) state__ = {1}{2};\n"
        "  // verilator lint_on LATCH\n  assign {3} = {0} & state__;\n",
        gate.clock, gate.enable, open, gate.out);
}

void require_model(const LibertyCell& cell, const std::string& where) {
    if (cell.latch) throw base::Error(where + ": a latch has no place in this hardware");
    if (!cell.unsupported.empty())
        throw base::Error(fmt::format("{}: no model for a cell with {}", where, cell.unsupported));
    for (const LibertyPin& pin : cell.pins) {
        if (!pin.three_state.empty() || pin.direction == Direction::inout)
            throw base::Error(
                fmt::format("{}: pin {} is a tri-state driver, which has no place in this hardware",
                            where, pin.name));
        if (pin.direction == Direction::output && pin.function.empty())
            throw base::Error(fmt::format("{}: output {} has no function", where, pin.name));
    }
}

std::string model(const LibertyCell& cell, const std::string& where) {
    if (!cell.clock_gate) require_model(cell, where);
    std::set<std::string> inputs;
    std::string ports, body;
    for (const LibertyPin& pin : cell.pins) {
        if (pin.direction == Direction::internal) continue;
        if (pin.direction == Direction::input) inputs.insert(pin.name);
        ports += fmt::format("{}{} {}", ports.empty() ? "" : ", ",
                             pin.direction == Direction::input ? "input" : "output", pin.name);
    }
    if (cell.clock_gate)
        return fmt::format("module {}({});\n{}endmodule\n", cell.name, ports,
                           clock_gate(*cell.clock_gate));
    std::set<std::string> names = inputs;
    if (cell.ff) {
        body += flip_flop(*cell.ff, inputs, where);
        names.insert({cell.ff->q, cell.ff->qn});
        body +=
            fmt::format("  wire {} = state__;\n  wire {} = ~state__;\n", cell.ff->q, cell.ff->qn);
    }
    for (const LibertyPin& pin : cell.pins)
        if (pin.direction == Direction::output)
            body += fmt::format("  assign {} = {};\n", pin.name,
                                verilog_expression(pin.function, names, where));
    return fmt::format("module {}({});\n{}endmodule\n", cell.name, ports, body);
}

}  // namespace

std::string verilog_expression(const std::string& liberty, const std::set<std::string>& known,
                               const std::string& where) {
    return to_verilog(parse_boolean(liberty, known, where));
}

std::string cell_models(const Library& library, const std::set<std::string>& used) {
    std::string text = fmt::format(
        "// Simulation models of the cells of {} that the netlist uses.\n", library.name);
    for (const std::string& name : used) {
        const auto cell = library.cells.find(name);
        if (cell == library.cells.end())
            throw base::Error(fmt::format("{}: there is no cell {}", library.file, name));
        text += model(cell->second, fmt::format("{}:{}: error: cell {}", cell->second.file,
                                                cell->second.line, name));
    }
    return text;
}

}  // namespace synth
