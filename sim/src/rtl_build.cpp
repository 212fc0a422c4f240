/// Builds the Verilated model, once for given content.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/scratch_folder.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/output_tree.hpp"
#include "generator/render.hpp"
#include "base/process.hpp"
#include "harness_files.hpp"
#include "sim/rtl.hpp"

namespace fs = std::filesystem;

namespace sim {

namespace {

using base::OutFile;

std::string bench_config(const generator::Design& d) {
    std::string text = "// The macro's shape, for the harness.\n#pragma once\n";
    const auto define = [&](std::string_view name, std::int64_t value) {
        text += fmt::format("#define TB_{} {}u\n", name, value);
    };
    define("OUTPUTS", d.config.array.outputs);
    define("COLUMNS", d.columns);
    define("BANK_BITS", d.bank_bits);
    define("IN_BEAT", d.streams.in);
    define("IN_BITS", d.input.port_bits);
    define("OUT_BEAT", d.streams.out);
    define("OUT_BITS", d.result.bits);
    define("CHAIN_BITS", d.accumulator.bits);
    define("WORD_CELLS", d.streams.weight);
    define("WORDS", d.streams.words);
    define("CELL_BITS", d.array.cell_bits);
    define("CFG_BITS", d.port.data_bits);
    // More steps than any tile has, passes included.
    const auto passes = static_cast<std::int64_t>(d.step_pos.size());
    define("TILE_CYCLES", d.groups * passes * d.steps * (d.step_cycles + 2));
    text += fmt::format("#define TB_OUT_SIGNED {}\n", d.result.is_signed ? 1 : 0);
    text += fmt::format("#define TB_CHAIN {}\n", d.config.accumulator.chain ? 1 : 0);
    return text;
}

/// const-bit-op-tree: Verilator 5.006 combines trees of single bits wrongly; leaving it out costs
/// no measurable time.
std::vector<std::string> verilator_options(const generator::Design& d, bool traced) {
    std::vector<std::string> options = {"--cc",
                                        "--exe",
                                        "--build",
                                        "-j",
                                        "2",
                                        "--prefix",
                                        "Vdut",
                                        "--top-module",
                                        d.config.name,
                                        "--assert",
                                        "--x-initial",
                                        "unique",
                                        "--x-assign",
                                        "unique",
                                        "+define+CIMRTL_DPI",
                                        "-O3",
                                        "-fno-const-bit-op-tree",
                                        "-MAKEFLAGS",
                                        "OPT_FAST=-O2 OPT_SLOW=-O0 OPT_GLOBAL=-O2",
                                        "-o",
                                        "harness"};
    if (traced) options.push_back("--trace-fst");
    return options;
}

/// Many lanes share their code instead of being inlined one by one: a fraction of the C++.
constexpr int many_lanes = 48;
base::OutFile build_hints(const generator::Design& d) {
    std::string text = "`verilator_config\n";
    if (d.adcs >= many_lanes) {
        text += fmt::format("no_inline -module \"{}_lane\"\n", d.config.name);
        text += "no_inline -module \"cim_adc_model\"\n";
    }
    return {"hints.vlt", text};
}

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) throw base::Error(fmt::format("{}: error: cannot be read", path.string()));
    return text.str();
}

/// Everything that decides what the executable does.
std::string content_key(const std::vector<base::OutFile>& files, const std::vector<std::string>& options,
                        const std::string& verilator) {
    nlohmann::json key = {verilator, options};
    for (const base::OutFile& f : files) key.push_back({f.path, f.contents});
    return base::sha256(key.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::vector<base::OutFile> harness_files(const generator::Design& d) {
    std::vector<base::OutFile> files;
    for (const base::Resource& r : embedded_resources()) {
        files.push_back({fmt::format("harness/{}", r.path), std::string(r.contents)});
    }
    files.push_back({"harness/tb_config.h", bench_config(d)});
    return files;
}

void write_files(const fs::path& dir, const std::vector<base::OutFile>& files) {
    for (const base::OutFile& f : files) {
        const fs::path path = dir / f.path;
        fs::create_directories(path.parent_path());
        std::ofstream out(path, std::ios::binary);
        out << f.contents;
        out.close();
        if (!out) throw base::Error(fmt::format("{}: error: cannot be written", path.string()));
    }
}

void verilate(const fs::path& dir, std::vector<std::string> options,
              const std::vector<std::string>& sources) {
    std::vector<std::string> argv = {"verilator"};
    argv.insert(argv.end(), options.begin(), options.end());
    argv.insert(argv.end(), {"-CFLAGS", "-I../harness -std=c++17", "--Mdir", "obj"});
    if (const auto ccache = base::find_program("ccache"))
        argv.insert(argv.end(), {"-MAKEFLAGS", "OBJCACHE=ccache"});
    argv.insert(argv.end(), sources.begin(), sources.end());
    argv.push_back("harness/harness.cpp");
    const fs::path log = dir / "build.log";
    const base::ProcessResult result = base::run_process({.argv = argv, .cwd = dir, .log = log});
    if (result.exit_code != 0) {
        throw base::Error(fmt::format("error: verilator failed (exit code {}):\n{}",
                                        result.exit_code, base::tail_of(log, 30)));
    }
}

/// Made if absent: better said before a build than after it.
void require_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!failed && access(folder.c_str(), W_OK) != 0) failed = {errno, std::generic_category()};
    if (failed) {
        throw base::Error(fmt::format(
            "{}: error: built simulations cannot be kept: {}; expected a writable folder "
            "(CIMRTL_CACHE names one)",
            folder.string(), failed.message()));
    }
}

