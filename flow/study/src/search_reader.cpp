// SPDX-License-Identifier: Apache-2.0
#include "search_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "generator/load.hpp"
#include "generator/yaml_text.hpp"
#include "study_check.hpp"

namespace study {

namespace {

using generator::YamlNode;

Relation turned(Relation relation) {
    switch (relation) {
        case Relation::less:
            return Relation::greater;
        case Relation::less_equal:
            return Relation::greater_equal;
        case Relation::greater:
            return Relation::less;
        case Relation::greater_equal:
            return Relation::less_equal;
        default:
            return relation;
    }
}

Constraint constraint_of(const YamlNode& node) {
    const Condition c = std::get<Condition>(parse_condition(node.text));
    const bool left = c.right.number.has_value();
    return {*find_column(left ? c.left.text : c.right.text),
            left ? c.relation : turned(c.relation),
            left ? *c.right.number : *c.left.number,
            c.text,
            node.line,
            node.column};
}

Search::Method method_of(const std::string& word) {
    if (word == "random") return Search::Method::random;
    return word == "nsga2" ? Search::Method::nsga2 : Search::Method::grid;
}

/// All values that a key takes in the family; empty: it is no key of it.
std::vector<const Setting*> values_of(const Family& family, const std::string& path) {
    std::vector<const Setting*> values;
    for (const Axis& axis : family.axes) {
        if (axis.path != path) continue;
        values.clear();
        for (const Setting& s : axis.values) values.push_back(&s);
    }
    if (!values.empty()) return values;
    if (const Setting* s = find_setting(family.spec.settings, path)) values.push_back(s);
    return values;
}

}  // namespace

Search read_search(const YamlNode& node, const std::string& file, base::Findings& findings) {
    Search search;
    search.line = node.line;
    search.column = node.column;
    const YamlNode* objectives = find_key(node, "objectives");
    for (std::size_t i = 0; i + 1 < objectives->children.size(); i += 2) {
        const YamlNode& name = objectives->children[i];
        search.objectives.push_back({*find_column(name.text),
                                     objectives->children[i + 1].text == "max", name.line,
                                     name.column});
    }
    if (const YamlNode* list = find_key(node, "constraints")) {
        for (const YamlNode& text : list->children)
            search.constraints.push_back(constraint_of(text));
    }
    if (const YamlNode* method = find_key(node, "method")) search.method = method_of(method->text);
    if (const YamlNode* runs = find_key(node, "runs")) {
        search.runs = std::stoul(runs->text);
        search.runs_line = runs->line;
        search.runs_column = runs->column;
    }
    if (const YamlNode* seed = find_key(node, "seed")) search.seed = std::stoul(seed->text);
    if (const YamlNode* population = find_key(node, "population")) {
        search.population = std::stoul(population->text);
        if (search.population < 4)
            findings.add({file, population->line, population->column, "explore.population",
                          fmt::format("found {}; expected 4 or more", search.population)});
        if (search.runs > 0 && search.population > search.runs)
            findings.add({file, population->line, population->column, "explore.population",
                          fmt::format("found {}; expected at most runs = {}", search.population,
                                      search.runs)});
    }
    const bool grid = search.method == Search::Method::grid;
    if (!grid && search.runs == 0) {
        const YamlNode* method = find_key(node, "method");
        findings.add({file, method->line, method->column, "explore.runs",
                      fmt::format("missing beside method {}; expected how many points are measured",
                                  method->text)});
    }
    return search;
}

void check_axes(const Family& family, const std::string& file, base::Findings& findings) {
    for (auto axis = family.axes.begin(); axis != family.axes.end(); ++axis) {
        const auto error = [&](const std::string& message) {
            findings.add({file, axis->line, axis->column, "groups.axes." + axis->path, message});
        };
        const std::string wrong = generator::path_complaint(axis->path);
        if (!wrong.empty()) error(wrong);
        const auto before = std::find_if(
            family.axes.begin(), axis, [&](const Axis& other) { return other.path == axis->path; });
        if (before != axis)
            error(
                fmt::format("found a second time, after line {}; expected it once in a row and "
                            "the groups around it",
                            before->line));
    }
}

void check_when(const Family& family, const std::string& file, base::Findings& findings) {
    for (const Condition& c : family.when) {
        const auto error = [&](const std::string& message) {
            findings.add({file, c.line, c.column, "when", message});
        };
        bool any_key = false;
        for (const Term* term : {&c.left, &c.right}) {
            if (term->number) continue;
            const auto values = values_of(family, term->text);
            any_key = any_key || !values.empty();
            const bool is_path = term->text.find('.') != std::string::npos;
            if (values.empty() && (c.orders() || is_path)) {
                any_key = true;  // one finding is enough
                error(fmt::format("found {} in {}; expected a number or a key that the row sets",
                                  generator::quote(term->text), generator::quote(c.text)));
            }
            for (const Setting* s : values) {
                if (!c.orders() || number_of(s->value)) continue;
                error(fmt::format("found {} = {} in {}; expected numbers on both sides of it",
                                  term->text, s->value, generator::quote(c.text)));
            }
        }
        if (!any_key && !c.orders())
            error(fmt::format("found no key that the row sets in {}", generator::quote(c.text)));
    }
}

}  // namespace study
