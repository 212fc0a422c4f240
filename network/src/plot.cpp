// SPDX-License-Identifier: Apache-2.0
#include "plot.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/gnuplot.hpp"

namespace network {

std::string bar_plot(const std::string& id, const std::string& title,
                     const std::vector<Bar>& bars) {
    if (bars.empty()) return {};
    if (!base::have_gnuplot())
        return fmt::format("<p>{}: no plot, gnuplot (package gnuplot-nox) is missing.</p>\n",
                           title);
    std::string script = fmt::format(
        "set title {}\nset style fill solid\nunset key\nset boxwidth 0.7\nset yrange [0:*]\n"
        "set grid ytics\nset xtics rotate by -60\n$bars << EOD\n",
        base::gnuplot_text(title));
    for (const Bar& bar : bars)
        script += fmt::format("{} {:.6g}\n", base::gnuplot_text(bar.name), bar.value);
    script += "EOD\nplot $bars using 0:2:xtic(1) with boxes lc rgb '#3b6ea5'\n";
    try {
        return base::draw_plot({id, 900, 320}, script);
    } catch (const base::Error&) {  // hours of results are worth more than a picture of them
        return fmt::format("<p>{}: no plot, gnuplot failed.</p>\n", title);
    }
}

}  // namespace network
