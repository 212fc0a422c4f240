// SPDX-License-Identifier: Apache-2.0
/// The HTML page: mustache fills page/explore.html.tpl; page/explore.js draws.
#include <fmt/format.h>

#include <kainjow/mustache.hpp>
#include <map>
#include <sstream>

#include "base/error.hpp"
#include "base/resources.hpp"
#include "base/version.hpp"
#include "explore/report.hpp"
#include "figures_json.hpp"
#include "report_notes.hpp"
#include "study/report.hpp"

namespace explore {

/// page/, embedded (cmake/embed.cmake).
std::span<const base::Resource> embedded_resources();

namespace {

namespace ms = kainjow::mustache;
using Json = nlohmann::ordered_json;

/// Configs differ in a few lines: each line is kept once.
class Lines {
  public:
    Json numbers(const std::string& text) {
        Json all = Json::array();
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);) {
            const auto [found, is_new] = places_.emplace(line, lines_.size());
            if (is_new) lines_.push_back(line);
            all.push_back(found->second);
        }
        return all;
    }
    const Json& lines() const { return lines_; }

  private:
    std::map<std::string, std::size_t> places_;
    Json lines_ = Json::array();
};

/// An axis' value as a number where it is one.
Json axis_value(const Point& p, const std::string& key) {
    const study::Setting* s = study::find_setting(p.axes, key);
    if (!s) return nullptr;
    const auto number = study::number_of(s->value);
    return number ? Json(*number) : Json(s->value);
}

std::string note_of(const Point& p) {
    return p.state == State::broke ? "breaks " + p.broken : name_of(p.state);
}

std::string data_of(const Result& r) {
    Json columns = {{{"name", "label"}, {"head", "point"}}};
    for (const std::string& key : r.axes) columns.push_back({{"name", key}, {"head", key}});
    for (const study::Column& c : r.columns)
        columns.push_back({{"name", c.name}, {"head", c.head()}});
    for (const char* name : {"state", "= golden"})
        columns.push_back({{"name", name}, {"head", name}});
    Lines lines;
    Json points = Json::array();
    for (const Point& p : r.points) {
        Json values = {p.row.label};
        for (const std::string& key : r.axes) values.push_back(axis_value(p, key));
        for (const study::Column& c : r.columns)
            values.push_back(figure(c.value(p.row, r.points.front().row)));
        values.push_back(p.front ? std::string("front") : note_of(p));
        values.push_back(p.front ? study::checked(p.row.measured) : "–");
        points.push_back({{"id", points.size()},
                          {"series", p.row.series},
                          {"front", p.front},
                          {"note", note_of(p)},
                          {"values", values},
                          {"config", lines.numbers(p.row.config)}});
    }
    const auto& wanted = r.search.objectives;
    const Json j = {{"columns", columns},
                    {"x", wanted.back().column.name},
                    {"y", wanted.front().column.name},
                    {"points", points},
                    {"lines", lines.lines()}};
    return j.dump();
}

/// JSON inside a script element: `</script>` and `<!--` of a text would end it.
std::string inside_script(const std::string& json) {
    std::string out;
    for (const char c : json) out += c == '<' ? std::string("\\u003c") : std::string{c};
    return out;
}

}  // namespace

std::string html(const Result& r) {
    ms::data page;
    page.set("title", r.title.empty() ? std::string("Exploration") : r.title);
    page.set("version", std::string(base::version()));
    page.set("style", std::string(base::resource(embedded_resources(), "explore.css")));
    page.set("script", std::string(base::resource(embedded_resources(), "explore.js")));
    page.set("data", inside_script(data_of(r)));
    ms::data notes{ms::data::type::list};
    for (const std::string& line : note_lines(r)) notes.push_back(ms::data{"note", line});
    page.set("notes", notes);
    ms::mustache form{std::string(base::resource(embedded_resources(), "explore.html.tpl"))};
    std::string text = form.render(page);
    if (!form.is_valid()) throw base::Error("error: the page's template: " + form.error_message());
    return text;
}

}  // namespace explore
