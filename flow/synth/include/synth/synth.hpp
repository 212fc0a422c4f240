// SPDX-License-Identifier: Apache-2.0
/// Yosys: the cells, flip-flops and area of a generated design, for the whole and for each block.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "synth/liberty.hpp"

namespace synth {

/// The black box that is no analog macro: rtl_templates/array/cim_factor_memory.sv.
inline constexpr std::string_view factor_memory = "cim_factor_memory";

struct SynthJob {
    std::string config_name;
    std::string config_hash;
    std::string top;  ///< top module
    /// All modules, and a stub with `(* blackbox *)` of each black box. Absolute paths.
    std::vector<std::string> sv_files;
    std::set<std::string> black_boxes;  ///< names of the analog macros; empty: `<top>_array`
    const Library* library = nullptr;   ///< lives as long as the job; null: gate_equivalents()
    std::filesystem::path out_dir;
    /// Counts of what is not synthesized.
    long array_cells = 0, physical_columns = 0, adcs = 0;
    long memory_bits = 0;  ///< of all instances of `factor_memory`; 0: there is none
    std::map<std::string, std::string> tool_versions;  ///< ours; that of Yosys is added
    int clock_ps = 8000;  ///< delay target for abc, if the library has delays
};

/// One hand-written or generated module: the sum over all its instances and parameterizations,
/// without what is inside other blocks.
struct BlockArea {
    std::string name;
    long instances = 0, cells = 0, flops = 0;
    std::optional<double> area_ge;   ///< in NAND2 gates; none if the library has no such gate
    std::optional<double> area_um2;  ///< none without a library of the user's
    /// Flip-flops as Yosys infers them before mapping. Synchronous: any condition that sets or
    /// clears the register at the clock, so a data-path clear counts too.
    long async_reset = 0, sync_reset = 0, no_reset = 0;
};

struct AreaReport {
    long cells = 0, flops = 0;
    std::optional<double> area_ge, area_um2;  ///< as of a block
    std::vector<BlockArea> blocks;            ///< by descending area, then cells, then by name
    std::map<std::string, long> excluded;     ///< black boxes and their instances
    std::map<std::string, long> cell_counts;  ///< leaf cells of the whole by type
    std::map<std::string, std::string> tool_versions;
    std::string library;          ///< name of the Liberty library
    std::optional<int> clock_ps;  ///< delay target of the mapping, if there was one
};

/// Synthesizes with the hierarchy kept, maps to the library and writes into `out_dir`: `area.json`,
/// `area.csv`, `area.md`, `resets.csv`, `netlist.v`, `cell_models.v`, `synth.ys`, `yosys.log`, and
/// `abc.constr` if the library has delays. Each is complete or not there. The same input gives the
/// same bytes (but for the log's run times). Paths may hold any character. Throws base::Error if
/// Yosys is missing or fails (with the end of its log, and the log's path), if a latch is inferred,
/// if a black box is not one, if a cell is not in the library.
AreaReport synthesize(const SynthJob& job);

/// What `stat` prints for one module.
struct ModuleStat {
    std::map<std::string, long> cells;  ///< type, or module name, and count
    double area = 0;                    ///< own cells only; 0 without Liberty
};
struct DesignStat {
    std::map<std::string, ModuleStat> modules;
    std::optional<long> total_cells;  ///< Yosys's own sum over the hierarchy, black boxes included
    std::optional<double> total_area;
};

/// Reads the text of Yosys's `stat [-liberty]`.
DesignStat parse_stat(const std::string& text);

/// A module's name as it was written: `$paramod$<hash>\name` and `$paramod\name\P=...` are `name`.
std::string block_name(const std::string& module);

/// Sums `mapped` over the hierarchy below `job.top`; resets come from `generic`, the design before
/// mapping. Throws base::Error if the sum is not Yosys's own, and as `synthesize` does.
AreaReport roll_up(const SynthJob& job, const DesignStat& mapped, const DesignStat& generic,
                   const Library* library);

/// The reports as text.
std::string area_json(const SynthJob& job, const AreaReport& report);
std::string area_csv(const AreaReport& report);
std::string area_markdown(const SynthJob& job, const AreaReport& report);
std::string resets_csv(const AreaReport& report);

}  // namespace synth
