// SPDX-License-Identifier: Apache-2.0
#include "taken_names.hpp"

#include <fmt/format.h>

#include <cctype>
#include <set>
#include <vector>

#include "generator/render.hpp"
#include "generator/resources.hpp"

namespace generator {

namespace {

/// Begins no identifier of any file.
constexpr std::string_view stand_in = "zz_stand_in";

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Where a comment or a string that begins at `at` ends, or `at`.
std::size_t skip(std::string_view text, std::size_t at) {
    const auto after = [&](std::string_view end, std::size_t from) {
        const std::size_t found = text.find(end, from);
        return found == text.npos ? text.size() : found + end.size();
    };
    if (text.substr(at).starts_with("//")) return after("\n", at);
    if (text.substr(at).starts_with("/*")) return after("*/", at + 2);
    return text[at] == '"' ? after("\"", at + 1) : at;
}

/// Words of SystemVerilog text, in order, without comments, strings, numbers and `directives.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t next = skip(text, at); next != at) {
            at = next;
        } else if (is_word(text[at]) || text[at] == '`' || text[at] == '$' || text[at] == '\'') {
            const std::size_t begin = at++;
            while (at < text.size() && is_word(text[at])) ++at;
            if (std::islower(static_cast<unsigned char>(text[begin]))) {
                words.push_back(text.substr(begin, at - begin));
            }
        } else {
            ++at;
        }
    }
    return words;
}

/// Only then is it worth a rendering: hardly any name is a part of a word of the templates.
bool is_in_templates(std::string_view name) {
    for (const std::string_view path : resource_names("")) {
        if (resource(path).find(name) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

std::string taken_name_reason(const Design& design) {
    if (!is_in_templates(design.config.name)) return "";
    Config config = design.config;
    config.name = stand_in;
    std::set<std::string, std::less<>> names;
    for (const base::OutFile& file : render(elaborate(config))) {
        if (file.path != fmt::format("rtl/{}.sv", stand_in)) continue;
        for (const std::string_view word : words_of(file.contents)) names.emplace(word);
    }
    const std::string& name = design.config.name;
    if (names.contains(name)) return "which a port, a net or an instance of the top module has";
    for (const std::string& other : names) {
        if (!other.starts_with(stand_in)) continue;
        const std::string module = name + other.substr(stand_in.size());
        if (names.contains(module)) return fmt::format("whose {} the generated files have", module);
    }
    return "";
}

}  // namespace generator
