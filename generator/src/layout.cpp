// SPDX-License-Identifier: Apache-2.0
/// Columns of declarations and breaks of lines, so that templates need not know how long a name or
/// a width is.
#include <algorithm>
#include <optional>
#include <regex>
#include <vector>

#include "render_parts.hpp"

namespace generator {

namespace {

/// A declaration in its columns, as `pattern` tells them apart.
using Row = std::vector<std::string>;

struct Declaration {
    std::regex pattern;  ///< of a line; its groups are the columns
};

/// Ports: direction and type, width, name. Numbers of a package: type, name, value, remark.
const std::vector<Declaration>& kinds() {
    static const std::vector<Declaration> list = {
        {std::regex(
            R"(^(  (?:input  wire logic|output logic))(?: (\[[^\]]*\]))? (\w+(?:,|$).*)$)")},
        {std::regex(R"(^(  localparam (?:int unsigned|int|bit)) (\w+) (= [^;]*;)(?:  (//.*))?$)")},
    };
    return list;
}

bool is_comment(const std::string& line) {
    return line.find("//") != std::string::npos && line.find_first_not_of(' ') == line.find("//");
}

std::optional<Row> row_of(const Declaration& kind, const std::string& line) {
    std::smatch match;
    if (!std::regex_match(line, match, kind.pattern)) return {};
    return Row(match.begin() + 1, match.end());
}

std::string joined(const Row& row, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        line += row[i];
        if (widths[i] > 0) line += std::string(widths[i] - row[i].size() + 1, ' ');
    }
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

/// Lines from `first` on that belong together: declarations of the kind, comments between them.
std::size_t group_end(const Declaration& kind, const std::vector<std::string>& lines,
                      std::size_t first) {
    std::size_t end = first;
    while (end < lines.size() && (row_of(kind, lines[end]) || is_comment(lines[end]))) ++end;
    return end;
}

void align(const Declaration& kind, std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t end = group_end(kind, lines, i);
        std::vector<std::size_t> widths;
        for (std::size_t l = i; l < end; ++l) {
            const auto row = row_of(kind, lines[l]);
            if (!row) continue;
            widths.resize(row->size());
            for (std::size_t c = 0; c < row->size(); ++c)
                widths[c] = std::max(widths[c], (*row)[c].size());
        }
        for (std::size_t l = i; l < end; ++l) {
            if (const auto row = row_of(kind, lines[l])) lines[l] = joined(*row, widths);
        }
        i = std::max(i, end);
    }
}

constexpr std::size_t most_columns = 100;

/// What a comment begins with, its hanging blanks included: "  //   ".
std::string comment_head(const std::string& line) {
    const std::size_t mark = line.find("//");
    const std::size_t text = line.find_first_not_of(' ', mark + 2);
    return text == std::string::npos ? line : line.substr(0, text);
}

/// A comment that is too long hands its last words on to the next line of the same paragraph, or to
/// one of its own.
void wrap_comment(std::vector<std::string>& lines, std::size_t at) {
    const std::string head = comment_head(lines[at]);
    const std::size_t cut = lines[at].rfind(' ', most_columns);
    if (cut == std::string::npos || cut < head.size()) return;  // one word
    const std::string rest = lines[at].substr(cut + 1);
    lines[at].erase(lines[at].find_last_not_of(' ', cut) + 1);
    const bool goes_on =
        at + 1 < lines.size() && is_comment(lines[at + 1]) && comment_head(lines[at + 1]) == head;
    if (goes_on) {
        lines[at + 1] = head + rest + " " + lines[at + 1].substr(head.size());
    } else {
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, head + rest);
    }
}

/// A declaration that is too long has its names on a line of their own.
void wrap_declaration(std::vector<std::string>& lines, std::size_t at) {
    static const std::regex signal(R"((  logic \[.*\]) (\w[\w, ]*;))");
    std::smatch match;
    const std::string line = lines[at];
    if (!std::regex_match(line, match, signal)) return;
    lines[at] = match[1];
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, "      " + match[2].str());
}

/// Bytes are columns: a template that needs another character than ASCII keeps its lines short.
void wrap(std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].size() <= most_columns) continue;
        if (is_comment(lines[i])) {
            wrap_comment(lines, i);
        } else {
            wrap_declaration(lines, i);
        }
    }
}

}  // namespace

std::string align_declarations(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    for (const Declaration& kind : kinds()) align(kind, lines);
    wrap(lines);
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

}  // namespace generator
