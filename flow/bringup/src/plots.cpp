// SPDX-License-Identifier: Apache-2.0
#include "plots.hpp"

#include <fmt/format.h>

#include <functional>

#include "base/gnuplot.hpp"

namespace bringup {

namespace {

using base::gnuplot_text;

struct Mark {
    double x = 0;
    Estimate y;
};
struct Series {
    std::string name;
    std::vector<Mark> marks;
};

std::string svg_of(const std::string& id, const std::string& title, const std::string& x,
                   const std::string& y, const std::vector<Series>& all, bool join) {
    std::string script;
    for (std::size_t i = 0; i < all.size(); ++i) {
        script += fmt::format("$s{} << EOD\n", i);
        for (const Mark& m : all[i].marks)
            script += fmt::format("{:.6g} {:.6g} {:.6g}\n", m.x, m.y.value, m.y.error);
        script += "EOD\n";
    }
    script += fmt::format(
        "set title {}\nset xlabel {}\nset ylabel {}\nset grid lc rgb '#dddddd'\n"
        "set offsets graph 0.03, graph 0.03, graph 0.05, graph 0.05\n{}\nplot ",
        gnuplot_text(title), gnuplot_text(x), gnuplot_text(y),
        all.size() > 1 ? "set key outside right top" : "unset key");
    for (std::size_t i = 0; i < all.size(); ++i) {
        script +=
            fmt::format("{}$s{} using 1:2:3 with {} lc {} pt 7 ps 0.4 title {}", i ? ", " : "", i,
                        join ? "yerrorlines" : "yerrorbars", i + 1, gnuplot_text(all[i].name));
    }
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + base::draw_plot({id}, script + "\n");
}

/// One mark an ADC.
Series by_adc(const Characterization& c, const std::function<Estimate(const AdcFigures&)>& figure) {
    Series series;
    for (std::size_t a = 0; a < c.adcs.size(); ++a) {
        if (!c.adcs[a].figures.measured) continue;
        series.marks.push_back({static_cast<double>(a), figure(c.adcs[a].figures)});
    }
    return series;
}

/// One series an ADC.
std::vector<Series> all_of(const Characterization& c,
                           const std::function<std::vector<Mark>(const AdcFigures&)>& marks) {
    std::vector<Series> all;
    for (std::size_t a = 0; a < c.adcs.size(); ++a) {
        Series series{fmt::format("ADC {}", a), marks(c.adcs[a].figures)};
        if (!series.marks.empty()) all.push_back(std::move(series));
    }
    return all;
}

std::vector<Mark> inl_marks(const AdcFigures& f) {
    std::vector<Mark> marks;
    for (const LevelFigure& level : f.levels) {
        if (f.measured && level.used) marks.push_back({level.ideal, level.inl});
    }
    return marks;
}

std::vector<Mark> dnl_marks(const AdcFigures& f) {
    std::vector<Mark> marks;
    for (const CodeFigure& code : f.codes) {
        if (code.has_dnl) marks.push_back({static_cast<double>(code.code), code.dnl});
    }
    return marks;
}

}  // namespace

std::vector<base::OutFile> plots_of(const Characterization& c) {
    std::vector<base::OutFile> plots;
    if (!base::have_gnuplot()) return plots;
    const auto add = [&](const std::string& id, const std::string& x, const std::string& y,
                         const std::vector<Series>& all, bool join) {
        if (all.empty() || all.front().marks.empty()) return;
        const std::string title = fmt::format("{}, chip {}: {}", c.name, c.chip, id);
        plots.push_back({id + ".svg", svg_of(id, title, x, y, all, join)});
    };
    add("offset", "ADC", "ADC steps", {by_adc(c, [](const auto& f) { return f.offset; })}, false);
    add("gain", "ADC", "factor", {by_adc(c, [](const auto& f) { return f.gain; })}, false);
    add("noise", "ADC", "ADC steps", {by_adc(c, [](const auto& f) { return f.noise; })}, false);
    add("inl", "ideal code", "ADC steps", all_of(c, inl_marks), true);
    add("dnl", "code", "ADC steps", all_of(c, dnl_marks), true);
    return plots;
}

}  // namespace bringup
