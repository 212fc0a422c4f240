// SPDX-License-Identifier: Apache-2.0
#include "taken_names.hpp"

#include <fmt/format.h>

#include <algorithm>
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
    return std::ranges::any_of(resource_names(""), [&](std::string_view path) {
        return resource(path).find(name) != std::string_view::npos;
    });
}

using Words = std::set<std::string, std::less<>>;

bool is_derived(std::string_view word) { return word.find(stand_in) != word.npos; }

/// `word` as it is with `name` in the place of the stand-in.
std::string with_name(std::string word, const std::string& name) {
    return word.replace(word.find(stand_in), stand_in.size(), name);
}

/// Words, those that have the stand-in among them, that are one another's with `name` in its place.
std::string first_clash(const Words& words, const std::string& name) {
    for (const std::string& word : words) {
        if (!is_derived(word)) continue;
        if (std::string own = with_name(word, name); words.contains(own)) return own;
    }
    return "";
}

/// What one file declares or uses; and what no two files may have: paths, modules, packages.
struct Names {
    std::vector<Words> by_file;
    Words paths, modules;
};

Names names_of(const Design& design) {
    Names names;
    for (const base::OutFile& file : render(design)) {
        names.paths.insert(file.path);
        if (!file.path.ends_with(".sv")) continue;
        const std::vector<std::string_view> words = words_of(file.contents);
        names.by_file.emplace_back(words.begin(), words.end());
        for (std::size_t i = 0; i + 1 < words.size(); ++i)
            if (words[i] == "module" || words[i] == "package") names.modules.emplace(words[i + 1]);
    }
    return names;
}

}  // namespace

std::string taken_name_reason(const Design& design) {
    const std::string& name = design.config.name;
    if (!is_in_templates(name)) return "";
    Config config = design.config;
    config.name = stand_in;
    const Names names = names_of(elaborate(config));
    for (const Words* words : {&names.modules, &names.paths}) {
        if (const std::string taken = first_clash(*words, name); !taken.empty())
            return fmt::format("whose {} the generated files have", taken);
    }
    for (const Words& words : names.by_file) {
        const std::string taken = first_clash(words, name);
        if (taken == name) return "which a port, a net or an instance of the top module has";
        if (!taken.empty()) return fmt::format("whose {} the generated files have", taken);
    }
    return "";
}

}  // namespace generator
