#include "cosim/synth.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "cimrtl/diagnostic.hpp"
#include "cosim/npy.hpp"
#include "cosim/process.hpp"

namespace fs = std::filesystem;

namespace cosim {
namespace {

using cimrtl::Error;

constexpr const char* kConstraints = "abc.constr";

/// A path as a word of a Yosys script.
std::string script_word(const fs::path& path) {
    const std::string text = path.string();
    if (text.find_first_of("\"\n\r") != std::string::npos)
        throw Error(fmt::format("{}: Yosys takes no path with a quote or a line break", text));
    return '"' + text + '"';
}

/// abc takes the path without quotes.
std::string liberty_word(const fs::path& path) {
    const std::string text = fs::absolute(path).string();
    if (text.find_first_of(" \t\n\r\";") != std::string::npos)
        throw Error(fmt::format("{}: abc takes no Liberty path with blanks or quotes", text));
    return text;
}

std::string script(const SynthJob& job) {
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
            "dfflibmap -liberty {0}\nabc -liberty {0} -constr {1} -D {2}\nopt_clean -purge\n"
            "tee -o mapped.stat stat -liberty {0}\n",
            liberty, kConstraints, job.clock_ps);
    // Scalar nets and ports below the top: Verilator has mis-simulated vectors that feed
    // themselves.
    s += fmt::format(
        "splitnets -ports {} %n\nopt_clean -purge\nwrite_verilog -noattr -simple-lhs netlist.v\n",
        job.top);
    return s;
}

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw Error(fmt::format("{}: cannot be read", file.string()));
    return text;
}

/// The log's lines that say what went wrong, or its end.
std::string reason(const fs::path& log) {
    std::ifstream in(log);
    std::string errors;
    for (std::string line; std::getline(in, line);)
        if (line.find("ERROR:") != std::string::npos) errors += line + "\n";
    return tail_of(log, 12) + errors;
}

void run_yosys(const SynthJob& job, const fs::path& scratch) {
    const fs::path log = scratch / "yosys.log";
    const ProcessResult result = run_process(
        {{"yosys", "-Q", "-T", "-e", "implicitly declared", "-s", "synth.ys"}, scratch, log});
    const fs::path kept = job.out_dir / "yosys.log";
    write_file(kept.string(), read_text(log));
    if (result.exit_code != 0)
        throw Error(fmt::format("yosys failed on {} (exit code {}); its log is {}, which ends:\n{}",
                                job.config_name, result.exit_code, kept.string(), reason(log)));
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
    throw Error("latches were inferred:" + found);
}

/// Makes the folder, and finds out now whether it can be written.
void prepare(const fs::path& folder) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec) throw Error(fmt::format("{}: {}", folder.string(), ec.message()));
}

}  // namespace

AreaReport synthesize(const SynthJob& request) {
    SynthJob job = request;
    if (job.black_boxes.empty()) job.black_boxes = {job.top + "_array"};
    require_program("yosys");
    job.tool_versions["yosys"] = tool_version("yosys", "-V");
    std::optional<Library> library;
    if (job.liberty) library = read_liberty(job.liberty->string());

    prepare(job.out_dir);
    const ScratchFolder scratch("cimrtl-synth");
    const auto publish = [&](const std::string& name, const std::string& text) {
        write_file((job.out_dir / name).string(), text);
    };
    write_file((scratch.path() / "synth.ys").string(), script(job));
    publish("synth.ys", script(job));
    if (library) {
        const auto driver = driving_buffer(*library);
        const std::string constraints =
            (driver ? fmt::format("set_driving_cell {}\n", *driver) : "") + "set_load 0.05\n";
        write_file((scratch.path() / kConstraints).string(), constraints);
        publish(kConstraints, constraints);
    }
    run_yosys(job, scratch.path());

    const DesignStat generic = parse_stat(read_text(scratch.path() / "generic.stat"));
    require_no_latch(generic, scratch.path() / "yosys.log");
    const DesignStat mapped =
        library ? parse_stat(read_text(scratch.path() / "mapped.stat")) : generic;
    const AreaReport report = roll_up(job, mapped, generic, library ? &*library : nullptr);

    const fs::path models = job.out_dir / "cell_models.v";
    std::error_code ignored;
    fs::remove(models, ignored);
    publish("netlist.v", read_text(scratch.path() / "netlist.v"));
    if (library) {
        std::set<std::string> used;
        for (const auto& [type, count] : report.cell_counts) used.insert(type);
        publish("cell_models.v", cell_models(*library, used));
    }
    publish("resets.csv", resets_csv(report));
    publish("area.csv", area_csv(report));
    publish("area.md", area_markdown(job, report));
    publish("area.json", area_json(job, report));
    return report;
}

}  // namespace cosim
