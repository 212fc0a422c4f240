// SPDX-License-Identifier: Apache-2.0
/// Comparisons in a study file: of config keys (`when`), of a column and a number (constraints).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace study {

enum class Relation { less, less_equal, greater, greater_equal, equal, unequal };

/// A number, or a name: a config key, a column, a word.
struct Term {
    std::string text;
    std::optional<double> number;
};

struct Condition {
    std::string text;  ///< as written
    Term left, right;
    Relation relation = Relation::equal;
    int line = 0, column = 0;

    /// < <= > >=
    bool orders() const { return relation < Relation::equal; }
};

/// Why a text is no comparison, and where in it.
struct ConditionError {
    std::size_t offset = 0;
    std::string message;
};

/// `TERM RELATION TERM` with one of < <= > >= == !=; a term is a number, a fraction p/q or a name
/// of letters, digits, `_`, `.` and `-`.
std::variant<Condition, ConditionError> parse_condition(std::string_view text);

/// A decimal number or a fraction p/q; quotes around it are none of it.
std::optional<double> number_of(std::string_view text);

bool holds(double left, Relation relation, double right);
/// Numbers as such; other words are equal or not, and in no order. `value`: of a name that is a
/// key; none: the name stands for itself.
bool holds(const Condition& condition,
           const std::function<std::optional<std::string>(const std::string&)>& value);

}  // namespace study
