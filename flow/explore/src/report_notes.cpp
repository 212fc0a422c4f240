// SPDX-License-Identifier: Apache-2.0
#include "report_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "explore/methods.hpp"

namespace explore {

namespace {

std::string objectives_text(const study::Search& s) {
    std::string text;
    for (const study::Objective& o : s.objectives) {
        text += fmt::format("{}{} of {}", text.empty() ? "" : ", ", o.maximize ? "most" : "least",
                            o.column.head());
    }
    return text;
}

std::string points_text(const Counts& c) {
    const auto grouped = [](auto n) { return study::grouped(static_cast<double>(n)); };
    std::string text = grouped(c.points) + " points";
    if (c.excluded > 0) text += fmt::format(", {} outside the conditions", grouped(c.excluded));
    if (c.refused > 0) text += fmt::format(", {} refused as configs", grouped(c.refused));
    return text + fmt::format(", {} measured on golden", grouped(c.measured));
}

void counts(const Result& r, std::vector<std::string>& lines) {
    const Counts& c = r.counts;
    std::string text = fmt::format("Looked for: {}", objectives_text(r.search));
    for (const study::Constraint& one : r.search.constraints) text += ", `" + one.text + "`";
    lines.push_back(text + ".");
    lines.push_back(fmt::format("Method: {}: {}.", method_text(r.search), points_text(c)));
    if (c.expensive > 0 || c.dominated > 0) {
        lines.push_back(fmt::format(
            "Synthesized or run on the RTL to find the front: {} points ({} different netlists). "
            "Spared: {} that break a constraint, {} that another point beats whatever the rest of "
            "their figures.",
            c.expensive, c.hardware, c.broke, c.dominated));
    } else if (c.broke > 0) {
        lines.push_back(fmt::format("{} points break a constraint.", c.broke));
    }
}

/// Where no point is on the front: how near the points came to each constraint.
void nearest(const Result& r, std::vector<std::string>& lines) {
    for (const study::Constraint& c : r.search.constraints) {
        const Point* best = nullptr;
        const auto distance = [&](const Point& p) {
            return std::abs(*c.column.value(p.row, p.row) - c.bound);
        };
        bool held = false;
        for (const Point& p : r.points) {
            const auto value = c.column.value(p.row, p.row);
            if (!value) continue;
            held = held || study::holds(*value, c.relation, c.bound);
            if (!best || distance(p) < distance(*best)) best = &p;
        }
        if (!best || held) continue;
        lines.push_back(fmt::format("No point holds `{}`; the nearest: {} ({}).", c.text,
                                    c.column.shown(best->row, best->row), best->row.label));
    }
}

/// Points of the front between which nobody can choose, and the axes in which they differ.
void equal_points(const Result& r, std::vector<std::string>& lines) {
    std::map<std::vector<double>, const Point*> different;
    std::size_t on_front = 0;
    std::set<std::string> differ;
    for (const Point& p : r.points) {
        if (!p.front) continue;
        ++on_front;
        std::vector<double> figures;
        for (const study::Objective& o : r.search.objectives)
            figures.push_back(*o.column.value(p.row, p.row));
        const auto [first, is_new] = different.emplace(figures, &p);
        for (const study::Setting& s : p.axes) {
            const study::Setting* other = study::find_setting(first->second->axes, s.path);
            if (!is_new && other && other->value != s.value) differ.insert(s.path);
        }
    }
    if (different.size() == on_front) return;
    std::string text = fmt::format(
        "The front has {} different figures: points that are equal in "
        "all that is looked for are all on it",
        different.size());
    for (const std::string& path : differ)
        text += (path == *differ.begin() ? "; they differ in " : ", ") + path;
    lines.push_back(text + ".");
}

void refusals(const Counts& c, std::vector<std::string>& lines) {
    constexpr std::size_t most = 8;
    std::vector<std::pair<std::string, std::size_t>> all(c.reasons.begin(), c.reasons.end());
    std::ranges::stable_sort(all, std::greater{}, &std::pair<std::string, std::size_t>::second);
    std::size_t rest = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i < most)
            lines.push_back(fmt::format("Refused, {} times: {}", all[i].second, all[i].first));
        else
            rest += all[i].second;
    }
    if (rest > 0) lines.push_back(fmt::format("Refused, {} times: for other reasons.", rest));
}

}  // namespace

std::string method_text(const study::Search& s) {
    switch (s.method) {
        case study::Search::Method::grid:
            return "every point";
        case study::Search::Method::random:
            return fmt::format("{} points drawn at random, seed {}", s.runs, s.seed);
        case study::Search::Method::nsga2:
            return fmt::format("NSGA-II, {} points, population {}, seed {}", s.runs,
                               s.population > 0 ? s.population : population_of(s.runs), s.seed);
    }
    return {};
}

std::vector<std::string> note_lines(const Result& r) {
    std::vector<std::string> lines;
    counts(r, lines);
    if (std::ranges::none_of(r.points, &Point::front))
        nearest(r, lines);
    else
        equal_points(r, lines);
    lines.push_back("Data: " + r.subject + ".");
    for (const study::Column& c : r.columns) {
        if (!c.doc.empty()) lines.push_back(fmt::format("{}: {}.", c.title, c.doc));
    }
    lines.emplace_back(
        "= golden: what computed every output of a point on the front as the golden model does: "
        "the RTL on this data, and the netlist on corner and random stimulus.");
    if (!r.library.empty()) lines.push_back(fmt::format("Cells: Yosys with {}.", r.library));
    lines.insert(lines.end(), r.notes.begin(), r.notes.end());
    refusals(r.counts, lines);
    return lines;
}

}  // namespace explore
