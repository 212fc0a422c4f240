#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/error.hpp"
#include "synth/liberty.hpp"

namespace synth {
namespace {

using base::Error;
using Direction = LibertyPin::Direction;

/// Recursive descent over a Liberty expression; from weak to strong: + |, * & blank, ^, ! and '.
class Expression {
  public:
    Expression(const std::string& text, const std::set<std::string>& known,
               const std::string& where)
        : text_(text), known_(known), where_(where) {}

    std::string verilog() {
        std::string result = sum(0);
        if (peek() != '\0') fail(fmt::format("'{}' is unexpected", peek()));
        return result;
    }

  private:
    static constexpr int kMaxDepth = 200;

    [[noreturn]] void fail(const std::string& message) const {
        throw base::Error(fmt::format("{}: function \"{}\": {}", where_, text_, message));
    }

    char peek() {
        while (pos_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[pos_])) != 0)
            ++pos_;
        return pos_ < text_.size() ? text_[pos_] : '\0';
    }

    bool take(char c) {
        if (peek() != c) return false;
        ++pos_;
        return true;
    }

    std::string sum(int depth) {
        std::string left = product(depth);
        while (take('+') || take('|')) left = fmt::format("({} | {})", left, product(depth));
        return left;
    }

    std::string product(int depth) {
        std::string left = exclusive(depth);
        while (true) {
            const char next = peek();
            const bool operand = next == '(' || next == '!' || name_char(next);
            if (!take('*') && !take('&') && !operand) return left;
            left = fmt::format("({} & {})", left, exclusive(depth));
        }
    }

    std::string exclusive(int depth) {
        std::string left = factor(depth);
        while (take('^')) left = fmt::format("({} ^ {})", left, factor(depth));
        return left;
    }

    std::string factor(int depth) {
        if (depth > kMaxDepth) fail("nested too deeply");
        std::string result;
        if (take('!')) {
            result = negated(factor(depth + 1));
        } else if (take('(')) {
            result = sum(depth + 1);
            if (!take(')')) fail("')' is missing");
        } else {
            result = name();
        }
        while (take('\'')) result = negated(result);
        return result;
    }

    /// iverilog reads no `~~a`.
    static std::string negated(const std::string& operand) {
        return operand.starts_with('~') ? "~(" + operand + ")" : "~" + operand;
    }

    static bool name_char(char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '[' || c == ']';
    }

    std::string name() {
        std::string result;
        for (peek(); pos_ < text_.size() && name_char(text_[pos_]); ++pos_) result += text_[pos_];
        if (result.empty()) fail("an operand is missing");
        if (result == "0" || result == "1") return "1'b" + result;
        if (!known_.contains(result)) fail(fmt::format("'{}' is no pin of the cell", result));
        return result;
    }

    const std::string& text_;
    const std::set<std::string>& known_;
    const std::string& where_;
    std::size_t pos_ = 0;
};

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
        if (ff.both != 0 && ff.both != 'L' && ff.both != 'H')
            throw base::Error(
                fmt::format("{}: clear_preset_var1 '{}' has no model", where, ff.both));
        if (ff.both == 'H') std::swap(first, second);
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
    require_model(cell, where);
    std::set<std::string> inputs;
    std::string ports, body;
    for (const LibertyPin& pin : cell.pins) {
        if (pin.direction == Direction::internal) continue;
        if (pin.direction == Direction::input) inputs.insert(pin.name);
        ports += fmt::format("{}{} {}", ports.empty() ? "" : ", ",
                             pin.direction == Direction::input ? "input" : "output", pin.name);
    }
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
    return Expression(liberty, known, where).verilog();
}

std::optional<std::string> driving_buffer(const Library& library) {
    std::vector<std::pair<double, std::string>> buffers;
    for (const auto& [name, cell] : library.cells) {
        if (cell.ff || cell.latch || !cell.unsupported.empty() || cell.pins.size() != 2) continue;
        const bool in_first = cell.pins[0].direction == Direction::input;
        const LibertyPin& in = cell.pins[in_first ? 0 : 1];
        const LibertyPin& out = cell.pins[in_first ? 1 : 0];
        if (in.direction == Direction::input && out.direction == Direction::output &&
            out.three_state.empty() &&
            (out.function == in.name || out.function == "(" + in.name + ")"))
            buffers.emplace_back(cell.area, name);
    }
    if (buffers.empty()) return std::nullopt;
    std::sort(buffers.begin(), buffers.end());
    return buffers[std::min<std::size_t>(1, buffers.size() - 1)].second;
}

std::string cell_models(const Library& library, const std::set<std::string>& used) {
    std::string text = fmt::format(
        "// Simulation models of the cells of {} that the netlist uses.\n", library.name);
    for (const std::string& name : used) {
        const auto cell = library.cells.find(name);
        if (cell == library.cells.end())
            throw base::Error(fmt::format("{}: there is no cell {}", library.file, name));
        text += model(cell->second,
                      fmt::format("{}:{}: error: cell {}", library.file, cell->second.line, name));
    }
    return text;
}

}  // namespace synth
