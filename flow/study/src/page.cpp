// SPDX-License-Identifier: Apache-2.0
/// The HTML page: mustache fills page/report.html.tpl, gnuplot draws.
#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "base/error.hpp"
#include "base/gnuplot.hpp"
#include "base/resources.hpp"
#include "base/version.hpp"
#include "gnuplot.hpp"
#include "study/report.hpp"

namespace study {

/// page/, embedded (cmake/embed.cmake).
std::span<const base::Resource> embedded_resources();

namespace {

namespace ms = kainjow::mustache;

constexpr std::size_t drawn_blocks = 10;

ms::data row_data(const Report& r, const Row& row, const std::string& heading_before) {
    ms::data cells{ms::data::type::list};
    for (const Column& c : r.columns) {
        cells.push_back(ms::data{"cell", c.shown(row, r.rows.front())});
    }
    ms::data d;
    d.set("label", row.label);
    d.set("cells", cells);
    d.set("checked", checked(row.measured));
    d.set("differs",
          row.measured.agrees() ? ms::data::type::bool_false : ms::data::type::bool_true);
    d.set("config", row.config);
    const bool begins = row.heading != heading_before;
    if (begins) {
        ms::data heading;
        heading.set("heading", row.heading);
        heading.set("width", std::to_string(r.columns.size() + 2));
        d.set("heading", heading);
    } else {
        d.set("heading", ms::data::type::bool_false);
    }
    return d;
}

std::vector<std::string> note_lines(const Report& r) {
    std::vector<std::string> lines;
    for (const std::string& layer : r.layers) lines.push_back("Layer: " + layer + ".");
    for (const Column& c : r.columns) {
        if (!c.doc.empty()) lines.push_back(fmt::format("{}: {}.", c.head(), c.doc));
    }
    lines.emplace_back(
        "= golden: what computed every output as the golden model does: the RTL on this data, the "
        "netlist behind the area on corner and random stimulus.");
    lines.insert(lines.end(), r.notes.begin(), r.notes.end());
    return lines;
}

}  // namespace

std::vector<std::string> draw(const Report& r) {
    if (!base::have_gnuplot()) return {};
    std::vector<std::string> all;
    for (const Plot& plot : r.plots) {
        all.push_back(scatter_svg(plot, r.rows, fmt::format("plot{}", all.size())));
    }
    std::vector<const Row*> rows;
    for (const Row& row : r.rows) {
        if (row.measured.area) rows.push_back(&row);
    }
    all.push_back(blocks_svg(block_table(rows, drawn_blocks), fmt::format("plot{}", all.size())));
    std::erase(all, std::string());
    return all;
}

std::string html(const Report& r, const std::vector<std::string>& figures) {
    ms::data page;
    page.set("title", r.title.empty() ? std::string("Comparison") : r.title);
    page.set("version", std::string(base::version()));
    ms::data heads{ms::data::type::list}, rows{ms::data::type::list}, notes{ms::data::type::list},
        drawn{ms::data::type::list};
    for (const Column& c : r.columns) heads.push_back(ms::data{"head", c.head()});
    std::string heading;
    for (const Row& row : r.rows) {
        rows.push_back(row_data(r, row, heading));
        heading = row.heading;
    }
    for (const std::string& line : note_lines(r)) notes.push_back(ms::data{"note", line});
    for (const std::string& svg : figures) drawn.push_back(ms::data{"svg", svg});
    page.set("columns", heads);
    page.set("rows", rows);
    page.set("notes", notes);
    page.set("figures", drawn);
    page.set("no_gnuplot",
             base::have_gnuplot() ? ms::data::type::bool_false : ms::data::type::bool_true);
    ms::mustache form{std::string(base::resource(embedded_resources(), "report.html.tpl"))};
    std::string text = form.render(page);
    if (!form.is_valid()) throw base::Error("error: the page's template: " + form.error_message());
    return text;
}

}  // namespace study
