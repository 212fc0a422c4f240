/// plot_bfp: the curve of compare_schemes --bfp as SVG: conversions (the energy proxy) against SQNR,
/// one point for each m, static and dynamic, and conventional. Reads the JSON that compare_schemes
/// wrote, writes the SVG; nothing else decides what is drawn.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cimrtl/diagnostic.hpp"
#include "cosim/npy.hpp"

namespace {

struct Point {
    double conversions = 0, sqnr_db = 0;
    int mantissa = 0;  ///< 0: conventional
};
struct Curve {
    std::string name, colour;
    std::vector<Point> points;
};

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
    explicit Plot(const std::vector<Curve>& curves) : curves_(curves) {
        double most = 0, least_db = 1e9, most_db = -1e9;
        for (const Curve& c : curves) {
            for (const Point& p : c.points) {
                most = std::max(most, p.conversions);
                least_db = std::min(least_db, p.sqnr_db);
                most_db = std::max(most_db, p.sqnr_db);
            }
        }
        x_ = axis_for(0, most);
        y_ = axis_for(least_db, most_db);
    }

    std::string svg(const std::string& title) const {
        std::string out = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
            "height=\"{1}\" font-family=\"sans-serif\" font-size=\"13\">\n"
            "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
            width, height);
        out += text_at((left + right) / 2, 24, "middle", title, " font-size=\"15\"");
        out += grid();
        for (std::size_t i = 0; i < curves_.size(); ++i) out += curve(curves_[i], i);
        return out + "</svg>\n";
    }

  private:
    std::string grid() const {
        std::string out;
        const auto line = [&](double x1, double y1, double x2, double y2) {
            out += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" "
                               "stroke=\"#ddd\"/>\n", x1, y1, x2, y2);
        };
        for (double v = x_.low; v <= x_.high + x_.unit / 2; v += x_.unit) {
            const double x = x_.at(v, left, right);
            line(x, top, x, bottom);
            out += text_at(x, bottom + 20, "middle", fmt::format("{:g}", v / 1e6));
        }
        for (double v = y_.low; v <= y_.high + y_.unit / 2; v += y_.unit) {
            const double y = y_.at(v, bottom, top);
            line(left, y, right, y);
            out += text_at(left - 8, y + 4, "end", fmt::format("{:g}", v));
        }
        out += text_at((left + right) / 2, bottom + 46, "middle", "conversions (millions)");
        return out + text_at(24, (top + bottom) / 2, "middle", "SQNR (dB)",
                             fmt::format(" transform=\"rotate(-90 24 {})\"", (top + bottom) / 2));
    }

    std::string curve(const Curve& c, std::size_t index) const {
        std::string path, marks;
        for (const Point& p : c.points) {
            const double x = x_.at(p.conversions, left, right), y = y_.at(p.sqnr_db, bottom, top);
            path += fmt::format("{:.1f},{:.1f} ", x, y);
            marks += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\"/>\n", x, y,
                                 c.colour);
            const std::string label = p.mantissa > 0 ? std::to_string(p.mantissa) : c.name;
            const bool below = index % 2 == 1;
            marks += text_at(x + (below ? 8 : -8), y + (below ? 14 : -7), below ? "start" : "end",
                             label, fmt::format(" fill=\"{}\"", c.colour));
        }
        std::string out = fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" "
                                      "stroke-width=\"2\"/>\n", path, c.colour);
        if (c.points.size() > 1) {
            const double y = bottom - 44 + 20 * static_cast<double>(index);
            out += fmt::format("<line x1=\"{0}\" y1=\"{2}\" x2=\"{1}\" y2=\"{2}\" stroke=\"{3}\" "
                               "stroke-width=\"2\"/>\n", right - 230, right - 206, y, c.colour);
            out += text_at(right - 198, y + 4, "start", c.name);
        }
        return out + marks;
    }

    const std::vector<Curve>& curves_;
    Axis x_, y_;
};

std::vector<Curve> read(const nlohmann::json& comparison) {
    std::vector<Curve> curves = {{"bfp static, by m", "#0b62a4", {}},
                                 {"bfp dynamic, by m", "#c2571a", {}},
                                 {"conventional 8-8", "#333", {}}};
    for (const auto& row : comparison.at("bfp")) {
        if (row.at("sqnr_db").is_null()) continue;  // exact
        const int m = row.value("mantissa", 0);
        const std::size_t curve = m == 0 ? 2 : row.at("block") == "static" ? 0 : 1;
        curves[curve].points.push_back({row.at("conversions"), row.at("sqnr_db"), m});
    }
    if (curves[0].points.empty() || curves[1].points.empty()) {
        throw cimrtl::Error("error: no rows of bfp with an SQNR; expected the JSON of "
                            "compare_schemes --bfp on float tensors");
    }
    return curves;
}

int run(const std::string& in, const std::string& out) {
    std::ifstream file(in);
    if (!file) throw cimrtl::Error(in + ": error: cannot be read");
    const auto comparison = nlohmann::json::parse(file);
    const auto curves = read(comparison);
    const std::string title = fmt::format(
        "Conversions against SQNR: {} vectors, {} features, {} outputs on {} x {}",
        comparison.at("vectors").get<int>(), comparison.at("features").get<int>(),
        comparison.at("outputs").get<int>(), comparison.at("macro").at("rows").get<int>(),
        comparison.at("macro").at("outputs").get<int>());
    cosim::write_file(out, Plot(curves).svg(title));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: plot_bfp compare.json curve.svg\n");
        return 2;
    }
    try {
        return run(argv[1], argv[2]);
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}
