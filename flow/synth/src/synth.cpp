// SPDX-License-Identifier: Apache-2.0
#include "synth/synth.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "synth_script.hpp"

namespace fs = std::filesystem;

namespace synth {
namespace {

using base::Error;

constexpr const char* sources_folder = "rtl";
/// In the place of the block of that name, which is a model for simulation.
constexpr const char* clock_gate_file = "cim_clock_gate.sv";

/// Links to the sources; returns their names in the folder, the library's clock gate among them.
std::vector<std::string> linked_sources(const SynthJob& job, const fs::path& folder) {
    fs::create_directory(folder / sources_folder);
    std::vector<std::string> names;
    for (const fs::path source : job.sv_files) {
        if (source.filename() == clock_gate_file) {
            names.emplace_back(clock_gate_file);
            continue;
        }
        std::string name = fmt::format("{}/{}", sources_folder, source.filename().string());
        if (fs::exists(folder / name))
            name =
                fmt::format("{}/{}_{}", sources_folder, names.size(), source.filename().string());
        fs::create_symlink(fs::absolute(source), folder / name);
        names.push_back(name);
    }
    return names;
}

/// The end of the log, and before it the lines that say what went wrong if they are further up.
std::string reason(const fs::path& log) {
    const std::string end = base::tail_of(log, 12);
    std::ifstream in(log);
    std::string errors;
    for (std::string line; std::getline(in, line);)
        if (line.find("ERROR:") != std::string::npos && end.find(line) == std::string::npos)
            errors += line + "\n";
    return errors + end;
}

void run_yosys(const SynthJob& job, const base::ScratchFolder& scratch) {
    const fs::path log = scratch.path() / "yosys.log";
    const base::ProcessResult result = base::run_process(
        {.argv = {"yosys", "-Q", "-T", "-e", "implicitly declared", "-s", "synth.ys"},
         .cwd = scratch.path(),
         .log = log,
         .temporary = scratch.path()});
    const fs::path kept = job.out_dir / "yosys.log";
    base::write_file(kept.string(), base::readable_bytes_of(log));
    for (const char* name : {"synth.ys", constraints_file})
        if (fs::exists(scratch.path() / name))
            base::write_file((job.out_dir / name).string(),
                             base::readable_bytes_of(scratch.path() / name));
    if (result.exit_code != 0)
        throw base::Error(fmt::format("yosys failed on {} (exit code {}; log: {}):\n{}{}",
                                      job.config_name, result.exit_code, kept.string(), reason(log),
                                      scratch.complaint()));
}

void require_no_latch(const DesignStat& stat, const fs::path& log) {
    std::string found;
    for (const auto& [name, module] : stat.modules)
        for (const auto& [type, count] : module.cells)
            if (type.starts_with("$_DLATCH") || type.starts_with("$_SR_") || type == "$_FF_")
                found += fmt::format("\n  {}: {} {}", block_name(name), count, type);
    if (found.empty()) return;
    std::ifstream in(log);
    for (std::string line; std::getline(in, line);)
        if (line.find("Latch inferred") != std::string::npos) found += "\n  " + line;
    throw base::Error("latches were inferred:" + found);
}

/// The load on an output is 50 fF: a handful of gates and some wire.
std::string constraints(const Library& library) {
    const auto driver = driving_buffer(library);
    return (driver ? fmt::format("set_driving_cell {}\n", *driver) : "") + "set_load 50\n";
}

/// The counts of a flattened design, as far as they stand by block in the tools' folder.
FlatStat flat_stat(const SynthJob& job, const std::vector<BlockSource>& blocks,
                   const fs::path& folder, const DesignStat& generic, const DesignStat& mapped) {
    const auto stat_of = [&](const BlockSource& block, const std::string& name) {
        const DesignStat design = parse_stat(base::readable_bytes_of(folder / name));
        for (const std::string& module : {logic_of(job), block.name})
            if (const auto found = design.modules.find(module); found != design.modules.end())
                return found->second;
        return ModuleStat{};
    };
    FlatStat flat{generic, mapped, {}, {}};
    for (const BlockSource& block : blocks) {
        flat.gates[block.name] = stat_of(block, block.gates);
        flat.named[block.name] = stat_of(block, block.named);
    }
    return flat;
}

/// The block of each flip-flop in the netlist, by its name there.
std::map<std::string, std::string> blocks_of_flops(const std::vector<BlockSource>& blocks,
                                                   const fs::path& folder) {
    std::map<std::string, std::string> block_of;
    for (const BlockSource& block : blocks) {
        std::istringstream in(base::readable_bytes_of(folder / block.names));
        for (std::string line; std::getline(in, line);)
            if (const auto slash = line.find('/'); slash != line.npos)
                block_of[line.substr(slash + 1)] = block.name;
    }
    return block_of;
}

/// OpenSTA on the netlist in the tools' folder.
Timing time_netlist(const SynthJob& job, const std::vector<BlockSource>& blocks,
                    const fs::path& folder, const std::string& netlist) {
    const base::ProcessResult result =
        base::run_process({.argv = {"sta", "-no_splash", "-no_init", "-exit", "timing.tcl"},
                           .cwd = folder,
                           .log = folder / "timing.rpt",
                           .temporary = folder});
    const std::string report = base::readable_bytes_of(folder / "timing.rpt");
    base::write_file((job.out_dir / "timing.rpt").string(), report);
    if (result.exit_code != 0)
        throw base::Error(fmt::format("sta failed on {} (exit code {}):\n{}", job.config_name,
                                      result.exit_code, base::last_lines(report, 12)));
    Timing timing = parse_timing(report, job.mapping.clock_ps, blocks_of_flops(blocks, folder));
    read_nets(netlist, timing);
    return timing;
}

constexpr std::array report_files = {"netlist.v",     "cell_models.v", "area.json",  "area.md",
                                     "area.csv",      "resets.csv",    "timing.tcl", "timing.rpt",
                                     "power.tcl",     "power.rpt",     "synth.ys",   "yosys.log",
                                     constraints_file};

/// Makes the folder, and finds out now whether it can be written. What an earlier run left there
/// goes: should this one fail, no netlist stands beside the sources of another.
void prepare(const fs::path& folder) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec) throw base::Error(fmt::format("{}: {}", folder.string(), ec.message()));
    check_reports_folder(folder);
    for (const char* name : report_files) fs::remove(folder / name, ec);
}

}  // namespace

