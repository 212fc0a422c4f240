// SPDX-License-Identifier: Apache-2.0
#include "liberty_mend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "base/error.hpp"
#include "boolean.hpp"
#include "synth/liberty.hpp"

namespace synth {
namespace {

/// Characters `begin` to `end` of the text, edited. An edit inside another one has no effect.
std::string edited(const std::string& text, std::size_t begin, std::size_t end,
                   const std::vector<Edit>& edits) {
    std::string result;
    std::size_t at = begin;
    auto edit = std::lower_bound(edits.begin(), edits.end(), begin,
                                 [](const Edit& e, std::size_t p) { return e.begin < p; });
    for (; edit != edits.end() && edit->begin < end; ++edit) {
        if (edit->begin < at) continue;
        result.append(text, at, edit->begin - at);
        result += edit->text;
        at = edit->end;
    }
    return result.append(text, at, end - at);
}

/// The names in `pin` groups; those of an expression must be among them.
std::set<std::string> pins_of(const Statement& cell) {
    std::set<std::string> names;
    for (const Statement& s : cell.body)
        if (s.name == "pin" && s.group) names.insert(s.args.begin(), s.args.end());
    return names;
}

/// `ff (Q, QN) {next_state : "!D"; clear : "!S"; preset : "!R";}` is `ff (QN, Q) {next_state : "D";
/// clear : "!R"; preset : "!S";}`: the same states under the same names. dfflibmap of Yosys 0.23
/// and 0.52 sees the inverted output of the first form and forgets that clear and preset change
/// places with it (YosysHQ/yosys issues 5186 and 5445), so a register that resets to 0 would come
/// out as one that resets to 1.
void add_inverted(const Statement& ff, const std::set<std::string>& pins,
                  std::vector<Edit>& edits) {
    const std::string next = attribute(ff, "next_state");
    if (ff.args.size() != 2 || next.empty()) return;
    std::optional<std::string> pin;
    try {
        pin = negated_name(parse_boolean(next, pins, ""));
    } catch (const base::Error&) {  // uses the state itself: Yosys maps to no such cell
        return;
    }
    if (!pin) return;
    std::string text =
        fmt::format("ff ({}, {}) {{ next_state : \"{}\";", ff.args[1], ff.args[0], *pin);
    const auto take = [&](const char* name, const char* from) {
        if (const std::string value = attribute(ff, from); !value.empty())
            text += fmt::format(" {} : \"{}\";", name, value);
    };
    take("clocked_on", "clocked_on");
    take("clear", "preset");
    take("preset", "clear");
    take("clear_preset_var1", "clear_preset_var2");
    take("clear_preset_var2", "clear_preset_var1");
    edits.push_back({ff.begin, ff.end, text + " }"});
}

std::vector<Edit> edits_of(const LibertySource& source) {
    std::vector<Edit> edits = source.syntax.quoted;
    edits.insert(edits.end(), source.syntax.no_power.begin(), source.syntax.no_power.end());
    for (const Statement& cell : source.syntax.library.body)
        if (cell.name == "cell" && cell.group)
            for (const Statement& part : cell.body)
                if (part.name == "ff" && part.group) add_inverted(part, pins_of(cell), edits);
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
        return std::pair(a.begin, b.end) < std::pair(b.begin, a.end);  // the outer one first
    });
    return edits;
}

std::string joined_args(const Statement& s) {
    std::string text;
    for (const std::string& arg : s.args) text += (text.empty() ? "" : ", ") + arg;
    return text;
}

/// The text of a statement without blanks.
std::string squeezed(const LibertySource& source, const Statement& s) {
    std::string text = source.text.substr(s.begin, s.end - s.begin);
    std::erase_if(text, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
    return text;
}

bool is_template(const Statement& s) { return s.group && s.name.ends_with("_template"); }

void require_same_units(const LibertySource& first, const LibertySource& other) {
    for (const char* unit : {"time_unit", "capacitive_load_unit"}) {
        const auto value = [&](const LibertySource& source) {
            for (const Statement& s : source.syntax.library.body)
                if (s.name == unit) return joined_args(s);
            return std::string("none");
        };
        if (value(first) != value(other))
            throw base::Error(fmt::format(
                "{}: {} is {}, but {} in {}: libraries of different units cannot be one",
                other.file, unit, value(other), value(first), first.file));
    }
}

/// The statements of a further file that the first one lacks.
std::string appended(const std::vector<LibertySource>& sources, std::size_t index,
                     std::map<std::string, std::string>& templates) {
    const LibertySource& source = sources[index];
    const std::vector<Edit> edits = edits_of(source);
    std::string text;
    for (const Statement& s : source.syntax.library.body) {
        if (is_template(s)) {
            const auto [known, added] =
                templates.emplace(s.name + "(" + joined_args(s) + ")", squeezed(source, s));
            if (!added && known->second != squeezed(source, s))
                fail_at(
                    source.file, s.line,
                    fmt::format(
                        "{} is another one than in the files before it: they cannot be one library",
                        known->first));
            if (!added) continue;
        } else if (!s.group || s.name != "cell") {
            continue;
        }
        text += "  " + edited(source.text, s.begin, s.end, edits) + "\n";
    }
    return text;
}

}  // namespace

std::string mended_library(const std::vector<LibertySource>& sources) {
    const LibertySource& first = sources.front();
    const Statement& top = first.syntax.library;
    std::map<std::string, std::string> templates;
    for (const Statement& s : top.body)
        if (is_template(s))
            templates.emplace(s.name + "(" + joined_args(s) + ")", squeezed(first, s));
    std::string text = edited(first.text, top.begin, top.end - 1, edits_of(first));
    for (std::size_t i = 1; i < sources.size(); ++i) {
        require_same_units(first, sources[i]);
        text += "\n" + appended(sources, i, templates);
    }
    return text + "}\n";
}

}  // namespace synth
