// SPDX-License-Identifier: Apache-2.0
#include "axis_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>

#include "study_check.hpp"

namespace study {

namespace {

using generator::YamlNode;
using Kind = YamlNode::Kind;

constexpr std::int64_t most_values = 10000;
constexpr int most_digits = 6;  // behind the point

/// A decimal number as an integer of 10^-digits.
struct Decimal {
    std::int64_t units = 0;
    int digits = 0;
};

Decimal decimal_of(const std::string& text) {
    Decimal d;
    std::string digits = text;
    if (const std::size_t point = digits.find('.'); point != digits.npos) {
        d.digits = static_cast<int>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    std::from_chars(digits.data(), digits.data() + digits.size(), d.units);
    return d;
}

std::int64_t scaled(Decimal d, int digits) {
    for (; d.digits < digits; ++d.digits) d.units *= 10;
    return d.units;
}

std::string text_of(std::int64_t units, int digits) {
    std::string text = fmt::format("{:0{}}", std::abs(units), digits + 1);
    if (digits > 0) {
        text.insert(text.size() - static_cast<std::size_t>(digits), 1, '.');
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return units < 0 ? "-" + text : text;
}

struct Range {
    std::int64_t from = 0, to = 0, step = 0, times = 0;
    int digits = 0;
};

Range range_of(const YamlNode& node) {
    const auto number = [&](const char* key) {
        const YamlNode* value = find_key(node, key);
        return value ? decimal_of(value->text) : Decimal{};
    };
    const Decimal from = number("from"), to = number("to"), step = number("step");
    Range r;
    r.digits = std::max({from.digits, to.digits, step.digits});
    r.from = scaled(from, r.digits);
    r.to = scaled(to, r.digits);
    r.step = scaled(step, r.digits);
    r.times = number("times").units;
    return r;
}

std::vector<std::string> values_of(const Range& r) {
    std::vector<std::string> values;
    for (std::int64_t v = r.from; v <= r.to;) {
        values.push_back(text_of(v, r.digits));
        if (r.times > 0 && v > r.to / r.times) break;
        v = r.times > 0 ? v * r.times : v + r.step;
    }
    return values;
}

}  // namespace

std::string value_text(const YamlNode& node) {
    if (node.kind == Kind::null) return "";
    if (node.kind == Kind::scalar) {
        if (node.plain) return node.tag.empty() ? node.text : node.tag + " " + node.text;
        std::string quoted = "\"";
        for (const char c : node.text)
            quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
        return quoted + "\"";
    }
    const bool is_map = node.kind == Kind::map;
    std::string text = is_map ? "{" : "[";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const bool is_value = is_map && i % 2 == 1;
        text += i == 0 ? "" : is_value ? ": " : ", ";
        text += value_text(node.children[i]);
    }
    return text + (is_map ? "}" : "]");
}

bool holds_axes(const YamlNode& key, const YamlNode& value) {
    return value.kind == Kind::map && key.text.find('.') == std::string::npos &&
           !find_key(value, "from") && !find_key(value, "to");
}

std::string range_complaint(const YamlNode& node) {
    const Range r = range_of(node);
    const bool step = find_key(node, "step"), times = find_key(node, "times");
    if (step == times) return "found a range; expected step or times, one of them";
    if (r.digits > most_digits)
        return fmt::format("found more than {} digits behind the point; expected fewer",
                           most_digits);
    if (r.from > r.to) return "found from above to; expected no more than to";
    if (step && r.step <= 0) return "found a step that is not positive; expected more than 0";
    if (times && r.times < 2) return "found times below 2; expected 2 or more";
    if (times && r.from < 1) return "found from below 1 beside times; expected more";
    if (step && (r.to - r.from) / r.step >= most_values)
        return fmt::format("found more than {} values; expected fewer", most_values);
    return {};
}

const YamlNode* repeated(const YamlNode& list) {
    std::set<std::string> seen;
    for (const YamlNode& value : list.children)
        if (!seen.insert(value_text(value)).second) return &value;
    return nullptr;
}

std::string twice(const YamlNode& value) {
    return fmt::format("found {} a second time; expected each value once", value_text(value));
}

std::vector<Setting> axis_values(const std::string& path, const YamlNode& node) {
    std::vector<Setting> values;
    if (node.kind == Kind::map) {
        for (const std::string& text : values_of(range_of(node)))
            values.push_back({path, text, node.line, node.column});
        return values;
    }
    for (const YamlNode& value : node.children)
        values.push_back({path, value_text(value), value.line, value.column});
    return values;
}

}  // namespace study
