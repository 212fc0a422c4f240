// SPDX-License-Identifier: Apache-2.0
#include "base/gnuplot.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"

namespace base {

namespace {

/// From `<svg` on: what stands before names addresses and has no place inside a page.
std::string inside_page(const std::string& svg) {
    const std::size_t begin = svg.find("<svg");
    return begin == svg.npos ? std::string() : svg.substr(begin);
}

}  // namespace

bool have_gnuplot() { return find_program("gnuplot").has_value(); }

std::string draw_plot(const Canvas& canvas, const std::string& script) {
    const ScratchFolder folder("cimrtl-plot");
    const std::string head = fmt::format(
        "set encoding utf8\nset terminal svg noenhanced size {},{} dynamic font 'sans-serif,12' "
        "name '{}' background rgb 'white'\nset output 'plot.svg'\n",
        canvas.width, canvas.height, canvas.id);
    write_file((folder.path() / "plot.gp").string(), head + script);
    const ProcessResult result = run_process({{"gnuplot", "plot.gp"}, folder.path(), {}});
    std::ifstream in(folder.path() / "plot.svg", std::ios::binary);
    std::string svg = inside_page({std::istreambuf_iterator<char>(in), {}});
    if (result.exit_code != 0 || svg.empty())
        throw Error("error: gnuplot failed:\n" + result.output);
    return svg;
}

std::string gnuplot_text(const std::string& text) {
    std::string q = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') q += '\\';
        q += c == '\n' ? ' ' : c;
    }
    return q + "\"";
}

}  // namespace base