/// An entry whose program is empty or may not be executed is built anew.
bool is_program(const fs::path& path) {
    std::error_code error;
    return base::find_program(path.string()) && fs::file_size(path, error) > 0 && !error;
}

/// Builds in a folder of its own and moves it into place, so that a cache entry is always whole.
RtlModel build(const generator::Design& d, bool progress, std::vector<base::OutFile> files,
               std::vector<std::string> sources, std::vector<std::string> options) {
    base::require_program("verilator");
    base::require_program("g++");
    base::require_program("make");
    for (base::OutFile& f : harness_files(d)) files.push_back(std::move(f));
    files.push_back(build_hints(d));
    sources.push_back(files.back().path);
    const std::string key = content_key(files, options, base::tool_version("verilator", "--version"));
    const fs::path entry = cache_folder() / key.substr(0, 24);
    const RtlModel model{entry / "harness", d.config.array.outputs, {}};
    if (is_program(model.executable)) return model;
    require_folder(cache_folder());
    if (progress) fmt::print(stderr, "building the simulation ...");
    base::ScratchFolder scratch("cimrtl-build");
    write_files(scratch.path(), files);
    verilate(scratch.path(), std::move(options), sources);
    std::error_code failed;
    fs::create_directories(entry, failed);
    const fs::path part = entry / fmt::format("harness.{}", getpid());
    if (!failed) fs::copy_file(scratch.path() / "obj" / "harness", part, failed);
    if (!failed) fs::rename(part, model.executable, failed);
    if (progress) fmt::print(stderr, "\r\033[K");
    if (failed) {
        throw base::Error(fmt::format("{}: error: the built simulation cannot be kept: {}",
                                        entry.string(), failed.message()));
    }
    return model;
}

}  // namespace

fs::path cache_folder() {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    if (const auto own = variable("CIMRTL_CACHE"); !own.empty()) return own;
    if (const auto xdg = variable("XDG_CACHE_HOME"); !xdg.empty()) return fs::path(xdg) / "cimrtl";
    if (const auto home = variable("HOME"); !home.empty())
        return fs::path(home) / ".cache" / "cimrtl";
    return fs::temp_directory_path() / fmt::format("cimrtl-cache-{}", getuid());
}

namespace {

/// Puts files of $CIMRTL_RTL_OVERRIDE, if it is set, in the place of generated ones.
void apply_override(std::vector<base::OutFile>& files) {
    const char* folder = std::getenv("CIMRTL_RTL_OVERRIDE");
    if (!folder || !*folder) return;
    const auto bad = [&](std::string_view found, std::string_view expected) {
        throw base::Error(fmt::format("{}: error: CIMRTL_RTL_OVERRIDE: found {}; expected {}",
                                        folder, found, expected));
    };
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) bad("no such folder", "a folder of <module>.sv files");
    bool any = false;
    for (base::OutFile& f : files) {
        const fs::path fault = fs::path(folder) / fs::path(f.path).filename();
        if (!fs::exists(fault)) continue;
        f.contents = slurp(fault);
        any = true;
    }
    if (!any) {
        const fs::path one = fs::path(files.front().path).filename();
        bad("no file of a module of this design",
            fmt::format("at least one such as {}", one.string()));
    }
}

RtlModel build_generated(const generator::Design& d, bool progress, bool traced) {
    std::vector<base::OutFile> files;
    std::vector<std::string> sources;
    for (base::OutFile& f : generator::render(d)) {
        if (!f.path.starts_with("rtl/") && !f.path.starts_with("model/")) continue;
        sources.push_back(f.path);
        files.push_back(std::move(f));
    }
    apply_override(files);
    return build(d, progress, std::move(files), sources, verilator_options(d, traced));
}

RtlModel build_synthesized(const generator::Design& d, bool progress, const NetlistSimulation& netlist,
                           bool traced) {
    std::vector<base::OutFile> files;
    std::vector<std::string> sources;
    for (base::OutFile& f : generator::render(d)) {
        if (!f.path.starts_with("model/")) continue;
        sources.push_back(f.path);
        files.push_back(std::move(f));
    }
    for (const fs::path& path : netlist.files) {
        sources.push_back("netlist/" + path.filename().string());
        files.push_back({sources.back(), slurp(path)});
    }
    std::vector<std::string> options = verilator_options(d, traced);
    options.insert(options.end(), netlist.verilator_flags.begin(), netlist.verilator_flags.end());
    for (const std::string& flag : netlist.make_flags) {
        options.insert(options.end(), {"-MAKEFLAGS", flag});
    }
    return build(d, progress, std::move(files), sources, std::move(options));
}

}  // namespace

RtlModel build_rtl(const generator::Design& d, bool progress) {
    RtlModel model = build_generated(d, progress, false);
    model.traced = [d] { return build_generated(d, false, true).executable; };
    return model;
}

RtlModel build_netlist(const generator::Design& d, bool progress, const NetlistSimulation& netlist) {
    RtlModel model = build_synthesized(d, progress, netlist, false);
    model.traced = [d, netlist] { return build_synthesized(d, false, netlist, true).executable; };
    return model;
}

}  // namespace sim
