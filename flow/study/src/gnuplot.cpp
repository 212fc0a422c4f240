// SPDX-License-Identifier: Apache-2.0
#include "gnuplot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/gnuplot.hpp"

namespace study {

namespace {

using base::gnuplot_text;

struct Mark {
    double x, y;
    std::string label;
};
struct Series {
    std::string name;
    std::vector<Mark> marks;
};

std::vector<Series> series_of(const Plot& plot, const std::vector<Row>& rows) {
    std::vector<Series> all;
    for (const Row& row : rows) {
        const auto x = plot.x.value(row, rows.front()), y = plot.y.value(row, rows.front());
        if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y)) continue;
        const std::string& name = row.series.empty() ? row.heading : row.series;
        auto found = std::ranges::find(all, name, &Series::name);
        if (found == all.end()) found = all.insert(all.end(), {name, {}});
        found->marks.push_back({*x, *y, row.label});
    }
    return all;
}

std::string scatter_script(const Plot& plot, const std::vector<Series>& all) {
    std::string script;
    for (std::size_t i = 0; i < all.size(); ++i) {
        script += fmt::format("$s{} << EOD\n", i);
        for (const Mark& m : all[i].marks) {
            script += fmt::format("{} {} {}\n", m.x, m.y, gnuplot_text(m.label));
        }
        script += "EOD\n";
    }
    script += fmt::format("set title {}\nset xlabel {}\nset ylabel {}\n", gnuplot_text(plot.title),
                          gnuplot_text(plot.x.head()), gnuplot_text(plot.y.head()));
    script +=
        "set grid lc rgb '#dddddd'\nset offsets graph 0.05, graph 0.2, graph 0.08, graph 0.08\n";
    script += all.size() > 1 ? "set key outside bottom center horizontal\n" : "unset key\n";
    script += "plot ";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string name = gnuplot_text(all[i].name.empty() ? "rows" : all[i].name);
        script += fmt::format(
            "{0}$s{1} using 1:2 with {2} lc {3} pt 7 ps 0.8 title {4}, $s{1} using 1:2:3 with labels "
            "left offset 0.8,0.3 font ',10' notitle",
            i ? ", " : "", i, plot.join ? "linespoints" : "points", i + 1, name);
    }
    return script + "\n";
}

}  // namespace

std::string scatter_svg(const Plot& plot, const std::vector<Row>& rows, const std::string& id) {
    const auto all = series_of(plot, rows);
    return all.empty() ? std::string() : base::draw_plot({id}, scatter_script(plot, all));
}

std::string blocks_svg(const BlockTable& t, const std::string& id) {
    if (t.blocks.empty()) return {};
    std::string script = "$t << EOD\nrow";
    for (const auto& block : t.blocks) script += " " + gnuplot_text(block.first);
    script += "\n";
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
        script += gnuplot_text(t.rows[i]);
        for (const auto& block : t.blocks) script += fmt::format(" {}", block.second[i]);
        script += "\n";
    }
    script += fmt::format(
        "EOD\nset title {}\nset ylabel {}\nset yrange [0:*]\nset style data histograms\n"
        "set style histogram rowstacked\nset style fill solid 0.8 border -1\nset boxwidth 0.7\n"
        "set xtics rotate by -30 nomirror\nset grid y lc rgb '#dddddd'\nset key outside right top "
        "reverse Left invert\n",
        gnuplot_text("Area by block"), gnuplot_text("area (" + t.unit + ")"));
    script += "plot ";
    for (std::size_t b = 0; b < t.blocks.size(); ++b) {
        script += fmt::format("{}$t using {}:xtic(1) title {}", b ? ", " : "", b + 2,
                              gnuplot_text(t.blocks[b].first));
    }
    return base::draw_plot({id, 760, 520}, script + "\n");
}

}  // namespace study
