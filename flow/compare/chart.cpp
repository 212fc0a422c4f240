#include "chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace comparing {

namespace {

/// A linear axis from 0 or a round number to a round number.
struct Axis {
    double low = 0, high = 1, unit = 1;
    double at(double value, double from, double to) const {
        return from + (value - low) / (high - low) * (to - from);
    }
};

Axis axis_for(double least, double most) {
    const double rough = (most - least) / 6;
    const double decade = std::pow(10, std::floor(std::log10(rough)));
    double unit = 10 * decade;
    for (const double factor : {5, 2, 1}) {
        if (factor * decade >= rough) unit = factor * decade;
    }
    return {std::floor(least / unit) * unit, std::ceil(most / unit) * unit, unit};
}

constexpr double width = 760, height = 460, left = 76, right = 736, top = 44, bottom = 396;

std::string text_at(double x, double y, std::string_view anchor, std::string_view text,
                    std::string_view more = "") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                       anchor, more, text);
}

class Plot {
  public:
    explicit Plot(const Chart& chart) : chart_(chart) {
        double most = 0, least_y = 1e9, most_y = -1e9;
        for (const Curve& c : chart.curves) {
            for (const Mark& m : c.marks) {
                most = std::max(most, m.x);
                least_y = std::min(least_y, m.y);
                most_y = std::max(most_y, m.y);
            }
        }
        x_ = axis_for(0, most);
        y_ = axis_for(least_y, most_y);
    }

    std::string svg() const {
        std::string out = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
            "height=\"{1}\" font-family=\"sans-serif\" font-size=\"13\">\n"
            "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
            width, height);
        out += text_at((left + right) / 2, 24, "middle", chart_.title, " font-size=\"15\"");
        out += grid();
        for (std::size_t i = 0; i < chart_.curves.size(); ++i) out += curve(chart_.curves[i], i);
        return out + "</svg>\n";
    }

  private:
    std::string grid() const {
        std::string out;
        const auto line = [&](double x1, double y1, double x2, double y2) {
            out += fmt::format(
                "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" "
                "stroke=\"#ddd\"/>\n",
                x1, y1, x2, y2);
        };
        for (double v = x_.low; v <= x_.high + x_.unit / 2; v += x_.unit) {
            const double x = x_.at(v, left, right);
            line(x, top, x, bottom);
            out += text_at(x, bottom + 20, "middle", fmt::format("{:g}", v / chart_.x_unit));
        }
        for (double v = y_.low; v <= y_.high + y_.unit / 2; v += y_.unit) {
            const double y = y_.at(v, bottom, top);
            line(left, y, right, y);
            out += text_at(left - 8, y + 4, "end", fmt::format("{:g}", v));
        }
        out += text_at((left + right) / 2, bottom + 46, "middle", chart_.x_title);
        return out + text_at(24, (top + bottom) / 2, "middle", chart_.y_title,
                             fmt::format(" transform=\"rotate(-90 24 {})\"", (top + bottom) / 2));
    }

    std::string curve(const Curve& c, std::size_t index) const {
        std::string path, marks;
        for (const Mark& m : c.marks) {
            const double x = x_.at(m.x, left, right), y = y_.at(m.y, bottom, top);
            path += fmt::format("{:.1f},{:.1f} ", x, y);
            marks += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\"/>\n", x,
                                 y, c.colour);
            const bool below = index % 2 == 1;
            marks += text_at(x + (below ? 8 : -8), y + (below ? 14 : -7), below ? "start" : "end",
                             m.label, fmt::format(" fill=\"{}\"", c.colour));
        }
        const std::string stroke = fmt::format("stroke=\"{}\" stroke-width=\"2\"{}", c.colour,
                                               c.dashed ? " stroke-dasharray=\"6 4\"" : "");
        std::string out = fmt::format("<polyline points=\"{}\" fill=\"none\" {}/>\n", path, stroke);
        if (c.marks.size() > 1) out += legend(c.name, index, stroke);
        return out + marks;
    }

    std::string legend(const std::string& name, std::size_t index,
                       const std::string& stroke) const {
        const auto line = static_cast<double>(index);
        const double x = chart_.legend_at_top ? left + 14 : right - 230;
        const double first = chart_.legend_at_top ? top + 16 : bottom - 24 - 20 * (legends() - 1);
        const double y = first + 20 * line;
        return fmt::format("<line x1=\"{0}\" y1=\"{2}\" x2=\"{1}\" y2=\"{2}\" {3}/>\n", x, x + 24,
                           y, stroke) +
               text_at(x + 32, y + 4, "start", name);
    }
    /// Curves with a legend come first.
    double legends() const {
        return static_cast<double>(std::ranges::count_if(
            chart_.curves, [](const Curve& c) { return c.marks.size() > 1; }));
    }

    const Chart& chart_;
    Axis x_, y_;
};

}  // namespace

std::string svg(const Chart& chart) { return Plot(chart).svg(); }

}  // namespace comparing
