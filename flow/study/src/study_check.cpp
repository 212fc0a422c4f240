// SPDX-License-Identifier: Apache-2.0
#include "study_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "axis_values.hpp"
#include "generator/yaml_text.hpp"
#include "study/columns.hpp"
#include "study/condition.hpp"
#include "study_keys.hpp"

namespace study {

namespace {

using generator::YamlNode;
using Kind = YamlNode::Kind;

class Checker {
  public:
    Checker(const std::string& file, base::Findings& findings) : file_(file), findings_(findings) {}

    /// A map with the keys of a section.
    void section(const YamlNode& node, std::string_view name, const std::string& path) {
        if (node.kind != Kind::map) return expect(node, path, "a map of " + names(name));
        each(node, path, [&](const YamlNode& key, const YamlNode& value, const std::string& at) {
            const StudyKey* known = find(name, key.text);
            if (!known)
                return error(key, at, "found an unknown key; expected one of " + names(name));
            form(value.kind == Kind::null ? key : value, value, *known, at);
        });
        for (const StudyKey& key : study_keys()) {
            if (key.section != name || !key.required || find_key(node, key.name)) continue;
            error(node, join(path, std::string(key.name)), "missing");
        }
    }

  private:
    static std::string join(const std::string& path, const std::string& key) {
        return path.empty() ? key : path + "." + key;
    }

    static const StudyKey* find(std::string_view section, std::string_view name) {
        for (const StudyKey& key : study_keys()) {
            if (key.section == section && key.name == name) return &key;
        }
        return nullptr;
    }

    static std::string names(std::string_view section) {
        std::string text;
        for (const StudyKey& key : study_keys()) {
            if (key.section != section) continue;
            text += (text.empty() ? "" : ", ") + std::string(key.name);
        }
        return text;
    }

    void error(const YamlNode& at, const std::string& path, const std::string& message) {
        ++count_;
        findings_.add({file_, at.line, at.column, path, message});
    }
    void expect(const YamlNode& at, const std::string& path, const std::string& what) {
        error(at, path, fmt::format("found {}; expected {}", generator::describe(at), what));
    }

    template <class Visit>
    void each(const YamlNode& map, const std::string& path, Visit visit) {
        std::vector<std::string> seen;
        for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
            const YamlNode& key = map.children[i];
            if (key.kind != Kind::scalar || !key.tag.empty() || key.text.empty()) {
                expect(key, path, "a word as a key");
                continue;
            }
            const std::string at = join(path, generator::escape(key.text));
            if (std::ranges::find(seen, key.text) != seen.end()) {
                error(key, at, "found a second time; expected it once");
                continue;
            }
            seen.push_back(key.text);
            visit(key, map.children[i + 1], at);
        }
    }

    bool text(const YamlNode& at, const YamlNode& node, const std::string& path) {
        if (node.kind == Kind::scalar && node.tag.empty() && !node.text.empty()) return true;
        report(at, node, path, "a text");
        return false;
    }

    void report(const YamlNode& at, const YamlNode& node, const std::string& path,
                const std::string& what) {
        error(at, path, fmt::format("found {}; expected {}", generator::describe(node), what));
    }

    void column(const YamlNode& at, const YamlNode& node, const std::string& path) {
        if (!text(at, node, path) || find_column(node.text)) return;
        unknown_column(node, node.text, path);
    }

    void unknown_column(const YamlNode& at, const std::string& name, const std::string& path) {
        std::string known;
        for (const Column& c : columns()) known += c.name + ", ";
        error(at, path,
              fmt::format("found {}; expected one of {}stat.NAME", generator::quote(name), known));
    }

    /// A plain decimal number that a range can count.
    void number(const YamlNode& at, const YamlNode& node, const std::string& path) {
        const auto all_digits = [](std::string_view text) {
            return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
        };
        constexpr std::size_t longest = 9;
        std::string_view text = node.text;
        if (text.starts_with('-')) text.remove_prefix(1);
        const std::size_t point = std::min(text.find('.'), text.size());
        const bool plain = node.kind == Kind::scalar && node.plain && node.tag.empty();
        if (plain && point > 0 && point <= longest && text.size() <= point + longest &&
            all_digits(text.substr(0, point)) &&
            (point == text.size() ||
             (point + 1 < text.size() && all_digits(text.substr(point + 1)))))
            return;
        report(at, node, path, "a number of at most 9 digits before the point");
    }

    void range(const YamlNode& node, const std::string& path) {
        const std::size_t before = count_;
        section(node, "range", path);
        if (count_ != before) return;
        const std::string complaint = range_complaint(node);
        if (!complaint.empty()) error(node, path, complaint);
    }

    std::optional<Condition> condition(const YamlNode& node, const std::string& path) {
        if (!text(node, node, path)) return std::nullopt;
        const auto parsed = parse_condition(node.text);
        if (const auto* wrong = std::get_if<ConditionError>(&parsed)) {
            YamlNode place = node;
            place.column += static_cast<int>(wrong->offset) + (node.plain ? 0 : 1);
            error(place, path, wrong->message);
            return std::nullopt;
        }
        return std::get<Condition>(parsed);
    }

    void constraint(const YamlNode& node, const std::string& path) {
        const auto parsed = condition(node, path);
        if (!parsed) return;
        const Term &left = parsed->left, &right = parsed->right;
        if (left.number.has_value() == right.number.has_value())
            return error(node, path,
                         fmt::format("found {}; expected a column and a number",
                                     generator::quote(node.text)));
        figure(node, left.number ? right.text : left.text, path);
    }

