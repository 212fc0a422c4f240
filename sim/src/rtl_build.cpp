// SPDX-License-Identifier: Apache-2.0
/// Builds the Verilated model, once for given content.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/environment.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/output_tree.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "base/streams.hpp"
#include "build_cache.hpp"
#include "generator/render.hpp"
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
    define("OUT_BITS", d.output.bits);
    define("CHAIN_BITS", d.accumulator.bits);
    define("WORD_CELLS", d.streams.weight);
    define("WORDS", d.streams.words);
    define("CELL_BITS", d.array.cell_bits);
    define("CFG_BITS", d.port.data_bits);
    // More steps than any tile has, passes included.
    const auto passes = static_cast<std::int64_t>(d.step_pos.size());
    define("TILE_CYCLES", d.groups * passes * d.steps * (d.step_cycles + 2));
    text += fmt::format("#define TB_OUT_SIGNED {}\n", d.output.is_signed ? 1 : 0);
    text += fmt::format("#define TB_CHAIN {}\n", d.config.accumulator.chain ? 1 : 0);
    const bool gated = d.config.clock_gating == generator::ClockGating::cell;
    text += fmt::format("#define TB_CLOCK_GATES {}\n", gated ? 1 : 0);
    text += fmt::format("#define TB_OBSERVE {}\n", d.config.test.observe ? 1 : 0);
    if (d.config.reset.synchronizer) text += "#define TB_RESET_SYNC 1\n";
    return text;
}

enum class Waves { none, fst, vcd };

constexpr auto compile_flags = "-I../harness -std=c++17";
/// -O1 compiles in half the time of -O2 and runs nearly as fast. The runtime's objects depend on
/// the design's makefile, which is always younger: -o leaves that out.
constexpr auto make_flags = "OPT_FAST=-O1 OPT_SLOW=-O0 OPT_GLOBAL=-O2 -o Vdut.mk";

constexpr int many_adcs = 512;

/// const-bit-op-tree: Verilator 5.006 combines trees of single bits wrongly; leaving it out costs
/// no measurable time.
std::vector<std::string> verilator_options(const generator::Design& d, Waves waves) {
    std::vector<std::string> options = {"--cc", "--exe", "--build", "-j", "2", "--prefix", "Vdut",
                                        "--top-module", d.config.name, "--assert", "--x-initial",
                                        "unique", "--x-assign", "unique", "+define+CIMRTL_DPI",
                                        "-O3", "-fno-const-bit-op-tree", "-MAKEFLAGS", make_flags,
                                        // Each of many small files reads the same headers.
                                        "--output-split", "100000", "-o", "harness"};
    if (waves == Waves::fst) options.emplace_back("--trace-fst");
    // Cells of a netlist are named _123_, which is left out without a word.
    if (waves == Waves::vcd) options.insert(options.end(), {"--trace", "--trace-underscore"});
    // Wide vectors of one bit an ADC, taken apart word by word: Verilator's memory grows with the
    // square of the ADCs (1552: 16 GB, so 3).
    if (d.adcs >= many_adcs) options.emplace_back("-fno-subst");
    // Verilator 5.032 dies where it unrolls the array model's sum of a few rows.
    if (d.real_array && base::tool_version("verilator", "--version") >= "Verilator 5.02")
        options.insert(options.end(), {"--unroll-stmts", "1"});
    return options;
}

/// Many lanes share their code instead of being inlined one by one: a fraction of the C++.
constexpr int many_lanes = 48;
base::OutFile build_hints(const generator::Design& d) {
    std::string text = "`verilator_config\n";
    if (d.adcs >= many_lanes) {
        text += "no_inline -module \"*_lane\"\n";
        text += "no_inline -module \"cim_adc_model\"\n";
    }
    return {"hints.vlt", text};
}

