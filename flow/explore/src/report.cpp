// SPDX-License-Identifier: Apache-2.0
#include "explore/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "figures_json.hpp"
#include "report_notes.hpp"
#include "study/report.hpp"

namespace explore {

namespace {

/// In a cell of a Markdown table a bar would end it.
std::string cell(const std::string& text) {
    std::string escaped;
    for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string{c};
    return escaped;
}

std::string line(const std::vector<std::string>& cells) {
    std::string text = "|";
    for (const std::string& c : cells) text += " " + cell(c) + " |";
    return text + "\n";
}

/// Best value of the first objective first, then in the order of the points.
std::vector<const Point*> front_of(const Result& r) {
    std::vector<const Point*> points;
    for (const Point& p : r.points) {
        if (p.front) points.push_back(&p);
    }
    const study::Objective& first = r.search.objectives.front();
    std::ranges::stable_sort(points, [&](const Point* a, const Point* b) {
        const double x = *first.column.value(a->row, a->row);
        const double y = *first.column.value(b->row, b->row);
        return first.maximize ? x > y : x < y;
    });
    return points;
}

std::string table(const Result& r) {
    std::vector<std::string> head = {"point"};
    std::string rule = "|---|";
    for (const study::Column& c : r.columns) {
        head.push_back(c.head());
        rule += "---:|";
    }
    head.emplace_back("= golden");
    std::string text = line(head) + rule + "---|\n";
    for (const Point* p : front_of(r)) {
        std::vector<std::string> cells = {p->row.label};
        for (const study::Column& c : r.columns)
            cells.push_back(c.shown(p->row, r.points.front().row));
        cells.push_back(study::checked(p->row.measured));
        text += line(cells);
    }
    return text;
}

/// RFC 4180.
std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == text.npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string{c};
    return out + "\"";
}

}  // namespace

const char* name_of(State state) {
    switch (state) {
        case State::measured:
            return "measured";
        case State::broke:
            return "constraint";
        case State::dominated:
            return "dominated";
        case State::incomplete:
            return "no figure";
    }
    return "";
}

std::string markdown(const Result& r) {
    std::string text = r.title.empty() ? "" : "**" + r.title + "**\n\n";
    if (!r.complete) return text + "Not complete; the same command goes on.\n";
    const auto on_front = std::ranges::count_if(r.points, &Point::front);
    text += fmt::format("The front: {} of {} points.\n\n", on_front, r.counts.measured);
    if (on_front > 0) text += table(r) + "\n";
    for (const std::string& note : note_lines(r)) text += "- " + note + "\n";
    return text;
}

std::string json(const Result& r) {
    using Json = nlohmann::ordered_json;
    Json j = {{"title", r.title},
              {"complete", r.complete},
              {"data", r.subject},
              {"method", method_text(r.search)},
              {"objectives", Json::array()},
              {"constraints", Json::array()},
              {"counts",
               {{"points", r.counts.points},
                {"outside_conditions", r.counts.excluded},
                {"refused", r.counts.refused},
                {"measured", r.counts.measured},
                {"break_constraint", r.counts.broke},
                {"dominated", r.counts.dominated},
                {"synthesized", r.counts.expensive},
                {"netlists", r.counts.hardware}}},
              {"refused", r.counts.reasons},
              {"points", Json::array()}};
    for (const study::Objective& o : r.search.objectives)
        j["objectives"].push_back(
            {{"column", o.column.name}, {"want", o.maximize ? "max" : "min"}});
    for (const study::Constraint& c : r.search.constraints) j["constraints"].push_back(c.text);
    for (const Point& p : r.points) {
        Json one = {{"label", p.row.label},
                    {"front", p.front},
                    {"state", name_of(p.state)},
                    {"constraint", p.broken},
                    {"axes", Json::object()},
                    {"figures", Json::object()},
                    {"checked", study::checked(p.row.measured)}};
        for (const study::Setting& s : p.axes) one["axes"][s.path] = s.value;
        for (const study::Column& c : r.columns)
            one["figures"][c.name] = figure(c.value(p.row, r.points.front().row));
        one["config"] = p.row.config;
        j["points"].push_back(std::move(one));
    }
    return j.dump(1) + "\n";
}

std::string csv(const Result& r) {
    std::string text = "label,front,state";
    for (const std::string& key : r.axes) text += "," + quoted(key);
    for (const study::Column& c : r.columns) text += "," + quoted(c.name);
    text += "\n";
    for (const Point& p : r.points) {
        text += fmt::format("{},{},{}", quoted(p.row.label), p.front ? 1 : 0, name_of(p.state));
        for (const std::string& key : r.axes) {
            const study::Setting* s = study::find_setting(p.axes, key);
            text += "," + (s ? quoted(s->value) : std::string());
        }
        for (const study::Column& c : r.columns) {
            const auto value = c.value(p.row, r.points.front().row);
            text += "," + (value ? fmt::format("{}", *value) : std::string());
        }
        text += "\n";
    }
    return text;
}

}  // namespace explore
