// SPDX-License-Identifier: Apache-2.0
#include "synth/liberty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <tuple>

#include "base/error.hpp"
#include "base/resources.hpp"
#include "boolean.hpp"
#include "liberty_file.hpp"
#include "liberty_mend.hpp"
#include "liberty_syntax.hpp"

namespace synth {

std::span<const base::Resource> embedded_resources();

namespace {

LibertyPin to_pin(const std::string& file, const Statement& s, const std::string& name) {
    const std::map<std::string, LibertyPin::Direction> directions = {
        {"input", LibertyPin::Direction::input},
        {"output", LibertyPin::Direction::output},
        {"inout", LibertyPin::Direction::inout},
        {"internal", LibertyPin::Direction::internal}};
    const std::string direction = attribute(s, "direction");
    const auto known = directions.find(direction);
    if (known == directions.end())
        fail_at(file, s.line,
                fmt::format("pin {}: direction '{}' is none of input, output, inout, "
                            "internal",
                            name, direction));
    return {name, known->second, attribute(s, "function"), attribute(s, "three_state"), s.line};
}

LibertyFf to_ff(const std::string& file, const Statement& s) {
    if (s.args.size() != 2) fail_at(file, s.line, "ff needs the names of both its outputs");
    LibertyFf ff{s.args[0],
                 s.args[1],
                 attribute(s, "next_state"),
                 attribute(s, "clocked_on"),
                 attribute(s, "clear"),
                 attribute(s, "preset"),
                 attribute(s, "clear_preset_var1"),
                 attribute(s, "clear_preset_var2")};
    if (ff.next_state.empty() || ff.clocked_on.empty())
        fail_at(file, s.line, "ff without next_state or clocked_on");
    return ff;
}

bool is_true(const Statement& pin, const char* name) { return attribute(pin, name) == "true"; }

/// None for a cell that is no such gate, or whose pins do not say what they are for.
std::optional<LibertyClockGate> to_clock_gate(const Statement& cell) {
    const std::string kind = attribute(cell, "clock_gating_integrated_cell");
    const bool tested = kind == "latch_posedge_precontrol";
    if (!tested && kind != "latch_posedge") return std::nullopt;
    LibertyClockGate gate;
    for (const Statement& pin : cell.body) {
        if (!pin.group || pin.name != "pin") continue;
        if (is_true(pin, "clock_gate_clock_pin")) gate.clock = first_arg(pin);
        if (is_true(pin, "clock_gate_enable_pin")) gate.enable = first_arg(pin);
        if (is_true(pin, "clock_gate_test_pin")) gate.test = first_arg(pin);
        if (is_true(pin, "clock_gate_out_pin")) gate.out = first_arg(pin);
    }
    if (gate.clock.empty() || gate.enable.empty() || gate.out.empty() ||
        gate.test.empty() == tested)
        return std::nullopt;
    return gate;
}

double to_area(const std::string& file, const Statement& cell, const std::string& name) {
    const std::string text = attribute(cell, "area");
    if (text.empty()) fail_at(file, cell.line, fmt::format("cell {} has no area", name));
    double area = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), area);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(area) ||
        area < 0)
        fail_at(file, cell.line,
                fmt::format("cell {}: area '{}' is no number of at least 0", name, text));
    return area;
}

LibertyCell to_cell(const std::string& file, const Statement& s) {
    LibertyCell cell;
    cell.name = first_arg(s);
    cell.file = file;
    cell.line = s.line;
    if (cell.name.empty()) fail_at(file, s.line, "cell without a name");
    cell.area = to_area(file, s, cell.name);
    cell.clock_gate = to_clock_gate(s);
    for (const Statement& part : s.body) {
        if (!part.group) continue;
        if (part.name == "pin") {
            for (const std::string& name : part.args) {
                if (std::any_of(cell.pins.begin(), cell.pins.end(),
                                [&](const LibertyPin& p) { return p.name == name; }))
                    fail_at(file, part.line,
                            fmt::format("cell {}: pin {} is there twice", cell.name, name));
                cell.pins.push_back(to_pin(file, part, name));
            }
        } else if (part.name == "ff") {
            if (cell.ff) cell.unsupported = "two ff groups";
            cell.ff = to_ff(file, part);
        } else if (part.name == "latch" || part.name == "latch_bank") {
            cell.latch = true;
        } else if (part.name == "bus" || part.name == "bundle" || part.name == "ff_bank" ||
                   part.name == "statetable") {
            cell.unsupported = part.name + " group";
        }
    }
    return cell;
}

/// The output of a cell of one output and the given inputs, without state.
const LibertyPin* logic_output(const LibertyCell& cell, std::set<std::string>& inputs) {
    if (cell.ff || cell.latch || cell.clock_gate || !cell.unsupported.empty()) return nullptr;
    const LibertyPin* output = nullptr;
    for (const LibertyPin& pin : cell.pins) {
        if (pin.direction == LibertyPin::Direction::input) {
            inputs.insert(pin.name);
        } else if (pin.direction != LibertyPin::Direction::output || output != nullptr ||
                   !pin.three_state.empty() || pin.function.empty()) {
            return nullptr;
        } else {
            output = &pin;
        }
    }
    return output;
}

