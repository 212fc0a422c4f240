// SPDX-License-Identifier: Apache-2.0
/// Bars as SVG text, drawn by gnuplot.
#pragma once

#include <cmath>
#include <string>
#include <vector>

namespace network {

struct Bar {
    std::string name;
    double value = 0;
};
/// An `<svg>` element with a bar for each entry; a line that says so where gnuplot is not there;
/// nothing without bars. `id`: of the SVG's own names.
std::string bar_plot(const std::string& id, const std::string& title, const std::vector<Bar>& bars);

}  // namespace network
