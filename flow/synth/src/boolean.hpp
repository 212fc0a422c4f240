// SPDX-License-Identifier: Apache-2.0
/// Boolean expressions of Liberty files.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace synth {

/// `!`, postfix `'`, `&` `*` or a space, `|` `+`, `^`, 0, 1 and names.
struct Boolean {
    enum class Op { zero, one, name, negation, conjunction, disjunction, exclusive };
    Op op = Op::zero;
    std::string name;               ///< of Op::name
    std::vector<Boolean> operands;  ///< one of a negation, two of the others
};

/// Throws base::Error that starts with `where` if the text is malformed or uses a name not in
/// `known`.
Boolean parse_boolean(const std::string& text, const std::set<std::string>& known,
                      const std::string& where);

/// Fully parenthesized, for Verilator and iverilog.
std::string to_verilog(const Boolean& expression);

/// The value under `values`, which has one for each name of the expression.
bool evaluate(const Boolean& expression, const std::map<std::string, bool>& values);

/// The name behind an odd number of negations; none of another expression.
std::optional<std::string> negated_name(const Boolean& expression);

}  // namespace synth
