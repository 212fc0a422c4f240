#include "synth/synth.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "operands/npy.hpp"

namespace fs = std::filesystem;

namespace synth {
namespace {

using base::Error;

constexpr const char* kConstraints = "abc.constr";

/// A path as a word of a Yosys script.
std::string script_word(const fs::path& path) {
    const std::string text = path.string();
    if (text.find_first_of("\"\n\r") != std::string::npos)
        throw base::Error(
            fmt::format("{}: Yosys takes no path with a quote or a line break", text));
    return '"' + text + '"';
}

/// abc takes the path without quotes.
std::string liberty_word(const fs::path& path) {
    const std::string text = fs::absolute(path).string();
    if (text.find_first_of(" \t\n\r\";") != std::string::npos)
        throw base::Error(fmt::format("{}: abc takes no Liberty path with blanks or quotes", text));
    return text;
}

/// abc times and sizes gates only with a library that has delays; it fails on others.
std::string script(const SynthJob& job, bool delays) {
    std::string s;
    const std::string liberty = job.liberty ? liberty_word(*job.liberty) : "";
    if (job.liberty) s += fmt::format("read_liberty -lib {}\n", liberty);
    for (const std::string& file : job.sv_files)
        s += fmt::format("read_verilog -sv -defer {}\n", script_word(file));
    s += fmt::format(
        "hierarchy -check -top {0}\nsynth -top {0}\nopt_clean -purge\ncheck -assert\n"
        "tee -o generic.stat stat\n",
        job.top);
    if (job.liberty)
        s += fmt::format(
            "dfflibmap -liberty {0}\nabc -liberty {0}{1}\nopt_clean -purge\n"
            "tee -o mapped.stat stat -liberty {0}\n",
            liberty, delays ? fmt::format(" -constr {} -D {}", kConstraints, job.clock_ps) : "");
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

void run_yosys(const SynthJob& job, const fs::path& scratch) {
    const fs::path log = scratch / "yosys.log";
    const base::ProcessResult result = base::run_process(
        {{"yosys", "-Q", "-T", "-e", "implicitly declared", "-s", "synth.ys"}, scratch, log});
    const fs::path kept = job.out_dir / "yosys.log";
    base::write_file(kept.string(), read_text(log));
    for (const char* name : {"synth.ys", kConstraints})
        if (fs::exists(scratch / name))
            base::write_file((job.out_dir / name).string(), read_text(scratch / name));
    if (result.exit_code != 0)
        throw base::Error(fmt::format("yosys failed on {} (exit code {}; log: {}):\n{}",
                                      job.config_name, result.exit_code, kept.string(),
                                      reason(log)));
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
    std::optional<Library> library;
    if (job.liberty) library = read_liberty(job.liberty->string());

    prepare(job.out_dir);
    const base::ScratchFolder scratch("cimrtl-synth");
    const auto publish = [&](const std::string& name, const std::string& text) {
        base::write_file((job.out_dir / name).string(), text);
    };
    base::write_file((scratch.path() / "synth.ys").string(),
                     script(job, library && library->delays));
    if (library && library->delays) {
        const auto driver = driving_buffer(*library);
        // The load on an output, in fF: a handful of gates and some wire.
        const std::string constraints =
            (driver ? fmt::format("set_driving_cell {}\n", *driver) : "") + "set_load 50\n";
        base::write_file((scratch.path() / kConstraints).string(), constraints);
    }
    run_yosys(job, scratch.path());

    const DesignStat generic = parse_stat(read_text(scratch.path() / "generic.stat"));
    require_no_latch(generic, scratch.path() / "yosys.log");
    const DesignStat mapped =
        library ? parse_stat(read_text(scratch.path() / "mapped.stat")) : generic;
    const AreaReport report = roll_up(job, mapped, generic, library ? &*library : nullptr);

    std::set<std::string> used;
    for (const auto& [type, count] : report.cell_counts) used.insert(type);
    const std::string models = library ? cell_models(*library, used) : "";
    const std::string netlist = read_text(scratch.path() / "netlist.v");

    if (library) publish("cell_models.v", models);
    std::error_code ignored;
    if (!library) fs::remove(job.out_dir / "cell_models.v", ignored);
    publish("netlist.v", netlist);
    publish("resets.csv", resets_csv(report));
    publish("area.csv", area_csv(report));
    publish("area.md", area_markdown(job, report));
    publish("area.json", area_json(job, report));
    return report;
}

}  // namespace synth
