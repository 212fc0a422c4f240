// SPDX-License-Identifier: Apache-2.0
#include "synth_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace synth {
namespace {

/// The tools' folder by an absolute name without blanks, which abc wants.
constexpr const char* here = "/proc/self/cwd";

/// What abc may use of the clock: the rest is for the flip-flops' own delay and setup, for their
/// outputs, which are weaker than the buffers that abc takes for them, and for the answers of
/// ports, which abc takes to be there at the edge.
constexpr int abc_percent = 60;

/// abc's way with a library that has delays: Yosys's own of 0.23 without its steps for flip-flops,
/// which abc does not see; logic levelled (if -g) before gates are chosen; and buffers of twice the
/// gain (600 for 300), since at 300 a net of hundreds of loads becomes a chain of twenty weak ones.
/// docs/results/area.md has what each is worth.
constexpr const char* timed_script =
    "strash; &get -n; &fraig -x; &put; scorr; dc2; if -g -K 6; strash; &get -n; &dch -f; &nf {D}; "
    "&put; buffer -G 600; upsize {D}; dnsize {D}; stime -p";

/// An abc script as an argument of Yosys: its blanks are commas there.
std::string script_argument(std::string script) {
    std::replace(script.begin(), script.end(), ' ', ',');
    return "+" + script;
}

std::string read_sources(const SynthJob& job, const std::vector<std::string>& sources) {
    std::string s = fmt::format("# {}: the library {}; rtl/: the generated sources\n", library_file,
                                job.library->name);
    s += fmt::format("read_liberty -lib {}\n", library_file);
    for (const std::string& file : sources) {
        // A black box with parameters keeps its name and them only if it is not deferred.
        const bool box = job.black_boxes.contains(std::filesystem::path(file).stem());
        s += fmt::format("read_verilog -sv {}{}\n", box ? "" : "-defer ", file);
    }
    return s + fmt::format("hierarchy -check -top {}\n", job.top);
}

/// abc times, sizes and buffers gates only with a library that has delays; it fails on others.
std::string map_cells(const SynthJob& job) {
    const std::string timed =
        job.library->delays
            ? fmt::format(" -constr {}/{} -D {} -script {}", here, constraints_file,
                          job.mapping.clock_ps * abc_percent / 100, script_argument(timed_script))
            : "";
    return fmt::format(
        "dfflibmap -liberty {0}\nabc -liberty {1}/{0}{2}\nopt_clean -purge\n"
        "tee -o mapped.stat stat -liberty {0}\n",
        library_file, here, timed);
}

/// Scalar nets, and scalar ports below the top: Verilator has mis-simulated vectors that feed
/// themselves.
std::string scalar_nets(const SynthJob& job) {
    return fmt::format("splitnets {0}\nsplitnets -ports {0} %n\nopt_clean -purge\n", job.top);
}

/// Cells whose source is the block's file: of the logic, and of blocks beside it in the top, which
/// keep their modules.
std::string from_block(const BlockSource& block) { return fmt::format("*/a:src={}:*", block.file); }

/// The whole is mapped at once. Before that, gates still name their source: they are counted in a
/// copy that is flattened without abc. Flip-flops name it to the end.
std::string flattened(const SynthJob& job, const std::vector<std::string>& sources) {
    const std::vector<BlockSource> blocks = blocks_of(job, sources);
    const std::string flatten =
        fmt::format("flatten {}\nhierarchy -top {}\n", logic_of(job), job.top);
    std::string s = fmt::format(
        "synth -noabc -nofsm -top {}\nopt_clean -purge\ncheck -assert\ntee -o generic.stat stat\n",
        job.top);
    // A cell is to name its own source, not those of the instances around it.
    s += "setattr -unset src t:$paramod*";
    for (const BlockSource& block : blocks) s += " t:" + block.name;
    s += "\ndesign -save modules\n";
    // What Yosys makes of adders and multipliers names Yosys's own files. A slash in a pattern for
    // modules would end it.
    for (const BlockSource& block : blocks) {
        std::string pattern = block.file;
        std::replace(pattern.begin(), pattern.end(), '/', '?');
        s += fmt::format("setattr -set src \"{}:0\" A:src={}:* */t:$_* %i\n", block.file,
                         pattern);
    }
    s += flatten + "opt_clean -purge\n";
    for (const BlockSource& block : blocks)
        s += fmt::format("tee -q -o {} stat {}\n", block.gates, from_block(block));
    s += "design -load modules\nabc -fast\nopt -fast\n" + flatten + "opt\nopt_clean -purge\n";
    s += map_cells(job) + scalar_nets(job);
    s += fmt::format("rename -enumerate -pattern reg_% {}/a:src\n", logic_of(job));
    for (const BlockSource& block : blocks)
        s += fmt::format("tee -q -o {1} stat {0}\ntee -q -o {2} select -list {0}\n",
                         from_block(block), block.named, block.names);
    return s + "write_verilog -noattr -simple-lhs netlist.v\n";
}

std::string hierarchical(const SynthJob& job) {
    std::string s = fmt::format(
        "synth -nofsm -top {0}\nopt_clean -purge\ncheck -assert\ntee -o generic.stat stat\n",
        job.top);
    s += map_cells(job);
    return s + scalar_nets(job) + "write_verilog -noattr -simple-lhs netlist.v\n";
}

}  // namespace

std::vector<BlockSource> blocks_of(const SynthJob& job, const std::vector<std::string>& sources) {
    std::vector<BlockSource> blocks;
    for (const std::string& file : sources) {
        const std::string stem = std::filesystem::path(file).stem();
        if (job.black_boxes.contains(stem)) continue;
        const std::size_t i = blocks.size();
        blocks.push_back({stem, file, fmt::format("gates_{}.stat", i),
                          fmt::format("named_{}.stat", i), fmt::format("named_{}.list", i)});
    }
    return blocks;
}

const std::string& logic_of(const SynthJob& job) { return job.logic.empty() ? job.top : job.logic; }

std::string yosys_script(const SynthJob& job, const std::vector<std::string>& sources) {
    return read_sources(job, sources) +
           (job.mapping.hierarchical ? hierarchical(job) : flattened(job, sources));
}

std::string timing_script(const SynthJob& job) {
    return fmt::format(
        "# OpenSTA: register to register, ideal clock and wires\n"
        "read_liberty {0}\nread_verilog netlist.v\nlink_design {1}\n"
        "create_clock -name clk -period [expr {2}e-12 / [sta::unit_scale time]] [get_ports clk_i]\n"
        "puts \"unit [sta::unit_scale time]\"\n"
        "report_checks -path_delay max -from [all_registers -clock_pins] -to [all_registers "
        "-data_pins] -format summary -group_count 10000000 -endpoint_count 1 -digits 4 "
        "-no_line_splits\n",
        library_file, job.top, job.mapping.clock_ps);
}

}  // namespace synth
