// SPDX-License-Identifier: Apache-2.0
/// From the YAML tree to one entry for each key path, and back to positions for messages.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/findings.hpp"
#include "generator/yaml_text.hpp"
#include "load_steps.hpp"

namespace generator {

namespace {

using Kind = YamlNode::Kind;

/// Section names of all schemes' tables.
const std::set<std::string, std::less<>>& section_names() {
    static const auto names = [] {
        std::set<std::string, std::less<>> all;
        for (const auto& scheme : schemes()) {
            for (const KeySpec* k : keys_of(*scheme)) {
                const auto dot = k->path.find('.');
                if (dot != std::string_view::npos) all.emplace(k->path.substr(0, dot));
            }
        }
        return all;
    }();
    return names;
}

/// Key paths of a section in any scheme, for a message.
std::string section_keys(std::string_view section) {
    std::vector<std::string_view> keys;
    const std::string prefix = fmt::format("{}.", section);
    for (const auto& scheme : schemes()) {
        for (const KeySpec* k : keys_of(*scheme)) {
            if (!k->path.starts_with(prefix)) continue;
            const std::string_view key = k->path.substr(prefix.size());
            if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
        }
    }
    return fmt::format("{}", fmt::join(keys, ", "));
}

/// The text of a key, or false with a finding.
bool read_key(const YamlNode& key, const std::string& prefix, Loading& loading, std::string& name) {
    if (key.kind != Kind::scalar || !key.tag.empty()) {
        loading.error(position_of(key), prefix,
                      fmt::format("found {} as a key; expected a word", describe(key)));
        return false;
    }
    if (key.plain && key.text == "<<") {
        loading.error(position_of(key), prefix,
                      "found a merge key (<<); expected the keys written out");
        return false;
    }
    name = key.text;
    return true;
}

void add_entry(std::string path, const YamlNode& key, const YamlNode& value, Loading& loading) {
    const Position at = position_of(key);
    Entry entry{at, value, value.kind == Kind::null ? at : position_of(value)};
    const auto [it, fresh] = loading.entries.try_emplace(std::move(path), std::move(entry));
    if (!fresh) {
        loading.error(at, it->first,
                      fmt::format("found a second time (first in line {}); expected it once",
                                  it->second.key.line));
    }
}

void read_section(const std::string& section, const YamlNode& key, const YamlNode& value,
                  Loading& loading) {
    const auto [first, fresh] = loading.sections.try_emplace(section, position_of(key));
    if (!fresh) {
        loading.error(position_of(key), section,
                      fmt::format("found a second time (first in line {}); expected it once",
                                  first->second.line));
    }
    if (value.kind != Kind::map) {
        loading.error(position_of(value.kind == Kind::null ? key : value), section,
                      fmt::format("found {}; expected a map with keys of {}", describe(value),
                                  section_keys(section)));
        loading.broken.insert(section);
        return;
    }
    for (std::size_t i = 0; i + 1 < value.children.size(); i += 2) {
        std::string name;
        if (!read_key(value.children[i], section, loading, name)) continue;
        add_entry(fmt::format("{}.{}", section, name), value.children[i], value.children[i + 1],
                  loading);
    }
}

void clear_positions(YamlNode& node) {
    node.line = 0;
    node.column = 0;
    for (YamlNode& child : node.children) clear_positions(child);
}

}  // namespace

Position position_of(const YamlNode& node) { return {node.line, node.column}; }

void read_entries(const YamlNode& root, Loading& loading) {
    if (root.kind == Kind::null) return;
    if (root.kind != Kind::map) {
        throw YamlError{root.line, root.column,
                        fmt::format("found {}; expected a map of keys", describe(root))};
    }
    for (std::size_t i = 0; i + 1 < root.children.size(); i += 2) {
        const YamlNode& key = root.children[i];
        const YamlNode& value = root.children[i + 1];
        std::string name;
        if (!read_key(key, "", loading, name)) continue;
        if (name.find('.') != std::string::npos) {
            loading.error(position_of(key), escape(name),
                          "found a key with a dot; expected a section that holds the key");
            loading.broken.insert(name);
        } else if (section_names().contains(name)) {
            read_section(name, key, value, loading);
        } else {
            add_entry(name, key, value, loading);
        }
    }
}

void read_overrides(const std::vector<Override>& overrides, Loading& loading) {
    for (const Override& o : overrides) {
        loading.entries.erase(o.path);
        loading.broken.insert(o.path);
        if (section_names().contains(o.path)) {
            loading.error(
                in_override, escape(o.path),
                fmt::format("found a section; expected one of its keys: {}", section_keys(o.path)));
            continue;
        }
        try {
            YamlNode value = parse_yaml(o.value);
            clear_positions(value);
            loading.entries[o.path] = {in_override, std::move(value), in_override};
            loading.broken.erase(o.path);
        } catch (const YamlError& e) {
            loading.error(in_override, escape(o.path), e.message);
        }
    }
}

void Loading::error(Position at, std::string_view path, std::string message) {
    findings_.push_back({file_, at.line, at.column, std::string(path), std::move(message)});
}

void Loading::error(std::string_view path, std::string message) {
    Position at;
    const std::string_view section = path.substr(0, std::min(path.find('.'), path.size()));
    if (const auto s = sections.find(section); s != sections.end()) at = s->second;
    for (std::string_view p = path;; p = p.substr(0, p.rfind('.'))) {
        if (const auto exact = positions.find(p); exact != positions.end()) {
            at = exact->second;
            break;
        }
        if (const auto entry = entries.find(p); entry != entries.end()) {
            at = entry->second.value_position;
            break;
        }
        if (p.find('.') == std::string_view::npos) break;
    }
    error(at, path, std::move(message));
}

void Loading::finish() {
    if (findings_.empty()) return;
    std::ranges::stable_sort(findings_, {}, [](const base::Diagnostic& d) {
        return std::tuple(d.line == 0, d.line, d.column);
    });
    throw base::FindingsError(findings_);
}

}  // namespace generator
