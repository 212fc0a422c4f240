// SPDX-License-Identifier: Apache-2.0
#include "judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bounds.hpp"

namespace explore {

namespace {

constexpr double without_figure = 1e9;  // of a violation: worse than any that has one

double distance(double value, double bound) {
    const double by = std::abs(value - bound) / std::max(1.0, std::abs(bound));
    return std::min(std::max(by, std::numeric_limits<double>::min()), without_figure);
}

}  // namespace

std::set<study::Source> Judge::needed() const {
    std::set<study::Source> all;
    for (const study::Objective& o : search_.objectives) all.insert(o.column.source);
    for (const study::Constraint& c : search_.constraints) all.insert(c.column.source);
    all.erase(study::Source::golden);
    return all;
}

std::optional<double> Judge::least(const study::Column& column, const study::Row& row,
                                   const Known& known, const generator::Design& design) const {
    if (known.has(column.source)) return column.value(row, row);
    return lower_bound(column.name, design, options_).value_or(0);
}

std::optional<Values> Judge::optimistic(const study::Row& row, const Known& known,
                                        const generator::Design& design) const {
    constexpr double best = -std::numeric_limits<double>::infinity();
    Values values;
    for (const study::Objective& o : search_.objectives) {
        const bool bound = !known.has(o.column.source);
        const auto value =
            bound && o.maximize ? std::optional(-best) : least(o.column, row, known, design);
        if (!value || std::isnan(*value)) return std::nullopt;
        values.push_back(o.maximize ? -*value : *value);
    }
    return values;
}

Judge::Verdict Judge::verdict(const study::Row& row, const Known& known,
                              const generator::Design& design) const {
    Verdict v;
    for (const study::Constraint& c : search_.constraints) {
        const bool bound = !known.has(c.column.source);
        const bool from_above =
            c.relation == study::Relation::less || c.relation == study::Relation::less_equal;
        if (bound && !from_above) continue;
        const auto value = least(c.column, row, known, design);
        if (value && study::holds(*value, c.relation, c.bound)) continue;
        if (v.broken.empty()) v.broken = c.text;
        v.violation += value ? distance(*value, c.bound) : without_figure;
    }
    return v;
}

}  // namespace explore
