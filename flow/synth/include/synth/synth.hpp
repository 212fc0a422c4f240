// SPDX-License-Identifier: Apache-2.0
/// Yosys: the cells, flip-flops, area and timing of a generated design, for the whole and for each
/// block.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "synth/liberty.hpp"
#include "synth/power.hpp"

namespace synth {

/// The black box that is no analog macro: rtl_templates/array/cim_factor_memory.sv.
inline constexpr std::string_view factor_memory = "cim_factor_memory";

/// How a design is mapped.
struct Mapping {
    int clock_ps = 8000;  ///< the clock to aim at, if the library has delays
    /// Every module mapped for itself, nets between them unbuffered: a quick look.
    bool hierarchical = false;
    bool sta = false;  ///< OpenSTA on the netlist; the library must have delays
};

struct SynthJob {
    std::string config_name;
    std::string config_hash;
    std::string top;    ///< top module
    std::string logic;  ///< the module that is flattened: all of the top's logic; empty: the top
    /// All modules, one a file of its name, and a stub with `(* blackbox *)` of each black box.
    /// Absolute paths.
    std::vector<std::string> sv_files;
    std::set<std::string> black_boxes;  ///< names of the analog macros; empty: `<top>_array`
    const Library* library = nullptr;   ///< lives as long as the job; null: gate_equivalents()
    std::filesystem::path out_dir;
    /// Counts of what is not synthesized.
    long array_cells = 0, physical_columns = 0, adcs = 0;
    long memory_bits = 0;  ///< of all instances of `factor_memory`; 0: there is none
    std::map<std::string, std::string> tool_versions;  ///< ours; that of Yosys is added
    Mapping mapping;
};

/// One hand-written or generated module: the sum over all its instances and parameterizations,
/// without what is inside other blocks. In a flattened design flip-flops, and their area, are those
/// whose source is the block's file; the other cells and their area are shared out in proportion to
/// the gates that come from the block's file, weighted by their size, before they are mapped
/// (mapping merges and moves gates across blocks, so that no cell has one origin). Both sum to the
/// whole exactly.
struct BlockArea {
    std::string name;
    long instances = 0, cells = 0, flops = 0;
    std::optional<double> area_ge;   ///< in NAND2 gates; none if the library has no such gate
    std::optional<double> area_um2;  ///< none without a library of the user's
    /// Flip-flops as Yosys infers them before mapping. Synchronous: any condition that sets or
    /// clears the register at the clock, so a data-path clear counts too.
    long async_reset = 0, sync_reset = 0, no_reset = 0;
};

/// Register to register, by OpenSTA, ideal clock and wires. Times in ns.
struct BlockTiming {
    std::string name;
    double delay =
        0;  ///< of the slowest path that ends in a flip-flop of the block, setup included
    double slack = 0;
    std::string from;  ///< the block whose flip-flop the path begins in
};

struct Timing {
    double period = 0;  ///< the clock aimed at
    double delay = 0;   ///< least period with which every path meets setup
    double slack = 0;
    std::string from, to;              ///< nets of the registers at the slowest path's ends
    std::string from_block, to_block;  ///< and their blocks
    long fanout = 0;                   ///< most pins that one net drives, clock and reset apart
    std::string fanout_net;
    std::vector<BlockTiming> blocks;  ///< slowest first; blocks without flip-flops are not there
    double mhz() const { return 1000 / delay; }
};

struct AreaReport {
    std::optional<Power> power;
    /// Of a flattened design: flip-flops by their names in the netlist.
    std::map<std::string, std::string> block_of_flop;
    bool flattened = false;
    std::optional<Timing> timing;
    long cells = 0, flops = 0;
    std::optional<double> area_ge, area_um2;  ///< as of a block
    std::vector<BlockArea> blocks;            ///< by descending area, then cells, then by name
    std::map<std::string, long> excluded;     ///< black boxes and their instances
    std::map<std::string, long> cell_counts;  ///< leaf cells of the whole by type
    std::map<std::string, std::string> tool_versions;
    std::string library;          ///< name of the Liberty library
    std::optional<int> clock_ps;  ///< delay target of the mapping, if there was one
};

/// Throws base::Error where `folder` has files of a report's name that no run left: they are the
/// user's.
void check_reports_folder(const std::filesystem::path& folder);

/// Synthesizes the whole flattened (or, on request, with the hierarchy kept), maps it to the
/// library and writes into `out_dir`: `area.json`, `area.csv`, `area.md`, `resets.csv`,
/// `netlist.v`, `cell_models.v`, `synth.ys`, `yosys.log`, `abc.constr` if the library has delays,
/// and with `sta` `timing.tcl` and `timing.rpt`. Each is complete or not there. The same input
/// gives the same bytes (but for the log's run times). Paths may hold any character. Throws
/// base::Error if Yosys (or OpenSTA) is missing or fails (with the end of its log, and the log's
/// path), if the folder is not one of synth's, if a latch is inferred, if a black box is not one,
/// if a cell is not in the library.
AreaReport synthesize(const SynthJob& request);

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

/// What Yosys counts in a flattened design.
struct FlatStat {
    DesignStat tree;   ///< the design before it was flattened: instances, black boxes
    DesignStat whole;  ///< mapped
    std::map<std::string, ModuleStat> gates;  ///< by block: gates and flip-flops before mapping
    std::map<std::string, ModuleStat>
        named;  ///< by block: mapped cells that still name their source
};

/// Shares the whole out among the blocks (see BlockArea). Throws base::Error if flip-flops of no
/// block are left, and as `synthesize` does.
AreaReport attribute(const SynthJob& job, const FlatStat& stat, const Library& library);

/// What OpenSTA prints in a run of `synthesize`: lines `unit SECONDS` and
/// `from/Q (CELL) to/D (CELL) SLACK`, by the blocks of the flip-flops. Throws base::Error if there
/// is no path.
Timing parse_timing(const std::string& report, int clock_ps,
                    const std::map<std::string, std::string>& block_of_flop);

/// Throws base::Error that names the library (null: the tool's own) if it has no energies or
/// delays.
void require_power(const Library* library);

/// What the netlist in `job.out_dir` takes with this activity, nothing written. Throws as
/// `estimate_power`.
Power find_power(const SynthJob& job, const Activity& activity, const PowerWork& work);

/// What the netlist in `job.out_dir` takes with this activity in the job's library, which must have
/// energies and delays: leaves `power.tcl` and `power.rpt` there, writes `area.json` and `area.md`
/// anew with `report.power`. Throws base::Error as `require_power` does, if OpenSTA is missing or
/// fails, if a pin has no activity or OpenSTA counts another one than was given.
void estimate_power(const SynthJob& job, const Activity& activity, const PowerWork& work,
                    AreaReport& report);

/// The reports as text.
std::string area_json(const SynthJob& job, const AreaReport& report);
std::string area_csv(const AreaReport& report);
std::string area_markdown(const SynthJob& job, const AreaReport& report);
std::string resets_csv(const AreaReport& report);

}  // namespace synth
