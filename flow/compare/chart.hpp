/// Curves of measured points as SVG.
#pragma once

#include <string>
#include <vector>

namespace comparing {

struct Mark {
    double x = 0, y = 0;
    std::string label;
};
struct Curve {
    std::string name, colour;
    std::vector<Mark> marks;
    bool dashed = false;
};

struct Chart {
    std::string title, x_title, y_title;
    double x_unit = 1;           ///< what 1 on the x axis stands for
    bool legend_at_top = false;  ///< upper left corner; lower right otherwise
    std::vector<Curve> curves;   ///< those with one mark only come last, without a legend
};

/// Both axes linear from and to round numbers, x from 0, y from about the least value.
std::string svg(const Chart& chart);

}  // namespace comparing
