#include "synth/liberty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.hpp"

namespace synth {
namespace {

using base::Error;

/// `name : value;`, `name(a, b);` or `name(a, b) {...}`.
struct Statement {
    std::string name;
    std::vector<std::string> args;  ///< of a group or complex attribute; the value of a simple one
    bool group = false;
    std::vector<Statement> body;
    int line = 0;
};

class Parser {
  public:
    Parser(const std::string& text, const std::string& file) : text_(text), file_(file) {}

    Statement library() {
        Statement top = statement(0);
        if (!top.group || top.name != "library") fail(top.line, "expected library(name) {...}");
        skip();
        if (pos_ < text_.size()) fail(line_, "text after the end of the library");
        return top;
    }

    [[noreturn]] void fail(int line, const std::string& message) const {
        throw base::Error(fmt::format("{}:{}: error: {}", file_, line, message));
    }

  private:
    static constexpr int kMaxDepth = 32;

    /// Over blanks, comments and continued lines; newlines only with `newlines`.
    void skip(bool newlines = true) {
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (c == '\\' && continued()) continue;
            if (c == '\n' && !newlines) return;
            if (std::isspace(static_cast<unsigned char>(c)) != 0) {
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
               std::isspace(static_cast<unsigned char>(peek())) == 0) {
            result += peek();
            advance();
        }
        return result;
    }

    Statement statement(int depth) {
        if (depth > kMaxDepth) fail(line_, "groups nested too deeply");
        skip();
        Statement s;
        s.line = line_;
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
        } else if (peek() == '(') {
            advance();
            arguments(s);
            skip();
            if (peek() == '{') body(s, depth);
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
        std::string result = word(";}");
        for (skip(false); pos_ < text_.size() && peek() != ';' && peek() != '}' && peek() != '\n';
             skip(false))
            result += " " + word(";}");
        return result;
    }

    void arguments(Statement& s) {
        for (skip(); peek() != ')'; skip()) {
            if (pos_ >= text_.size() || peek() == '{' || peek() == ';')
                fail(s.line, fmt::format("'{}(' without its ')'", s.name));
            if (peek() == ',') {
                advance();
                continue;
            }
            s.args.push_back(word(",(){};"));
            if (peek() == '(') fail(line_, fmt::format("'(' inside the arguments of '{}'", s.name));
        }
        advance();
    }

    void body(Statement& s, int depth) {
        s.group = true;
        advance();
        for (skip(); peek() != '}'; skip()) {
            if (pos_ >= text_.size())
                fail(s.line, fmt::format("the file ends inside '{}' that begins here", s.name));
            if (peek() == ';') {
                advance();
                continue;
            }
            s.body.push_back(statement(depth + 1));
        }
        advance();
    }

    const std::string& text_;
    const std::string& file_;
    std::size_t pos_ = 0;
    int line_ = 1;
};

std::string first_arg(const Statement& s) { return s.args.empty() ? std::string() : s.args[0]; }

std::string attribute(const Statement& group, const std::string& name) {
    for (const Statement& s : group.body)
        if (s.name == name && !s.group) return first_arg(s);
    return {};
}

bool has_group(const Statement& s, const std::string& name) {
    return s.name == name || std::any_of(s.body.begin(), s.body.end(),
                                         [&](const Statement& t) { return has_group(t, name); });
}

LibertyPin to_pin(const Parser& parser, const Statement& s, const std::string& name) {
    const std::map<std::string, LibertyPin::Direction> directions = {
        {"input", LibertyPin::Direction::input},
        {"output", LibertyPin::Direction::output},
        {"inout", LibertyPin::Direction::inout},
        {"internal", LibertyPin::Direction::internal}};
    const std::string direction = attribute(s, "direction");
    const auto known = directions.find(direction);
    if (known == directions.end())
        parser.fail(s.line, fmt::format("pin {}: direction '{}' is none of input, output, inout, "
                                        "internal",
                                        name, direction));
    return {name, known->second, attribute(s, "function"), attribute(s, "three_state"), s.line};
}

LibertyFf to_ff(const Parser& parser, const Statement& s) {
    if (s.args.size() != 2) parser.fail(s.line, "ff needs the names of both its outputs");
    LibertyFf ff{s.args[0],
                 s.args[1],
                 attribute(s, "next_state"),
                 attribute(s, "clocked_on"),
                 attribute(s, "clear"),
                 attribute(s, "preset")};
    if (ff.next_state.empty() || ff.clocked_on.empty())
        parser.fail(s.line, "ff without next_state or clocked_on");
    if (const std::string both = attribute(s, "clear_preset_var1"); !both.empty())
        ff.both = both[0];
    return ff;
}

double to_area(const Parser& parser, const Statement& cell, const std::string& name) {
    const std::string text = attribute(cell, "area");
    if (text.empty()) parser.fail(cell.line, fmt::format("cell {} has no area", name));
    double area = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), area);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(area) ||
        area < 0)
        parser.fail(cell.line,
                    fmt::format("cell {}: area '{}' is no number of at least 0", name, text));
    return area;
}

LibertyCell to_cell(const Parser& parser, const Statement& s) {
    LibertyCell cell;
    cell.name = first_arg(s);
    cell.line = s.line;
    if (cell.name.empty()) parser.fail(s.line, "cell without a name");
    cell.area = to_area(parser, s, cell.name);
    for (const Statement& part : s.body) {
        if (!part.group) continue;
        if (part.name == "pin") {
            for (const std::string& name : part.args) {
                if (std::any_of(cell.pins.begin(), cell.pins.end(),
                                [&](const LibertyPin& p) { return p.name == name; }))
                    parser.fail(part.line,
                                fmt::format("cell {}: pin {} is there twice", cell.name, name));
                cell.pins.push_back(to_pin(parser, part, name));
            }
        } else if (part.name == "ff") {
            if (cell.ff) cell.unsupported = "two ff groups";
            cell.ff = to_ff(parser, part);
        } else if (part.name == "latch" || part.name == "latch_bank") {
            cell.latch = true;
        } else if (part.name == "bus" || part.name == "bundle" || part.name == "ff_bank" ||
                   part.name == "statetable") {
            cell.unsupported = part.name + " group";
        }
    }
    return cell;
}

}  // namespace

Library parse_liberty(const std::string& text, const std::string& file) {
    Parser parser(text, file);
    const Statement top = parser.library();
    Library library{file, first_arg(top), {}, false};
    for (const Statement& s : top.body) {
        if (s.name != "cell" || !s.group) continue;
        LibertyCell cell = to_cell(parser, s);
        library.delays = library.delays || has_group(s, "cell_rise");
        const std::string name = cell.name;
        if (!library.cells.emplace(name, std::move(cell)).second)
            parser.fail(s.line, fmt::format("cell {} is there twice", name));
    }
    if (library.cells.empty()) parser.fail(top.line, "a library without cells");
    return library;
}

Library read_liberty(const std::string& file) {
    std::error_code ec;
    if (std::filesystem::is_directory(file, ec))
        throw base::Error(fmt::format("{}: is a folder", file));
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in || in.bad()) throw base::Error(fmt::format("{}: cannot be read", file));
    return parse_liberty(text, file);
}

}  // namespace synth
