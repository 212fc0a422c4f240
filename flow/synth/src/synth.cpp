// SPDX-License-Identifier: Apache-2.0
#include "synth/synth.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"

namespace fs = std::filesystem;

namespace synth {
namespace {

using base::Error;

constexpr const char* kConstraints = "abc.constr";

/// What Yosys works on, in its own folder and under names of ours: it takes no path with a quote,
/// abc none with a blank.
constexpr const char* kLibrary = "cells.lib";
constexpr const char* kSources = "rtl";
/// In the place of the block of that name, which is a model for simulation.
constexpr const char* kClockGate = "cim_clock_gate.sv";
/// The same folder by an absolute name without blanks, which abc wants.
constexpr const char* kHere = "/proc/self/cwd";

/// Links to the sources; returns their names in the folder, the library's clock gate among them.
std::vector<std::string> linked_sources(const SynthJob& job, const fs::path& folder) {
    fs::create_directory(folder / kSources);
    std::vector<std::string> names;
    for (const fs::path source : job.sv_files) {
        if (source.filename() == kClockGate) {
            names.emplace_back(kClockGate);
            continue;
        }
        std::string name = fmt::format("{}/{}", kSources, source.filename().string());
        if (fs::exists(folder / name))
            name = fmt::format("{}/{}_{}", kSources, names.size(), source.filename().string());
        fs::create_symlink(fs::absolute(source), folder / name);
        names.push_back(name);
    }
    return names;
}

/// abc times and sizes gates only with a library that has delays; it fails on others.
std::string script(const SynthJob& job, const std::vector<std::string>& sources) {
    std::string s = fmt::format("# {}: the library {}; {}/: the generated sources\n", kLibrary,
                                job.library->name, kSources);
    s += fmt::format("read_liberty -lib {}\n", kLibrary);
    for (const std::string& file : sources) s += fmt::format("read_verilog -sv -defer {}\n", file);
    s += fmt::format(
        "hierarchy -check -top {0}\nsynth -top {0}\nopt_clean -purge\ncheck -assert\n"
        "tee -o generic.stat stat\n",
        job.top);
    const std::string timed =
        job.library->delays ? fmt::format(" -constr {}/{} -D {}", kHere, kConstraints, job.clock_ps)
                            : "";
    s += fmt::format(
        "dfflibmap -liberty {0}\nabc -liberty {1}/{0}{2}\nopt_clean -purge\n"
        "tee -o mapped.stat stat -liberty {0}\n",
        kLibrary, kHere, timed);
    // Scalar nets, and scalar ports below the top: Verilator has mis-simulated vectors that feed
    // themselves.
    s += fmt::format(
        "splitnets {0}\nsplitnets -ports {0} %n\nopt_clean -purge\n"
        "write_verilog -noattr -simple-lhs netlist.v\n",
        job.top);
    return s;
}

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw base::Error(fmt::format("{}: cannot be read", file.string()));
    return text;
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
    base::write_file(kept.string(), read_text(log));
    for (const char* name : {"synth.ys", kConstraints})
        if (fs::exists(scratch.path() / name))
            base::write_file((job.out_dir / name).string(), read_text(scratch.path() / name));
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

/// Makes the folder, and finds out now whether it can be written.
void prepare(const fs::path& folder) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec) throw base::Error(fmt::format("{}: {}", folder.string(), ec.message()));
}

}  // namespace

AreaReport synthesize(const SynthJob& request) {
    SynthJob job = request;
    if (job.black_boxes.empty()) job.black_boxes = {job.top + "_array"};
    base::require_program("yosys");
    job.tool_versions["yosys"] = base::tool_version("yosys", "-V");
    if (job.library == nullptr) job.library = &gate_equivalents();
    const Library& library = *job.library;

    prepare(job.out_dir);
    const base::ScratchFolder scratch("cimrtl-synth", base::ScratchFolder::For::tools);
    const auto publish = [&](const std::string& name, const std::string& text) {
        base::write_file((job.out_dir / name).string(), text);
    };
    const auto provide = [&](const std::string& name, const std::string& text) {
        scratch.write(name, text);
    };
    provide(kLibrary, library.mended);
    if (library.delays) provide(kConstraints, constraints(library));
    provide(kClockGate, clock_gate_module(library));
    provide("synth.ys", script(job, linked_sources(job, scratch.path())));
    run_yosys(job, scratch);

    const DesignStat generic = parse_stat(read_text(scratch.path() / "generic.stat"));
    require_no_latch(generic, scratch.path() / "yosys.log");
    const DesignStat mapped = parse_stat(read_text(scratch.path() / "mapped.stat"));
    const AreaReport report = roll_up(job, mapped, generic, &library);

    std::set<std::string> used;
    for (const auto& [type, count] : report.cell_counts) used.insert(type);
    const std::string models = cell_models(library, used);
    const std::string netlist = read_text(scratch.path() / "netlist.v");

    publish("cell_models.v", models);
    publish("netlist.v", netlist);
    publish("resets.csv", resets_csv(report));
    publish("area.csv", area_csv(report));
    publish("area.md", area_markdown(job, report));
    publish("area.json", area_json(job, report));
    return report;
}

}  // namespace synth
