// SPDX-License-Identifier: Apache-2.0
/// The text of a Liberty file as a tree of statements that know where they stand.
#pragma once

#include <string>
#include <vector>

namespace synth {

/// `name : value;`, `name(a, b);` or `name(a, b) {...}`.
struct Statement {
    std::string name;
    std::vector<std::string> args;  ///< of a group or complex attribute; the value of a simple one
    bool group = false;
    std::vector<Statement> body;  ///< empty for tables that are read over, not kept
    int line = 0;
    std::size_t begin = 0, end = 0;  ///< of the whole in the text; a group's end is behind its `}`
};

/// The characters `begin` to `end` (exclusive) of a text, to be replaced.
struct Edit {
    std::size_t begin = 0, end = 0;
    std::string text;
};

struct Syntax {
    Statement library;
    bool delays = false;         ///< some output has a delay table
    bool power = false;          ///< some pin has energies (internal_power)
    std::vector<Edit> quoted;    ///< values that need quotes and have none
    std::vector<Edit> no_power;  ///< power tables taken away
};

enum class Tables { none, power };  ///< which ones are kept

/// Throws base::Error `file:line: error: ...` for a text that is not one library(...) {...}.
Syntax parse_syntax(const std::string& text, const std::string& file, Tables kept = Tables::none);

[[noreturn]] void fail_at(const std::string& file, int line, const std::string& message);

std::string first_arg(const Statement& s);
/// The value of a simple attribute, the first argument of a complex one; empty if it is not there.
std::string attribute(const Statement& group, const std::string& name);

}  // namespace synth
