// SPDX-License-Identifier: Apache-2.0
/// One reader for each kind of value. A reader returns nothing when it has reported a finding.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <regex>

#include "decimal.hpp"
#include "generator/yaml_text.hpp"
#include "load_steps.hpp"

namespace generator {

namespace {

using Kind = YamlNode::Kind;
using Read = std::optional<Value>;

std::string mismatch(std::string_view found, std::string_view expected) {
    return fmt::format("found {}; expected {}", found, expected);
}

bool is_plain_scalar(const YamlNode& node) {
    return node.kind == Kind::scalar && node.plain && node.tag.empty();
}

/// A quoted scalar, or a plain one that is neither a number nor a boolean.
bool is_string(const YamlNode& node) {
    if (node.kind != Kind::scalar || !node.tag.empty()) return false;
    return !node.plain || scalar_type(node.text) == "a string";
}

Read wrong_type(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    std::string expected = expected_text(spec);
    if (is_plain_scalar(node) && !is_integer(node.text) && scalar_type(node.text) == "an integer") {
        expected += ", in plain decimal digits";
    }
    loading.error(spec.path, mismatch(describe(node), expected));
    return std::nullopt;
}

std::optional<std::int64_t> to_integer(std::string_view text, std::int64_t min, std::int64_t max) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = status == std::errc() && end == text.data() + text.size();
    return good && number >= min && number <= max ? std::optional(number) : std::nullopt;
}

Read read_integer(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (!is_plain_scalar(node) || !is_integer(node.text)) return wrong_type(spec, node, loading);
    const auto number = to_integer(node.text, spec.min, spec.max);
    if (!number) {
        loading.error(spec.path, mismatch(escape(node.text), expected_text(spec)));
        return std::nullopt;
    }
    return *number;
}

Read read_integer_or_auto(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (is_string(node) && node.text == "auto") return AutoValue{};
    return read_integer(spec, node, loading);
}

Read read_boolean(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (is_plain_scalar(node) && node.text == "true") return true;
    if (is_plain_scalar(node) && node.text == "false") return false;
    if (is_plain_scalar(node) && scalar_type(node.text) == "a boolean") {
        loading.error(spec.path, mismatch(node.text, expected_text(spec) + ", in lower case"));
        return std::nullopt;
    }
    return wrong_type(spec, node, loading);
}

Read read_choice(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (!is_string(node)) return wrong_type(spec, node, loading);
    if (std::ranges::find(spec.choices, node.text) != spec.choices.end()) return node.text;
    loading.error(spec.path, mismatch(quote(node.text), expected_text(spec)));
    return std::nullopt;
}

Read read_rational(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    static const std::regex form("([1-9][0-9]{0,4})/([1-9][0-9]{0,4})");
    if (is_plain_scalar(node) && is_integer(node.text)) {
        const Read number = read_integer(spec, node, loading);
        if (!number) return std::nullopt;
        return Rational{static_cast<int>(std::get<std::int64_t>(*number)), 1};
    }
    if (!is_string(node)) return wrong_type(spec, node, loading);
    std::smatch parts;
    if (node.text.size() < 16 && std::regex_match(node.text, parts, form)) {
        const auto num = to_integer(parts[1].str(), spec.min, spec.max);
        const auto den = to_integer(parts[2].str(), 1, 65535);
        if (num && den) return Rational{static_cast<int>(*num), static_cast<int>(*den)};
    }
    loading.error(spec.path, mismatch(quote(node.text), expected_text(spec)));
    return std::nullopt;
}

Read read_name(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (!is_string(node)) return wrong_type(spec, node, loading);
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    const std::string& name = node.text;
    std::string reason;
    if (name.empty() || name[0] < 'a' || name[0] > 'z' || !std::ranges::all_of(name, is_word)) {
        loading.error(spec.path, mismatch(quote(name), expected_text(spec)));
        return std::nullopt;
    }
    if (name.size() > static_cast<std::size_t>(spec.max)) {
        const std::string found = fmt::format("{} of {} characters", quote(name), name.size());
        loading.error(spec.path, mismatch(found, expected_text(spec)));
        return std::nullopt;
    }
    if (reason = reserved_name_reason(name); !reason.empty()) {
        loading.error(spec.path, mismatch(fmt::format("{}, {}", quote(name), reason),
                                          "a name that is not taken"));
        return std::nullopt;
    }
    return name;
}

std::optional<std::int64_t> field_integer(const YamlNode& node) {
    const bool good = is_plain_scalar(node) && is_integer(node.text);
    return good ? to_integer(node.text, INT32_MIN, INT32_MAX) : std::nullopt;
}

bool check_list(const FieldSpec& field, const std::string& path,
                const std::vector<std::int64_t>& list, Loading& loading) {
    const std::string found = fmt::format("[{}]", fmt::join(list, ", "));
    const auto in_range = [&](std::int64_t v) { return v >= field.min && v <= field.max; };
    const bool near = std::ranges::all_of(list, in_range);
    const bool ordered =
        !field.descending || std::ranges::adjacent_find(list, std::less_equal<>()) == list.end();
    if (!near) {
        const auto range = fmt::format("{} from {} to {}", field.noun, field.min, field.max);
        loading.error(path, mismatch(found, range));
    }
    if (!ordered) {
        const auto order = fmt::format("distinct {} in descending order", field.noun);
        loading.error(path, mismatch(found, order));
    }
    return near && ordered;
}

using Integers = std::optional<std::vector<std::int64_t>>;

Integers read_list_field(const FieldSpec& field, const std::string& path, const YamlNode& node,
                         Loading& loading) {
    const std::string expected = fmt::format("a list of {} integers, {}", field.count, field.order);
    if (node.kind != Kind::list || node.children.size() != field.count) {
        const std::string found = node.kind == Kind::list
                                      ? fmt::format("a list of {}", node.children.size())
                                      : describe(node);
        loading.error(path, mismatch(found, expected));
        return std::nullopt;
    }
    std::vector<std::int64_t> list;
    for (const YamlNode& item : node.children) {
        const auto number = field_integer(item);
        if (!number) {
            loading.error(position_of(item), path, mismatch(describe(item), expected));
            return std::nullopt;
        }
        list.push_back(*number);
    }
    return check_list(field, path, list, loading) ? Integers(list) : std::nullopt;
}

Integers read_single_field(const FieldSpec& field, const std::string& path, const YamlNode& node,
                           Loading& loading) {
    const std::string expected = fmt::format("one of {}", fmt::join(field.choices, ", "));
    const auto number = field_integer(node);
    if (!number) {
        loading.error(path, mismatch(describe(node), "an integer: " + expected));
        return std::nullopt;
    }
    if (std::ranges::find(field.choices, *number) != field.choices.end()) return {{*number}};
    loading.error(path, mismatch(std::to_string(*number), expected));
    return std::nullopt;
}

/// All entries are read, whatever is wrong with one of them.
Read read_map(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    std::vector<std::string_view> names;
    for (const FieldSpec& field : spec.fields) names.push_back(field.name);
    std::map<std::string_view, Integers> found;
    bool good = true;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const YamlNode& key = node.children[i];
        const YamlNode& item = node.children[i + 1];
        const std::string path = fmt::format("{}.{}", spec.path, escape(key.text));
        const bool word = key.kind == Kind::scalar && key.tag.empty();
        const auto field = std::ranges::find(spec.fields, key.text, &FieldSpec::name);
        if (!word || field == spec.fields.end()) {
            loading.error(position_of(key), word ? path : std::string(spec.path),
                          mismatch(word ? "an unknown key" : describe(key),
                                   fmt::format("{}", fmt::join(names, " and "))));
            good = false;
        } else if (found.contains(field->name)) {
            loading.error(position_of(key), path, "found a second time; expected it once");
            good = false;
        } else {
            loading.positions[path] = position_of(item.kind == Kind::null ? key : item);
            found[field->name] = field->count > 0 ? read_list_field(*field, path, item, loading)
                                                  : read_single_field(*field, path, item, loading);
        }
    }
    ChoiceOrMap value;
    for (const FieldSpec& field : spec.fields) {
        const auto entry = found.find(field.name);
        if (entry == found.end()) {
            loading.error(fmt::format("{}.{}", spec.path, field.name),
                          mismatch("no such key", fmt::format("a map {}", spec.form)));
        }
        good &= entry != found.end() && entry->second.has_value();
        if (good) {
            value.fields.push_back({std::string(field.name), *entry->second, field.count > 0});
        }
    }
    return good ? Read(value) : std::nullopt;
}

