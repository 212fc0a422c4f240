// SPDX-License-Identifier: Apache-2.0
/// The generated RTL in Verilator: built once per content, run on jobs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "generator/design.hpp"
#include "sim/job.hpp"
#include "sim/netlist.hpp"

namespace sim {

/// A built simulation.
struct RtlModel {
    std::filesystem::path executable;
    int outputs = 0;
    /// Builds the same with waves (slower to build, so only for a mismatch).
    std::function<std::filesystem::path()> traced;
    /// The same, whose waves are VCD: of netlists alone, to count how often nets change.
    std::function<std::filesystem::path()> vcd;
};

/// Where built simulations are kept: $CIMRTL_CACHE, else $XDG_CACHE_HOME/cimrtl, else
/// ~/.cache/cimrtl, else a folder of the user's below the temporary folder.
std::filesystem::path cache_folder();

/// Verilates and compiles the design's RTL with the harness, unless the cache has the same content.
/// Throws Error (with the log's tail) when Verilator is missing or fails. For fault trials: a file
/// <module>.sv in the folder $CIMRTL_RTL_OVERRIDE stands for the generated file of that name; Error
/// if there is no such folder, or nothing in it that stands for a file of this design.
RtlModel build_rtl(const generator::Design& design, bool progress);

/// The same harness around a synthesized netlist, with the behavioural array beside it.
RtlModel build_netlist(const generator::Design& design, bool progress,
                       const NetlistSimulation& netlist);

/// Conversions from..to-1 of a run, counted from 0.
struct ConversionRange {
    std::uint64_t from = 0, to = 0;
};

struct RtlOptions {
    std::uint64_t seed = 1;       ///< of stalls and of the model's random times
    unsigned stall_percent = 0;   ///< of every handshake
    bool random_latency = false;  ///< conversions of 1..latency cycles
    /// While tiles stream in: reads of registers and weights, compared, and writes of what is
    /// there.
    bool concurrent = false;
    std::uint64_t reset_after = 0;  ///< cycles after the first beat; 0 = no reset in mid-stream
    /// Word addresses at the configuration port, the last one excluded: registers that keep their
    /// values through that reset. What they hold is not written again.
    std::uint64_t keep_from = 0, keep_to = 0;
    std::uint64_t reset_seed = 1;  ///< of the flip-flops' values before reset
    bool progress = false;
    std::vector<ConversionRange> log;  ///< ascending: these conversions go into RtlAnswer::log
    std::string wave;                  ///< FST of them and around
};

struct LoggedConversion {
    std::uint64_t index = 0;
    std::int64_t value = 0, code = 0;
    std::uint32_t column = 0;
};

struct RtlAnswer {
    golden::Matrix outputs;           ///< (job vectors, outputs of the macro)
    std::vector<std::uint8_t> flags;  ///< the same shape: the output saturated
    std::uint64_t cycles = 0, conversions = 0, adc_clipped = 0, violations = 0, mismatches = 0;
    std::uint64_t accesses = 0;  ///< of RtlOptions::concurrent
    std::string complaints;      ///< the array's, line by line, if there are violations
    double seconds = 0;
    std::vector<LoggedConversion> log;
    std::vector<std::uint64_t> words;  ///< that the job read at the configuration port
};

/// Runs a job. Throws Error when the simulation makes no progress or fails.
RtlAnswer run_rtl(const RtlModel& model, const Job& job, const RtlOptions& options);

}  // namespace sim
