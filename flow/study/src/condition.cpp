// SPDX-License-Identifier: Apache-2.0
#include "study/condition.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "generator/yaml_text.hpp"

namespace study {

namespace {

constexpr std::pair<std::string_view, Relation> relations[] = {
    {"<=", Relation::less_equal}, {">=", Relation::greater_equal}, {"==", Relation::equal},
    {"!=", Relation::unequal},    {"<", Relation::less},           {">", Relation::greater}};

std::string_view without_quotes(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                        (text.front() == '"' || text.front() == '\'');
    return quoted ? text.substr(1, text.size() - 2) : text;
}

std::optional<double> decimal(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

bool is_term(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-' ||
           c == '+' || c == '/';
}

/// Reads from a text, blanks before each part skipped.
struct Cursor {
    std::string_view text;
    std::size_t at = 0;

    void skip() {
        while (at < text.size() && is_space(text[at])) ++at;
    }
    std::optional<Term> term() {
        skip();
        std::size_t end = at;
        while (end < text.size() && is_term(text[end])) ++end;
        if (end == at) return std::nullopt;
        Term t{std::string(text.substr(at, end - at)), {}};
        t.number = number_of(t.text);
        at = end;
        return t;
    }
    std::optional<Relation> relation() {
        skip();
        for (const auto& [sign, relation] : relations) {
            if (!text.substr(at).starts_with(sign)) continue;
            at += sign.size();
            return relation;
        }
        return std::nullopt;
    }
    ConditionError error(const std::string& expected) const {
        const std::string_view rest = text.substr(at);
        const std::string found = rest.empty() ? "the end" : generator::quote(rest);
        return {at, "found " + found + "; expected " + expected};
    }
};

}  // namespace

std::optional<double> number_of(std::string_view text) {
    text = without_quotes(text);
    const std::size_t bar = text.find('/');
    if (bar == text.npos) return decimal(text);
    const auto p = decimal(text.substr(0, bar)), q = decimal(text.substr(bar + 1));
    return p && q && *q != 0 ? std::optional(*p / *q) : std::nullopt;
}

std::variant<Condition, ConditionError> parse_condition(std::string_view text) {
    Cursor cursor{text};
    const auto left = cursor.term();
    if (!left) return cursor.error("a name or a number");
    const auto relation = cursor.relation();
    if (!relation) return cursor.error("one of < <= > >= == !=");
    const auto right = cursor.term();
    if (!right) return cursor.error("a name or a number");
    cursor.skip();
    if (cursor.at < text.size()) return cursor.error("the end: one comparison");
    return Condition{std::string(text), *left, *right, *relation, 0, 0};
}

bool holds(double left, Relation relation, double right) {
    switch (relation) {
        case Relation::less:
            return left < right;
        case Relation::less_equal:
            return left <= right;
        case Relation::greater:
            return left > right;
        case Relation::greater_equal:
            return left >= right;
        case Relation::equal:
            return left == right;
        case Relation::unequal:
            return left != right;
    }
    return false;
}

bool holds(const Condition& condition,
           const std::function<std::optional<std::string>(const std::string&)>& value) {
    const auto text = [&](const Term& term) {
        const auto said = term.number ? std::nullopt : value(term.text);
        return std::string(without_quotes(said ? *said : term.text));
    };
    const std::string left = text(condition.left), right = text(condition.right);
    const auto a = number_of(left), b = number_of(right);
    if (a && b) return holds(*a, condition.relation, *b);
    if (condition.orders()) return false;
    return (left == right) == (condition.relation == Relation::equal);
}

}  // namespace study