void check_reports_folder(const fs::path& folder) {
    std::error_code ec;
    // Each run keeps its script and log, also one that failed.
    if (fs::exists(folder / "synth.ys", ec) || fs::exists(folder / "yosys.log", ec)) return;
    for (const char* name : report_files) {
        if (fs::exists(folder / name, ec))
            throw Error(
                fmt::format("{}: error: found a file of that name and no synth.ys of cimrtl; "
                            "expected a folder of synth, or one without such files",
                            (folder / name).string()));
    }
}

AreaReport synthesize(const SynthJob& request) {
    SynthJob job = request;
    if (job.black_boxes.empty()) job.black_boxes = {job.top + "_array"};
    if (job.memory_bits > 0) job.black_boxes.insert(std::string(factor_memory));
    base::require_program("yosys");
    job.tool_versions["yosys"] = base::tool_version("yosys", "-V");
    if (job.library == nullptr) job.library = &gate_equivalents();
    const Library& library = *job.library;
    if (job.mapping.sta) {
        if (!library.delays)
            throw base::Error(fmt::format(
                "--sta: found {}, which has no delays; expected --liberty with a library that has",
                library.name));
        if (job.mapping.hierarchical)
            throw base::Error(
                "--sta: found --hierarchical, whose nets are not buffered; expected a "
                "flattened design");
        base::require_program("sta");
        job.tool_versions["sta"] = "OpenSTA " + base::tool_version("sta", "-version");
    }

    prepare(job.out_dir);
    const base::ScratchFolder scratch("cimrtl-synth", base::ScratchFolder::For::tools);
    const auto publish = [&](const std::string& name, const std::string& text) {
        base::write_file((job.out_dir / name).string(), text);
    };
    const auto provide = [&](const std::string& name, const std::string& text) {
        scratch.write(name, text);
    };
    provide(library_file, library.mended);
    if (library.delays) provide(constraints_file, constraints(library));
    provide(clock_gate_file, clock_gate_module(library));
    const std::vector<std::string> sources = linked_sources(job, scratch.path());
    const std::vector<BlockSource> blocks = blocks_of(job, sources);
    provide("synth.ys", yosys_script(job, sources));
    run_yosys(job, scratch);

    const auto stat = [&](const std::string& name) {
        return parse_stat(base::readable_bytes_of(scratch.path() / name));
    };
    const DesignStat generic = stat("generic.stat");
    require_no_latch(generic, scratch.path() / "yosys.log");
    const DesignStat mapped = stat("mapped.stat");
    AreaReport report =
        job.mapping.hierarchical
            ? roll_up(job, mapped, generic, &library)
            : attribute(job, flat_stat(job, blocks, scratch.path(), generic, mapped), library);

    if (!job.mapping.hierarchical) report.block_of_flop = blocks_of_flops(blocks, scratch.path());
    std::set<std::string> used;
    for (const auto& [type, count] : report.cell_counts) used.insert(type);
    const std::string models = cell_models(library, used);
    const std::string netlist = base::readable_bytes_of(scratch.path() / "netlist.v");
    if (job.mapping.sta) {
        const std::string script = timing_script(job);
        provide("timing.tcl", script);
        publish("timing.tcl", script);
        report.timing = time_netlist(job, blocks, scratch.path(), netlist);
    }

    publish("cell_models.v", models);
    publish("netlist.v", netlist);
    publish("resets.csv", resets_csv(report));
    publish("area.csv", area_csv(report));
    publish("area.md", area_markdown(job, report));
    publish("area.json", area_json(job, report));
    return report;
}

}  // namespace synth
