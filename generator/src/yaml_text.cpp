// SPDX-License-Identifier: Apache-2.0
#include "generator/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

#include "generator/yaml_tree.hpp"

namespace generator {

namespace {

constexpr std::size_t shown_bytes = 60;

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

/// Length of the UTF-8 sequence at the front of `text` (RFC 3629), 0 if it is none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xf5   ? 0
                               : lead >= 0xf0 ? 4
                               : lead >= 0xe0 ? 3
                               : lead >= 0xc2 ? 2
                                              : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
    const bool outside = (lead == 0xed && byte(1) >= 0xa0) || (lead == 0xf4 && byte(1) >= 0x90);
    return overlong || outside ? 0 : length;
}

}  // namespace

void check_text(std::string_view text) {
    if (text.size() > YamlLimits::bytes) {
        throw YamlError{1, 1,
                        fmt::format("found {} bytes; expected a config of at most {} bytes",
                                    text.size(), YamlLimits::bytes)};
    }
    YamlError at;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        const std::size_t length = utf8_length(text.substr(i, 4));
        if (length == 0) {
            throw YamlError{at.line, at.column,
                            fmt::format("found byte 0x{:02x}; expected UTF-8 text", c)};
        }
        if (is_control(c) && c != '\t' && c != '\n' && c != '\r') {
            throw YamlError{at.line, at.column,
                            fmt::format("found control character 0x{:02x}; expected text", c)};
        }
        at.line += c == '\n' ? 1 : 0;
        at.column = c == '\n' ? 1 : at.column + static_cast<int>(length);
        i += length;
    }
}

std::string quote(std::string_view text) { return '"' + escape(text) + '"'; }

std::string escape(std::string_view text) {
    std::string shown;
    std::size_t i = 0;
    while (i < text.size() && i < shown_bytes) {
        const auto c = static_cast<unsigned char>(text[i]);
        const std::size_t length = std::max<std::size_t>(utf8_length(text.substr(i, 4)), 1);
        const bool c1_control =
            c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (is_control(c) || c1_control || (c >= 0x80 && length == 1)) {
            for (std::size_t k = 0; k < length; ++k) {
                shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i + k]));
            }
        } else {
            if (c == '"' || c == '\\') shown += '\\';
            shown += text.substr(i, length);
        }
        i += length;
    }
    return shown + (i < text.size() ? "..." : "");
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view scalar_type(std::string_view text) {
    static constexpr std::array<std::string_view, 6> booleans = {"true",  "True",  "TRUE",
                                                                 "false", "False", "FALSE"};
    if (text.size() > shown_bytes) {
        return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) ? "an integer"
                                                                                      : "a string";
    }
    static const std::regex integer("[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+");
    static const std::regex decimal(
        R"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))");
    if (std::ranges::find(booleans, text) != booleans.end()) return "a boolean";
    const std::string s(text);
    if (std::regex_match(s, integer)) return "an integer";
    if (std::regex_match(s, decimal)) return "a decimal number";
    return "a string";
}

std::string describe(const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            return "nothing";
        case YamlNode::Kind::list:
            return "a list";
        case YamlNode::Kind::map:
            return "a map";
        case YamlNode::Kind::scalar:
            break;
    }
    if (!node.tag.empty()) return fmt::format("a value with the tag {}", quote(node.tag));
    if (!node.plain) return quote(node.text) + " (a string)";
    const std::string_view type = scalar_type(node.text);
    return fmt::format("{} ({})", type == "a string" ? quote(node.text) : escape(node.text), type);
}

}  // namespace generator
