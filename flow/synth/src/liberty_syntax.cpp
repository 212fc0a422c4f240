// SPDX-License-Identifier: Apache-2.0
#include "liberty_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "base/error.hpp"

namespace synth {
namespace {

constexpr int kMaxDepth = 32;

bool blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

/// Of no use to area or mapping, and most of many a file.
bool is_power(const std::string& group) {
    constexpr std::array names = {"internal_power", "leakage_power", "receiver_capacitance",
                                  "output_current_rise", "output_current_fall"};
    return std::find(names.begin(), names.end(), group) != names.end();
}

/// Groups whose contents matter to nobody here but abc, which reads the text, and to the power.
bool is_table(const std::string& group, Tables kept) {
    if (kept == Tables::power && (group == "internal_power" || group == "power_lut_template"))
        return false;
    return group == "timing" || is_power(group) || group.ends_with("_template");
}

/// A word that every reader takes without quotes: a name or a number.
bool plain(const std::string& value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' ||
               c == '-' || c == '+' || c == ',';
    });
}

class SyntaxParser {
  public:
    SyntaxParser(const std::string& text, const std::string& file, Tables kept)
        : text_(text), file_(file), kept_(kept) {}

    Syntax parse() {
        result_.library = statement(0, true);
        if (!result_.library.group || result_.library.name != "library")
            fail(result_.library.line, "expected library(name) {...}");
        skip();
        if (pos_ < text_.size()) fail(line_, "text after the end of the library");
        return std::move(result_);
    }

  private:
    [[noreturn]] void fail(int line, const std::string& message) const {
        fail_at(file_, line, message);
    }

    /// Over blanks, comments and continued lines; newlines only with `newlines`.
    void skip(bool newlines = true) {
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (c == '\\' && continued()) continue;
            if (c == '\n' && !newlines) return;
            if (blank(c)) {
                advance();
            } else if (text_.compare(pos_, 2, "/*") == 0) {
                const int begin = line_;
                const std::size_t end = text_.find("*/", pos_ + 2);
                if (end == std::string::npos) fail(begin, "comment without an end");
                while (pos_ < end + 2) advance();
            } else if (text_.compare(pos_, 2, "//") == 0) {
                while (pos_ < text_.size() && text_[pos_] != '\n') advance();
            } else {
                return;
            }
        }
    }

    /// Takes a backslash that stands at the end of a line, and the line's end.
    bool continued() {
        const std::size_t end = text_.find_first_not_of(" \t\r", pos_ + 1);
        if (end == std::string::npos || text_[end] != '\n') return false;
        while (pos_ <= end) advance();
        return true;
    }

    void advance() {
        if (text_[pos_++] == '\n') ++line_;
    }

    char peek() const { return pos_ < text_.size() ? text_[pos_] : '\0'; }

    /// A quoted string, or everything up to a character of `stop` or a blank.
    std::string word(std::string_view stop) {
        std::string result;
        if (peek() == '"') {
            const int begin = line_;
            for (advance(); peek() != '"';) {
                if (pos_ >= text_.size()) fail(begin, "string without an end");
                if (peek() == '\\' && continued()) continue;
                if (peek() != '\n' && peek() != '\r') result += peek();
                advance();
            }
            advance();
            return result;
        }
        while (pos_ < text_.size() && stop.find(peek()) == std::string_view::npos &&
               !blank(peek())) {
            result += peek();
            advance();
        }
        return result;
    }

    /// `keep`: with its arguments and its body.
    Statement statement(int depth, bool keep) {
        if (depth > kMaxDepth) fail(line_, "groups nested too deeply");
        skip();
        Statement s;
        s.line = line_;
        s.begin = pos_;
        s.name = word("(){}:;,\"");
        if (s.name.empty())
            fail(line_, pos_ < text_.size()
                            ? fmt::format("expected a name, found '{}'", text_[pos_])
                            : std::string("the file ends inside a group"));
        if (std::any_of(s.name.begin(), s.name.end(), [](char c) { return c < ' ' || c > '~'; }))
            fail(s.line, "not the text of a Liberty file");
        skip();
        if (peek() == ':') {
            advance();
            skip(false);
            s.args = {value()};
            s.end = pos_;
        } else if (peek() == '(') {
            advance();
            arguments(s, keep);
            s.end = pos_;
            skip();
            if (peek() == '{') group(s, depth, keep);
        } else {
            fail(s.line, fmt::format("expected ':' or '(' after '{}'", s.name));
        }
        skip();
        if (peek() == ';') advance();
        return s;
    }

    /// One string, or all words to the end of the attribute (`1.0 * VDD`) with a blank between
    /// them.
    std::string value() {
        const bool in_quotes = peek() == '"';
        const std::size_t begin = pos_;
        std::string result = word(";}");
        for (skip(false); pos_ < text_.size() && peek() != ';' && peek() != '}' && peek() != '\n';
             skip(false))
            result += " " + word(";}");
        // Yosys 0.23 reads `clear : !RN;` no further than its `!`.
        if (!in_quotes && !plain(result))
            result_.quoted.push_back({begin, pos_, '"' + result + '"'});
        return result;
    }

    void arguments(Statement& s, bool keep) {
        for (skip(); peek() != ')'; skip()) {
            if (pos_ >= text_.size() || peek() == '{' || peek() == ';')
                fail(s.line, fmt::format("'{}(' without its ')'", s.name));
            if (peek() == ',') {
                advance();
                continue;
            }
            std::string argument = word(",(){};");
            if (keep) s.args.push_back(std::move(argument));
            if (peek() == '(') fail(line_, fmt::format("'(' inside the arguments of '{}'", s.name));
        }
        advance();
    }

    void group(Statement& s, int depth, bool keep) {
        s.group = true;
        result_.delays = result_.delays || s.name == "cell_rise";
        result_.power = result_.power || s.name == "internal_power";
        const bool keep_body = keep && !is_table(s.name, kept_);
        advance();
        for (skip(); peek() != '}'; skip()) {
            if (pos_ >= text_.size())
                fail(s.line, fmt::format("the file ends inside '{}' that begins here", s.name));
            if (peek() == ';') {
                advance();
                continue;
            }
            Statement inner = statement(depth + 1, keep_body);
            if (keep_body) s.body.push_back(std::move(inner));
        }
        advance();
        s.end = pos_;
        if (is_power(s.name)) result_.no_power.push_back({s.begin, s.end, ""});
    }

    const std::string& text_;
    const std::string& file_;
    const Tables kept_;
    Syntax result_;
    std::size_t pos_ = 0;
    int line_ = 1;
};

}  // namespace

Syntax parse_syntax(const std::string& text, const std::string& file, Tables kept) {
    return SyntaxParser(text, file, kept).parse();
}

void fail_at(const std::string& file, int line, const std::string& message) {
    throw base::Error(fmt::format("{}:{}: error: {}", file, line, message));
}

std::string first_arg(const Statement& s) { return s.args.empty() ? std::string() : s.args[0]; }

std::string attribute(const Statement& group, const std::string& name) {
    for (const Statement& s : group.body)
        if (s.name == name && !s.group) return first_arg(s);
    return {};
}

}  // namespace synth
