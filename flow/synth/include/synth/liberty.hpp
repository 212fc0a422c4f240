/// Liberty standard-cell libraries: what area reports and netlist simulation need of them.
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
    char both = 0;  ///< clear_preset_var1: value of q while clear and preset are both active
};

struct LibertyCell {
    std::string name;
    double area = 0;  ///< in the library's unit, taken as um^2
    std::vector<LibertyPin> pins;
    std::optional<LibertyFf> ff;
    bool latch = false;
    /// Why there is no simulation model; empty: there is one (or `latch`, or a tri-state pin).
    std::string unsupported;
    int line = 0;
};

struct Library {
    std::string file, name;
    std::map<std::string, LibertyCell> cells;
    bool delays = false;  ///< some output has a delay table
};

/// Throws base::Error `file:line: error: ...` for a file that is not Liberty, a cell without an
/// area or with a negative one, and a cell or pin that is there twice.
Library read_liberty(const std::string& file);
/// The same for a text; `file` names it in errors.
Library parse_liberty(const std::string& text, const std::string& file);

/// A Liberty Boolean expression (`!`, postfix `'`, `&` `*` or a space, `|` `+`, `^`, 0, 1) as a
/// fully parenthesized Verilog expression. Throws base::Error that starts with `where` if it is
/// malformed or uses a name not in `known`.
std::string verilog_expression(const std::string& liberty, const std::set<std::string>& known,
                               const std::string& where);

/// The buffer that drives the inputs for abc: the second smallest buffer, the smallest if there is
/// only one, none if the library has no buffer.
std::optional<std::string> driving_buffer(const Library& library);

/// Verilog modules of the used cells, for Verilator 5.006 and iverilog: assigns, and one
/// edge-triggered process a flip-flop. With both clear and preset the one that loses is gated by
/// the other, so that it takes effect when the winner is released, as in the cell. Throws
/// base::Error for a cell that is not in the library, for latches and for tri-state drivers: none
/// of them belongs in this hardware.
std::string cell_models(const Library& library, const std::set<std::string>& used);

}  // namespace synth
