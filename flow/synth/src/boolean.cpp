// SPDX-License-Identifier: Apache-2.0
#include "boolean.hpp"

#include <fmt/format.h>

#include <cctype>

#include "base/error.hpp"

namespace synth {
namespace {

using Op = Boolean::Op;

Boolean combined(Op op, Boolean left, Boolean right) {
    return {op, "", {std::move(left), std::move(right)}};
}

Boolean negated(Boolean operand) { return {Op::negation, "", {std::move(operand)}}; }

/// Recursive descent; from weak to strong: + |, * & blank, ^, ! and '.
class FormulaParser {
  public:
    FormulaParser(const std::string& text, const std::set<std::string>& known,
                  const std::string& where)
        : text_(text), known_(known), where_(where) {}

    Boolean whole() {
        Boolean result = sum(0);
        if (peek() != '\0') fail(fmt::format("'{}' is unexpected", peek()));
        return result;
    }

  private:
    static constexpr int max_depth = 200;

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

    Boolean sum(int depth) {
        Boolean left = product(depth);
        while (take('+') || take('|'))
            left = combined(Op::disjunction, std::move(left), product(depth));
        return left;
    }

    Boolean product(int depth) {
        Boolean left = exclusive(depth);
        while (true) {
            const char next = peek();
            const bool operand = next == '(' || next == '!' || name_char(next);
            if (!take('*') && !take('&') && !operand) return left;
            left = combined(Op::conjunction, std::move(left), exclusive(depth));
        }
    }

    Boolean exclusive(int depth) {
        Boolean left = factor(depth);
        while (take('^')) left = combined(Op::exclusive, std::move(left), factor(depth));
        return left;
    }

    Boolean factor(int depth) {
        if (depth > max_depth) fail("nested too deeply");
        Boolean result;
        if (take('!')) {
            result = negated(factor(depth + 1));
        } else if (take('(')) {
            result = sum(depth + 1);
            if (!take(')')) fail("')' is missing");
        } else {
            result = name();
        }
        while (take('\'')) result = negated(std::move(result));
        return result;
    }

    static bool name_char(char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '[' || c == ']';
    }

    Boolean name() {
        std::string result;
        for (peek(); pos_ < text_.size() && name_char(text_[pos_]); ++pos_) result += text_[pos_];
        if (result.empty()) fail("an operand is missing");
        if (result == "0" || result == "1") return {result == "1" ? Op::one : Op::zero, "", {}};
        if (!known_.contains(result)) fail(fmt::format("'{}' is no pin of the cell", result));
        return {Op::name, result, {}};
    }

    const std::string& text_;
    const std::set<std::string>& known_;
    const std::string& where_;
    std::size_t pos_ = 0;
};

}  // namespace

Boolean parse_boolean(const std::string& text, const std::set<std::string>& known,
                      const std::string& where) {
    return FormulaParser(text, known, where).whole();
}

std::string to_verilog(const Boolean& e) {
    const auto both = [&](const char* sign) {
        return fmt::format("({} {} {})", to_verilog(e.operands[0]), sign,
                           to_verilog(e.operands[1]));
    };
    switch (e.op) {
        case Op::zero:
            return "1'b0";
        case Op::one:
            return "1'b1";
        case Op::name:
            return e.name;
        case Op::conjunction:
            return both("&");
        case Op::disjunction:
            return both("|");
        case Op::exclusive:
            return both("^");
        case Op::negation:
            break;
    }
    const std::string operand = to_verilog(e.operands[0]);
    // iverilog reads no `~~a`.
    return operand.starts_with('~') ? "~(" + operand + ")" : "~" + operand;
}

bool evaluate(const Boolean& e, const std::map<std::string, bool>& values) {
    const auto operand = [&](std::size_t i) { return evaluate(e.operands[i], values); };
    switch (e.op) {
        case Op::zero:
            return false;
        case Op::one:
            return true;
        case Op::name:
            return values.at(e.name);
        case Op::negation:
            return !operand(0);
        case Op::conjunction:
            return operand(0) && operand(1);
        case Op::disjunction:
            return operand(0) || operand(1);
        case Op::exclusive:
            return operand(0) != operand(1);
    }
    return false;
}

std::optional<std::string> negated_name(const Boolean& expression) {
    bool odd = false;
    const Boolean* at = &expression;
    for (; at->op == Op::negation; at = at->operands.data()) odd = !odd;
    if (!odd || at->op != Op::name) return std::nullopt;
    return at->name;
}

}  // namespace synth
