// SPDX-License-Identifier: Apache-2.0
/// Power: OpenSTA under the activity of a simulation, and our own internal part.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/resources.hpp"
#include "base/scratch_folder.hpp"
#include "energies.hpp"
#include "liberty_file.hpp"
#include "power_cells.hpp"
#include "synth/synth.hpp"

namespace fs = std::filesystem;

namespace synth {

std::span<const base::Resource> embedded_resources();

namespace {

constexpr const char* source_file = "power_source.lib";

/// A cell of outputs alone.
bool constant(const LibertyCell& cell) {
    return std::ranges::none_of(cell.pins, [](const LibertyPin& pin) {
        return pin.direction == LibertyPin::Direction::input;
    });
}

std::string power_script(const SynthJob& job, std::size_t libraries) {
    std::string s = "# OpenSTA: power of the netlist with the activity of a simulation\n";
    for (std::size_t i = 0; i < libraries; ++i) s += fmt::format("read_liberty power_{}.lib\n", i);
    s += fmt::format(
        "read_liberty {}\nread_verilog netlist.v\n"
        "read_verilog power_top.v\nlink_design cimrtl_power\nset period_ps {}\n"
        "set constants {{",
        source_file, job.mapping.clock_ps);
    for (const auto& [name, cell] : job.library->cells)
        if (constant(cell)) s += name + " ";
    s += "}\n";
    s += base::resource(embedded_resources(), "power_netlist.tcl");
    return s += base::resource(embedded_resources(), "power_report.tcl");
}

/// `reports`: where script and report are left, also if it fails; empty: nowhere.
std::string run_opensta(const SynthJob& job, const Activity& activity, const fs::path& reports) {
    const base::ScratchFolder scratch("cimrtl-power", base::ScratchFolder::For::tools);
    const std::vector<std::string>& files = job.library->files;
    for (std::size_t i = 0; i < files.size(); ++i)
        scratch.write(fmt::format("power_{}.lib", i), read_liberty_text(files[i]));
    scratch.write(source_file, std::string(base::resource(embedded_resources(), source_file)));
    fs::create_symlink(fs::absolute(job.out_dir / "netlist.v"), scratch.path() / "netlist.v");
    scratch.write("power_top.v",
                  fmt::format("module cimrtl_power;\n  {} dut ();\nendmodule\n", job.top));
    const std::string script = power_script(job, files.size());
    scratch.write("power.tcl", script);
    std::string pins;
    for (const auto& [name, pin] : activity.pins)
        pins += fmt::format("{{{}}} {:.9g} {:.9g}\n", name, pin.toggles, pin.high);
    scratch.write("activity.txt", pins);
    if (!reports.empty()) base::write_file((reports / "power.tcl").string(), script);
    const fs::path log = scratch.path() / "power.rpt";
    const base::ProcessResult result =
        base::run_process({.argv = {"sta", "-no_splash", "-no_init", "-exit", "power.tcl"},
                           .cwd = scratch.path(),
                           .log = log,
                           .temporary = scratch.path()});
    std::string text = base::readable_bytes_of(log);
    if (!reports.empty()) base::write_file((reports / "power.rpt").string(), text);
    if (const auto missing = text.find("\nmissing "); missing != text.npos)
        throw base::Error(
            fmt::format("the simulation has no activity of pin {}",
                        text.substr(missing + 9, text.find('\n', missing + 1) - missing - 9)));
    // It goes on, and ends well, after an error in the script.
    if (result.exit_code != 0 || text.find("\nError") != text.npos || text.starts_with("Error"))
        throw base::Error(fmt::format("sta failed on {} (exit code {}):\n{}", job.config_name,
                                      result.exit_code, base::last_lines(text, 12)));
    return text;
}

Power power_of(const SynthJob& job, const Activity& activity, const PowerWork& work,
               const std::map<std::string, std::string>& block_of_flop, const fs::path& reports) {
    require_power(job.library);
    base::require_program("sta");
    const std::vector<PowerCell> cells = parse_cells(run_opensta(job, activity, reports));
    std::set<std::string> used;
    for (const PowerCell& c : cells) used.insert(c.type);
    const auto energies = read_energies(job.library->files, used);
    Power power;
    power.period = job.mapping.clock_ps / 1000.0;
    power.cycles = activity.cycles;
    power.work = work;
    check_switching(cells, power.period * 1e-9);
    std::vector<Watts> watts;
    for (const PowerCell& c : cells) {
        Watts w = c.opensta;
        w.internal = internal_energy(energies.at(c.type), c.pins) / (power.period * 1e-9);
        power.opensta_internal += c.opensta.internal;
        power.whole += w;
        watts.push_back(w);
    }
    power.blocks = sum_blocks(cells, watts, block_of_flop);
    return power;
}

}  // namespace

void require_power(const Library* library) {
    if (library != nullptr && library->power && library->delays) return;
    throw base::Error(fmt::format(
        "--power: found {}, which has no {}; expected --liberty with a library that has",
        library == nullptr ? "the tool's own library" : library->file,
        library == nullptr || !library->power ? "power tables (internal_power)" : "delays"));
}

Power find_power(const SynthJob& job, const Activity& activity, const PowerWork& work) {
    return power_of(job, activity, work, {}, {});
}

void estimate_power(const SynthJob& job, const Activity& activity, const PowerWork& work,
                    AreaReport& report) {
    report.power = power_of(job, activity, work, report.block_of_flop, job.out_dir);
    report.tool_versions["sta"] = "OpenSTA " + base::tool_version("sta", "-version");
    base::write_file((job.out_dir / "area.md").string(), area_markdown(job, report));
    base::write_file((job.out_dir / "area.json").string(), area_json(job, report));
}

}  // namespace synth