Read read_choice_or_map(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (node.kind == Kind::map && node.tag.empty()) return read_map(spec, node, loading);
    const Read choice = read_choice(spec, node, loading);
    if (!choice) return std::nullopt;
    return ChoiceOrMap{.choice = std::get<std::string>(*choice), .fields = {}};
}

/// The range is that of the number as it is written.
Read read_decimal(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (!is_plain_scalar(node)) return wrong_type(spec, node, loading);
    const auto number = DecimalText::parse(node.text);
    if (!number) return wrong_type(spec, node, loading);
    if (number->negative() || !number->at_most(spec.most)) {
        loading.error(spec.path, mismatch(escape(node.text), expected_text(spec)));
        return std::nullopt;
    }
    return Decimal{number->nearest(spec.fraction_bits), spec.fraction_bits};
}

Read read_value(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    using Reader = Read (*)(const KeySpec&, const YamlNode&, Loading&);
    // In the order of KeyKind.
    static constexpr std::array<Reader, 8> readers = {
        read_integer, read_integer_or_auto, read_boolean, read_choice, read_rational,
        read_name,    read_choice_or_map,   read_decimal};
    return readers[static_cast<std::size_t>(spec.kind)](spec, node, loading);
}

}  // namespace

Values read_values(const std::vector<const KeySpec*>& keys, Loading& loading) {
    Values values;
    for (const KeySpec* spec : keys) {
        const auto entry = loading.entries.find(spec->path);
        const std::string_view section = spec->path.substr(0, spec->path.find('.'));
        if (entry != loading.entries.end()) {
            if (Read value = read_value(*spec, entry->second.value, loading)) {
                values.emplace(spec->path, std::move(*value));
            } else {
                loading.broken.emplace(spec->path);
            }
        } else if (loading.broken.contains(spec->path) || loading.broken.contains(section)) {
            loading.broken.emplace(spec->path);
        } else if (spec->fallback) {
            values.emplace(spec->path, *spec->fallback);
        } else if (spec->derived.empty()) {
            loading.error(spec->path, mismatch("no such key", expected_text(*spec)));
            loading.broken.emplace(spec->path);
        }
    }
    return values;
}

}  // namespace generator
