// SPDX-License-Identifier: Apache-2.0
/// The report as one HTML page, plots inside.
#include <fmt/format.h>

#include <sstream>

#include "base/markup.hpp"
#include "network/session.hpp"
#include "plot.hpp"

namespace network {

namespace {

/// The Markdown of our own reports: headings, tables, paragraphs.
std::string html_of(const std::string& markdown) {
    std::istringstream lines(markdown);
    std::string out, line;
    bool table = false;
    while (std::getline(lines, line)) {
        const bool row = line.starts_with("|");
        if (!row && table) out += "</table>\n";
        if (row) {
            if (line.starts_with("|--")) continue;
            if (!table) out += "<table>\n";
            out += "<tr>";
            std::istringstream cells(line.substr(1));
            for (std::string cell; std::getline(cells, cell, '|');) {
                out +=
                    fmt::format("<{0}>{1}</{0}>", table ? "td" : "th", base::escape_markup(cell));
            }
            out += "</tr>\n";
        } else if (line.starts_with("# ")) {
            out += fmt::format("<h1>{}</h1>\n", base::escape_markup(line.substr(2)));
        } else if (!line.empty()) {
            out += fmt::format("<p>{}</p>\n", base::escape_markup(line));
        }
        table = row;
    }
    if (table) out += "</table>\n";
    return out;
}

}  // namespace

std::string report_html(const Report& r) {
    std::vector<Bar> sqnr, clipped, cost;
    for (const LayerReport& l : r.layers) {
        if (l.digital) continue;
        const LayerTotals& t = l.totals;
        if (t.signal > 0 && t.error > 0)
            sqnr.push_back({l.name, 10 * std::log10(t.signal / t.error)});
        if (t.conversions == 0) continue;
        clipped.push_back({l.name, 100 * static_cast<double>(t.adc_clipped) /
                                       static_cast<double>(t.conversions)});
        cost.push_back({l.name, static_cast<double>(t.conversions) / static_cast<double>(r.done)});
    }
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
        "<style>body{{font-family:sans-serif;margin:2em}}table{{border-collapse:collapse;font-size:85%}}"
        "td,th{{border:1px solid #ccc;padding:.2em .5em;text-align:right}}td:first-child{{text-align:left}}</style>\n"
        "</head>\n<body>\n{}{}{}{}</body>\n</html>\n",
        base::escape_markup(r.model), html_of(report_markdown(r)),
        bar_plot("sqnr", "SQNR of each layer, dB", sqnr),
        bar_plot("clipped", "Clipped codes, percent of the conversions", clipped),
        bar_plot("conversions", "Conversions an image", cost));
}

}  // namespace network