/// Bit i is the output with the inputs, in the order of their names, as i is written in binary;
/// none for a cell that is not such a gate of `count` inputs.
std::optional<unsigned> truth_table(const LibertyCell& cell, std::size_t count) {
    std::set<std::string> inputs;
    const LibertyPin* output = logic_output(cell, inputs);
    if (output == nullptr || inputs.size() != count) return std::nullopt;
    Boolean function;
    try {
        function = parse_boolean(output->function, inputs, "");
    } catch (const base::Error&) {  // cell_models() says so if the netlist uses it
        return std::nullopt;
    }
    unsigned table = 0;
    for (unsigned row = 0; row < 1U << count; ++row) {
        std::map<std::string, bool> values;
        for (unsigned bit = row; const std::string& name : inputs) {
            values[name] = (bit & 1U) != 0;
            bit >>= 1;
        }
        if (evaluate(function, values)) table |= 1U << row;
    }
    return table;
}

std::optional<double> smallest_nand(const Library& library) {
    constexpr unsigned nand = 0b0111;
    std::optional<double> area;
    for (const auto& [name, cell] : library.cells)
        if (cell.area > 0 && truth_table(cell, 2) == nand)
            area = std::min(area.value_or(cell.area), cell.area);
    return area;
}

LibertySource to_source(const std::string& file, std::string text) {
    Syntax syntax = parse_syntax(text, file);
    return {file, std::move(text), std::move(syntax)};
}

void add_cells(const LibertySource& source, Library& library) {
    for (const Statement& s : source.syntax.library.body) {
        if (s.name != "cell" || !s.group) continue;
        LibertyCell cell = to_cell(source.file, s);
        const auto [known, added] = library.cells.emplace(cell.name, cell);
        if (added) continue;
        const bool same_file = known->second.file == source.file;
        fail_at(
            source.file, s.line,
            same_file
                ? fmt::format("cell {} is there twice", cell.name)
                : fmt::format("cell {} is in {}, too: libraries with the same cells cannot be one",
                              cell.name, known->second.file));
    }
}

Library to_library(const std::vector<LibertySource>& sources) {
    Library library;
    library.file = sources.front().file;
    if (sources.size() > 1) library.file += fmt::format(" and {} more", sources.size() - 1);
    for (const LibertySource& source : sources) {
        library.name += (library.name.empty() ? "" : " + ") + first_arg(source.syntax.library);
        library.files.push_back(source.file);
        library.delays = library.delays || source.syntax.delays;
        library.power = library.power || source.syntax.power;
        add_cells(source, library);
    }
    if (library.cells.empty())
        fail_at(sources.front().file, sources.front().syntax.library.line,
                "a library without cells");
    library.mended = mended_library(sources);
    library.gate = smallest_nand(library);
    return library;
}

}  // namespace

Library parse_liberty(const std::string& text, const std::string& file) {
    std::vector<LibertySource> sources;
    sources.push_back(to_source(file, text));
    return to_library(sources);
}

Library read_liberty(const std::vector<std::string>& files) {
    std::vector<LibertySource> sources;
    for (const std::string& file : files) {
        std::string text = read_liberty_text(file);
        if (std::any_of(sources.begin(), sources.end(),
                        [&](const auto& s) { return s.text == text; }))
            continue;
        sources.push_back(to_source(file, std::move(text)));
    }
    if (sources.empty()) throw base::Error("no Liberty file is named");
    return to_library(sources);
}

const Library& gate_equivalents() {
    static const Library library = [] {
        Library gates = parse_liberty(
            std::string(base::resource(embedded_resources(), "gates.lib")), "gates.lib");
        gates.areas_are_gates = true;
        return gates;
    }();
    return library;
}

std::string clock_gate_module(const Library& library) {
    const LibertyCell* best = nullptr;
    const auto before = [](const LibertyCell& a, const LibertyCell& b) {
        const auto rank = [](const LibertyCell& c) {
            return std::tuple(c.clock_gate->test.empty(), c.area, c.name);
        };
        return rank(a) < rank(b);
    };
    for (const auto& [name, cell] : library.cells)
        if (cell.clock_gate && (best == nullptr || before(cell, *best))) best = &cell;
    std::string body =
        "  reg en_q;\n  always @(negedge clk_i) en_q <= en_i | test_en_i;\n"
        "  assign clk_o = clk_i & en_q;\n";
    if (best != nullptr) {
        const LibertyClockGate& gate = *best->clock_gate;
        const std::string enable =
            gate.test.empty() ? fmt::format(".{}(en_i | test_en_i)", gate.enable)
                              : fmt::format(".{}(en_i), .{}(test_en_i)", gate.enable, gate.test);
        body = fmt::format("  {} u_cell (.{}(clk_i), {}, .{}(clk_o));\n", best->name, gate.clock,
                           enable, gate.out);
    }
    return fmt::format(
        "module cim_clock_gate (input wire clk_i, input wire en_i, input wire test_en_i,\n"
        "  output wire clk_o);\n{}endmodule\n",
        body);
}

std::optional<std::string> driving_buffer(const Library& library) {
    constexpr unsigned buffer = 0b10;
    std::vector<std::pair<double, std::string>> buffers;
    for (const auto& [name, cell] : library.cells)
        if (truth_table(cell, 1) == buffer) buffers.emplace_back(cell.area, name);
    if (buffers.empty()) return std::nullopt;
    std::sort(buffers.begin(), buffers.end());
    return buffers[std::min<std::size_t>(1, buffers.size() - 1)].second;
}

}  // namespace synth
