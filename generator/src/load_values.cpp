/// One reader for each kind of value. A reader returns nothing when it has reported a finding.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <regex>

#include "load_steps.hpp"
#include "yaml_text.hpp"

namespace cimrtl {

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

constexpr int top_position = 7;
constexpr std::array<int, 5> pattern_ratios = {1, 2, 4, 8, 16};

bool check_base(const std::string& path, const std::vector<int>& base, Loading& loading) {
    const std::string found = fmt::format("[{}]", fmt::join(base, ", "));
    const auto in_range = [](int p) { return p >= 0 && p <= top_position; };
    const bool near = std::ranges::all_of(base, in_range);
    const bool descending = std::ranges::adjacent_find(base, std::less_equal<>()) == base.end();
    if (!near) {
        loading.error(path, mismatch(found, fmt::format("positions from 0 to {}", top_position)));
    }
    if (!descending) {
        loading.error(path, mismatch(found, "distinct positions in descending order"));
    }
    return near && descending;
}

/// The four positions of an explicit pattern.
bool read_base(const std::string& path, const YamlNode& node, Loading& loading,
               std::vector<int>& base) {
    const std::string expected = "a list of 4 integers, the most significant first";
    if (node.kind != Kind::list || node.children.size() != 4) {
        const std::string found = node.kind == Kind::list
                                      ? fmt::format("a list of {}", node.children.size())
                                      : describe(node);
        loading.error(path, mismatch(found, expected));
        return false;
    }
    for (const YamlNode& item : node.children) {
        const bool good = is_plain_scalar(item) && is_integer(item.text);
        const auto number = good ? to_integer(item.text, INT32_MIN, INT32_MAX) : std::nullopt;
        if (!number) {
            loading.error(position_of(item), path, mismatch(describe(item), expected));
            return false;
        }
        base.push_back(static_cast<int>(*number));
    }
    return check_base(path, base, loading);
}

bool read_ratio(const std::string& path, const YamlNode& node, Loading& loading, int& ratio) {
    const bool good = is_plain_scalar(node) && is_integer(node.text);
    const auto number = good ? to_integer(node.text, INT32_MIN, INT32_MAX) : std::nullopt;
    if (!number) {
        loading.error(path, mismatch(describe(node), "an integer: 1, 2, 4, 8 or 16"));
        return false;
    }
    ratio = static_cast<int>(*number);
    if (std::ranges::find(pattern_ratios, ratio) != pattern_ratios.end()) return true;
    const std::string ratios = fmt::format("one of {}", fmt::join(pattern_ratios, ", "));
    loading.error(path, mismatch(std::to_string(ratio), ratios));
    return false;
}

Read read_pattern_map(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    PatternValue value;
    std::set<std::string> seen;
    bool good = true;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const YamlNode& key = node.children[i];
        const YamlNode& item = node.children[i + 1];
        const std::string path = fmt::format("{}.{}", spec.path, escape(key.text));
        const bool word = key.kind == Kind::scalar && key.tag.empty();
        if (!word || (key.text != "base" && key.text != "ratio")) {
            loading.error(position_of(key), word ? path : std::string(spec.path),
                          mismatch(word ? "an unknown key" : describe(key), "base and ratio"));
            good = false;
        } else if (!seen.insert(key.text).second) {
            loading.error(position_of(key), path, "found a second time; expected it once");
            good = false;
        } else {
            loading.positions[path] = position_of(item.kind == Kind::null ? key : item);
            good &= key.text == "base" ? read_base(path, item, loading, value.base)
                                       : read_ratio(path, item, loading, value.ratio);
        }
    }
    for (const char* key : {"base", "ratio"}) {
        if (seen.contains(key)) continue;
        loading.error(fmt::format("{}.{}", spec.path, key),
                      mismatch("no such key", "a map {base: [p3, p2, p1, p0], ratio: n}"));
        good = false;
    }
    return good ? Read(value) : std::nullopt;
}

Read read_pattern(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    if (node.kind == Kind::map && node.tag.empty()) return read_pattern_map(spec, node, loading);
    if (!is_string(node)) return wrong_type(spec, node, loading);
    if (std::ranges::find(spec.choices, node.text) == spec.choices.end()) {
        loading.error(spec.path, mismatch(quote(node.text), expected_text(spec)));
        return std::nullopt;
    }
    return PatternValue{.named = node.text, .base = {}, .ratio = 1};
}

Read read_value(const KeySpec& spec, const YamlNode& node, Loading& loading) {
    using Reader = Read (*)(const KeySpec&, const YamlNode&, Loading&);
    // In the order of KeyKind.
    static constexpr std::array<Reader, 7> readers = {
        read_integer, read_integer_or_auto, read_boolean, read_choice, read_rational,
        read_name,    read_pattern};
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

}  // namespace cimrtl
