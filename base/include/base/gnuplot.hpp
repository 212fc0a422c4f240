// SPDX-License-Identifier: Apache-2.0
/// Plots as SVG text to stand inside a page, drawn by gnuplot (Debian's gnuplot-nox).
#pragma once

#include <string>

namespace base {

/// gnuplot is in PATH.
bool have_gnuplot();

struct Canvas {
    std::string id;                 ///< of the SVG's own names: another for each plot of a page
    int width = 760, height = 480;  ///< points
};

/// What a script (without terminal and output) draws: an `<svg>` element without XML header and
/// document type. Throws base::Error with gnuplot's words if it fails.
std::string draw_plot(const Canvas& canvas, const std::string& script);

/// A text as a string of gnuplot's: everything that it would read is escaped.
std::string gnuplot_text(const std::string& text);

}  // namespace base