    /// A column that is a figure of the row alone.
    void figure(const YamlNode& at, const std::string& name, const std::string& path) {
        const auto found = find_column(name);
        if (!found) return unknown_column(at, name, path);
        if (found->of_first)
            error(at, path,
                  fmt::format("found {}, which depends on a table's first row; expected a figure "
                              "of the row alone",
                              name));
    }

    void objectives(const YamlNode& at, const YamlNode& node, const std::string& path) {
        if (node.kind != Kind::map || node.children.empty())
            return report(at, node, path, "a map of columns, each with min or max");
        each(node, path, [&](const YamlNode& key, const YamlNode& value, const std::string& own) {
            figure(key, key.text, path);
            if (value.kind == Kind::scalar && (value.text == "min" || value.text == "max")) return;
            report(value.kind == Kind::null ? key : value, value, own, "min or max");
        });
    }

    template <class Item>
    void items(const YamlNode& at, const YamlNode& node, const std::string& path,
               const std::string& what, Item item) {
        if (node.kind != Kind::list || node.children.empty()) {
            const bool empty = node.kind == Kind::list;
            return empty ? error(at, path, "found an empty list; expected " + what)
                         : report(at, node, path, "a list of " + what + ", not empty");
        }
        for (const YamlNode& child : node.children) item(child);
    }

    void sections(const YamlNode& at, const YamlNode& node, const StudyKey& key,
                  const std::string& path) {
        items(at, node, path, "maps",
              [&](const YamlNode& item) { section(item, key.inner, path); });
    }

    /// Config keys; their values may be anything but twice the same.
    void settings(const YamlNode& at, const YamlNode& node, const std::string& path) {
        if (node.kind != Kind::map) return report(at, node, path, "a map of config keys");
        each(node, path, [&](const YamlNode& key, const YamlNode& value, const std::string& own) {
            if (value.kind == Kind::map) each(value, own, [](auto&&...) {});
            if (value.kind == Kind::null) report(key, value, own, "a value");
        });
    }

    void axes(const YamlNode& at, const YamlNode& node, const std::string& path, bool section) {
        if (node.kind != Kind::map) return report(at, node, path, "a map of config keys");
        if (section && node.children.empty())
            return error(at, path, "found an empty map; expected config keys");
        each(node, path, [&](const YamlNode& key, const YamlNode& value, const std::string& own) {
            if (!section && holds_axes(key, value)) return axes(key, value, own, true);
            if (value.kind == Kind::map) return range(value, own);
            items(value.kind == Kind::null ? key : value, value, own, "values", [](auto&&) {});
            if (const YamlNode* again = repeated(value)) error(*again, own, twice(*again));
        });
    }

    void form(const YamlNode& at, const YamlNode& node, const StudyKey& key,
              const std::string& path) {
        switch (key.form) {
            case Form::text:
            case Form::path:
                text(at, node, path);
                return;
            case Form::count:
                if (node.kind == Kind::scalar && node.plain && generator::is_integer(node.text) &&
                    node.text[0] != '-' && node.text != "0" && node.text.size() < 10)
                    return;
                return report(at, node, path, "an integer from 1 to 999999999");
            case Form::boolean:
                if (node.kind == Kind::scalar && node.plain &&
                    (node.text == "true" || node.text == "false"))
                    return;
                return report(at, node, path, "true or false");
            case Form::texts:
                return items(at, node, path, "texts",
                             [&](const YamlNode& item) { text(item, item, path); });
            case Form::column:
                return column(at, node, path);
            case Form::columns:
                return items(at, node, path, "columns",
                             [&](const YamlNode& item) { column(item, item, path); });
            case Form::number:
                return number(at, node, path);
            case Form::conditions:
                return items(at, node, path, "comparisons",
                             [&](const YamlNode& item) { condition(item, path); });
            case Form::constraints:
                return items(at, node, path, "comparisons",
                             [&](const YamlNode& item) { constraint(item, path); });
            case Form::objectives:
                return objectives(at, node, path);
            case Form::method:
                if (node.kind == Kind::scalar &&
                    (node.text == "grid" || node.text == "random" || node.text == "nsga2"))
                    return;
                return report(at, node, path, "grid, random or nsga2");
            case Form::settings:
                return settings(at, node, path);
            case Form::axes:
                return axes(at, node, path, false);
            case Form::paths:
                if (node.kind != Kind::map) return report(at, node, path, "names and paths");
                return each(
                    node, path,
                    [&](const YamlNode& name, const YamlNode& value, const std::string& own) {
                        text(value.kind == Kind::null ? name : value, value, own);
                    });
            case Form::map:
                return section(node.kind == Kind::null ? at : node, key.inner, path);
            case Form::map_or_list:
                if (node.kind == Kind::map) return section(node, key.inner, path);
                return sections(at, node, key, path);
            case Form::list:
                return sections(at, node, key, path);
        }
    }

    const std::string& file_;
    base::Findings& findings_;
    std::size_t count_ = 0;
};

}  // namespace

void check_study(const YamlNode& root, const std::string& file, base::Findings& findings) {
    Checker(file, findings).section(root, "study", "");
}

const YamlNode* find_key(const YamlNode& map, std::string_view key) {
    for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
        if (map.children[i].text == key) return &map.children[i + 1];
    }
    return nullptr;
}

}  // namespace study
