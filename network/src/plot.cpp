#include "plot.hpp"

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"

namespace network {

std::string bar_plot(const std::string& title, const std::vector<Bar>& bars) {
    if (bars.empty()) return {};
    if (!base::find_program("gnuplot"))
        return fmt::format("<p>{}: no plot, gnuplot (package gnuplot-nox) is missing.</p>\n",
                           title);
    std::string script = fmt::format(
        "set terminal svg size 900,320 dynamic font 'sans,11' name 'plot'\nset title \"{}\" noenhanced\nset style fill solid\nunset key\n"
        "set boxwidth 0.7\nset yrange [0:*]\nset grid ytics\nset xtics rotate by -60 noenhanced\n"
        "$bars << EOD\n",
        title);
    for (const Bar& bar : bars) {
        std::string name;
        for (const char c : bar.name) name += c == '"' || c == '\\' ? '_' : c;
        script += fmt::format("\"{}\" {:.6g}\n", name, bar.value);
    }
    script += "EOD\nplot $bars using 0:2:xtic(1) with boxes lc rgb '#3b6ea5'\n";
    const base::ScratchFolder folder("cimrtl_plot");
    const std::string file = (folder.path() / "bars.gp").string();
    base::write_file(file, script);
    const base::ProcessResult r = base::run_process({{"gnuplot", file}, {}, {}, false});
    const std::size_t begin = r.output.find("<svg");
    if (r.exit_code != 0 || begin == r.output.npos)
        return fmt::format("<p>{}: no plot, gnuplot failed.</p>\n", title);
    const std::size_t end = r.output.rfind("</svg>");
    return r.output.substr(begin, end == r.output.npos ? end : end + 7 - begin);
}

}  // namespace network
