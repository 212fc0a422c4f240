#include "gnuplot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"

namespace study {

namespace {

/// A text as a string of gnuplot's, double quotes: everything that it would read is escaped.
std::string quoted(const std::string& text) {
    std::string q = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') q += '\\';
        q += c == '\n' ? ' ' : c;
    }
    return q + "\"";
}

/// Without the XML header and document type, which name addresses and have no place inside a page.
std::string inside_page(const std::string& svg) {
    const std::size_t begin = svg.find("<svg");
    return begin == std::string::npos ? std::string() : svg.substr(begin);
}

std::string run(const std::string& script) {
    const base::ScratchFolder folder("cimrtl-plot");
    base::write_file((folder.path() / "plot.gp").string(), script);
    const auto result = base::run_process({{"gnuplot", "plot.gp"}, folder.path(), {}});
    std::ifstream in(folder.path() / "plot.svg", std::ios::binary);
    const std::string svg = inside_page({std::istreambuf_iterator<char>(in), {}});
    if (result.exit_code != 0 || svg.empty()) {
        throw base::Error("error: gnuplot failed:\n" + result.output);
    }
    return svg;
}

std::string head(const std::string& id, int width, int height) {
    return fmt::format(
        "set encoding utf8\nset terminal svg noenhanced size {},{} dynamic font 'sans-serif,12' "
        "name '{}' background rgb 'white'\nset output 'plot.svg'\n",
        width, height, id);
}

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

std::string scatter_script(const Plot& plot, const std::vector<Series>& all,
                           const std::string& id) {
    std::string script = head(id, 760, 480);
    for (std::size_t i = 0; i < all.size(); ++i) {
        script += fmt::format("$s{} << EOD\n", i);
        for (const Mark& m : all[i].marks) {
            script += fmt::format("{} {} {}\n", m.x, m.y, quoted(m.label));
        }
        script += "EOD\n";
    }
    script += fmt::format("set title {}\nset xlabel {}\nset ylabel {}\n", quoted(plot.title),
                          quoted(plot.x.head()), quoted(plot.y.head()));
    script +=
        "set grid lc rgb '#dddddd'\nset offsets graph 0.05, graph 0.2, graph 0.08, graph 0.08\n";
    script += all.size() > 1 ? "set key outside bottom center horizontal\n" : "unset key\n";
    script += "plot ";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string name = quoted(all[i].name.empty() ? "rows" : all[i].name);
        script += fmt::format(
            "{0}$s{1} using 1:2 with {2} lc {3} pt 7 ps 0.8 title {4}, $s{1} using 1:2:3 with labels "
            "left offset 0.8,0.3 font ',10' notitle",
            i ? ", " : "", i, plot.join ? "linespoints" : "points", i + 1, name);
    }
    return script + "\n";
}

}  // namespace

bool have_gnuplot() { return base::find_program("gnuplot").has_value(); }

std::string scatter_svg(const Plot& plot, const std::vector<Row>& rows, const std::string& id) {
    const auto all = series_of(plot, rows);
    return all.empty() ? std::string() : run(scatter_script(plot, all, id));
}

std::string blocks_svg(const BlockTable& t, const std::string& id) {
    if (t.blocks.empty()) return {};
    std::string script = head(id, 760, 520) + "$t << EOD\nrow";
    for (const auto& block : t.blocks) script += " " + quoted(block.first);
    script += "\n";
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
        script += quoted(t.rows[i]);
        for (const auto& block : t.blocks) script += fmt::format(" {}", block.second[i]);
        script += "\n";
    }
    script += fmt::format(
        "EOD\nset title {}\nset ylabel {}\nset yrange [0:*]\nset style data histograms\n"
        "set style histogram rowstacked\nset style fill solid 0.8 border -1\nset boxwidth 0.7\n"
        "set xtics rotate by -30 nomirror\nset grid y lc rgb '#dddddd'\nset key outside right top "
        "reverse Left invert\n",
        quoted("Area by block"), quoted("area (" + t.unit + ")"));
    script += "plot ";
    for (std::size_t b = 0; b < t.blocks.size(); ++b) {
        script += fmt::format("{}$t using {}:xtic(1) title {}", b ? ", " : "", b + 2,
                              quoted(t.blocks[b].first));
    }
    return run(script + "\n");
}

}  // namespace study