/// Everything that decides what the executable does.
std::string content_key(const std::vector<base::OutFile>& files,
                        const std::vector<std::string>& options, const std::string& tools) {
    nlohmann::json key = {tools, options};
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

/// A VERILATOR_ROOT without Verilator in it would end in a page of make.
void check_verilator_root() {
    const auto root = base::folder_of("VERILATOR_ROOT");
    if (!root || fs::exists(*root / "include" / "verilated.mk")) return;
    throw base::Error(fmt::format(
        "error: VERILATOR_ROOT: found {}, where no include/verilated.mk is; expected the folder of "
        "Verilator, or none (unset it)",
        root->string()));
}

base::ProcessResult run_verilator(const fs::path& dir, std::vector<std::string> argv,
                                  bool with_ccache) {
    argv.insert(argv.end(), {"-MAKEFLAGS", with_ccache ? "OBJCACHE=ccache" : "OBJCACHE="});
    return base::run_process({.argv = std::move(argv), .cwd = dir, .log = {}, .temporary = dir});
}

/// Everything that decides Verilator's runtime.
std::string runtime_key(const std::vector<std::string>& options, const std::string& tools) {
    std::vector<std::string> waves;
    std::ranges::copy_if(options, std::back_inserter(waves),
                         [](const std::string& o) { return o.starts_with("--trace"); });
    const char* root = std::getenv("VERILATOR_ROOT");
    const nlohmann::json key = {tools, compile_flags, make_flags, waves, root ? root : ""};
    return base::sha256(key.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void verilate(const base::ScratchFolder& scratch, const std::vector<std::string>& options,
              const std::vector<std::string>& sources) {
    const fs::path& dir = scratch.path();
    std::vector<std::string> argv = {"verilator"};
    argv.insert(argv.end(), options.begin(), options.end());
    argv.insert(argv.end(), {"-CFLAGS", compile_flags, "--Mdir", "obj"});
    argv.insert(argv.end(), sources.begin(), sources.end());
    argv.emplace_back("harness/harness.cpp");
    const bool ccache = base::find_program("ccache").has_value();
    base::ProcessResult result = run_verilator(dir, argv, ccache);
    if (result.exit_code != 0 && ccache && fs::exists(dir / "obj" / "Vdut.mk")) {
        // The compiling failed. ccache is our choice: its own troubles are no reason to fail.
        std::error_code ignored;
        fs::remove_all(dir / "obj", ignored);
        result = run_verilator(dir, argv, false);
    }
    if (result.exit_code != 0) {
        throw base::Error(fmt::format("error: verilator failed (exit code {}):\n{}{}",
                                      result.exit_code, base::last_lines(result.output, 30),
                                      scratch.complaint()));
    }
}

/// Builds in a folder of its own and moves it into place, so that a cache entry is always whole.
RtlModel build(const generator::Design& d, bool progress, std::vector<base::OutFile> files,
               std::vector<std::string> sources, const std::vector<std::string>& options) {
    for (const char* tool : {"verilator", "g++", "make"}) base::require_program(tool);
    check_verilator_root();
    for (base::OutFile& f : harness_files(d)) files.push_back(std::move(f));
    files.push_back(build_hints(d));
    sources.push_back(files.back().path);
    const std::string tools = base::tool_version("verilator", "--version") + '\n' + machine();
    const std::string key = content_key(files, options, tools);
    const auto model = [&d](const fs::path& program) {
        return RtlModel{program, d.config.array.outputs, {}, {}};
    };
    if (const auto kept = find_program_of(key)) return model(*kept);
    const CacheFolder cache;
    if (progress) base::print_error("building the simulation ...");
    const base::ScratchFolder scratch("cimrtl-build", base::ScratchFolder::For::tools);
    for (const base::OutFile& f : files) scratch.write(f.path, f.contents);
    const fs::path objects = scratch.path() / "obj";
    const std::string runtime = runtime_key(options, tools);
    fs::create_directory(objects);
    cache.lend_runtime(runtime, objects);
    verilate(scratch, options, sources);
    cache.keep_runtime(runtime, objects);
    const fs::path program = cache.keep(key, objects / "harness");
    if (progress) base::print_error("\r\033[K");
    return model(program);
}

}  // namespace

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
        f.contents = base::readable_bytes_of(fault);
        any = true;
    }
    if (!any) {
        const fs::path one = fs::path(files.front().path).filename();
        bad("no file of a module of this design",
            fmt::format("at least one such as {}", one.string()));
    }
}

/// The harness says the chip's numbers at run time: one build for all of them.
generator::Design without_numbers(generator::Design d) {
    d.config.analog = {};
    return d;
}

RtlModel build_generated(const generator::Design& d, bool progress, Waves waves) {
    std::vector<base::OutFile> files;
    std::vector<std::string> sources;
    for (base::OutFile& f : generator::render(without_numbers(d))) {
        if (!f.path.starts_with("rtl/") && !f.path.starts_with("model/")) continue;
        sources.push_back(f.path);
        files.push_back(std::move(f));
    }
    apply_override(files);
    return build(d, progress, std::move(files), sources, verilator_options(d, waves));
}

RtlModel build_synthesized(const generator::Design& d, bool progress,
                           const NetlistSimulation& netlist, Waves waves) {
    std::vector<base::OutFile> files;
    std::vector<std::string> sources;
    for (base::OutFile& f : generator::render(without_numbers(d))) {
        // The array model reads its numbers from the package.
        if (!f.path.starts_with("model/") && !f.path.ends_with("_pkg.sv")) continue;
        sources.push_back(f.path);
        files.push_back(std::move(f));
    }
    for (const fs::path& path : netlist.files) {
        sources.push_back("netlist/" + path.filename().string());
        files.push_back({sources.back(), base::readable_bytes_of(path)});
    }
    std::vector<std::string> options = verilator_options(d, waves);
    options.insert(options.end(), netlist.verilator_flags.begin(), netlist.verilator_flags.end());
    return build(d, progress, std::move(files), sources, options);
}

}  // namespace

RtlModel build_rtl(const generator::Design& d, bool progress) {
    RtlModel model = build_generated(d, progress, Waves::none);
    model.traced = [d] { return build_generated(d, false, Waves::fst).executable; };
    return model;
}

RtlModel build_netlist(const generator::Design& d, bool progress,
                       const NetlistSimulation& netlist) {
    RtlModel model = build_synthesized(d, progress, netlist, Waves::none);
    const auto with = [d, netlist](Waves waves) {
        return
            [d, netlist, waves] { return build_synthesized(d, false, netlist, waves).executable; };
    };
    model.traced = with(Waves::fst);
    model.vcd = with(Waves::vcd);
    return model;
}

}  // namespace sim
