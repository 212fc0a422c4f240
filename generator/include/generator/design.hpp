// SPDX-License-Identifier: Apache-2.0
/// Every derived number of a macro, computed once by `elaborate()`. Rendering, co-simulation and
/// reports read it; none of them computes a width again.
///
/// Each part is what one pure function returns (elaborate.cpp); nothing is overwritten afterwards.
#pragma once

#include <cstdint>
#include <vector>

#include "generator/config.hpp"
#include "generator/module.hpp"
#include "generator/plan.hpp"
#include "generator/registers.hpp"

namespace generator {

/// Counts, and the widths of the numbers that count.
struct Shape {
    int groups = 0;
    int columns = 0;  ///< physical columns of the macro
    int adcs = 0;
    int bank_bits = 0;
    int step_pos_bits = 0;
    int plane_pos_bits = 0;
    int context_bits = 0;       ///< what a step tells the back end
    bool direct_input = false;  ///< a tile is one step: no work buffer
    std::int64_t cells = 0;     ///< rows·outputs·planes·banks
};

struct Adc {
    int bits = 0;
    std::int64_t code_min = 0, code_max = 0;  ///< as delivered
    std::int64_t used_min = 0, used_max = 0;  ///< less any correction
    int used_bits = 0;  ///< width in the datapath; with a correction it is signed
};

struct Lane {
    int count = 0;
    int adcs = 0;      ///< per lane
    int outputs = 0;   ///< per lane
    int sum_bits = 0;  ///< several ADCs: the sum over an output's planes
};

struct Accumulator {
    std::int64_t tile_min = 0, tile_max = 0;  ///< extremes of one tile's sum
    int bits = 0;           ///< resolved accumulator.bits: what saturates, what the port carries
    int register_bits = 0;  ///< of the accumulator register, guard bits included
    int stored_bits = 0;    ///< of what it hands on
    int value_bits = 0;     ///< that hold every result, however wide the port is
    bool saturates = false;
    bool has_start = false;
};

/// What the back end hands on.
struct Result {
    int bits = 0;         ///< of an element
    int stored_bits = 0;  ///< of the output register
    bool is_signed = true;
};

/// The output stream: results, or what the output stage makes of them.
struct OutputStream {
    int bits = 0;  ///< of an element
    bool is_signed = true;
    int factor_bits = 0;      ///< of a factor of the scheme that the stage's multipliers hold, too
    int multiplier_bits = 0;  ///< of such a register, the factor included; 0: no stage
};

struct Timing {
    std::int64_t step_cycles = 0;  ///< c of the rate law
    std::int64_t conversion_cycles =
        0;  ///< at most, of one conversion: adc.latency and its handshake
    /// That rows stand driven in a row, at most: `array.max_drive`, or what a drive needs if that
    /// is more; 0: no bound. `MaxDrive` of the generated package.
    std::int64_t drive_bound = 0;
};

struct Streams {
    int in = 0, out = 0, weight = 0;  ///< resolved elements per beat
    int words = 0;                    ///< weight words per row
    /// What `auto` is without `stream.max_bits`.
    int free_in = 0, free_out = 0;
    /// Cycles that a tile (its input) and a vector (its output) may take beyond the rate law of the
    /// contract, because beats are narrower than it needs.
    std::int64_t tile_wait = 0, vector_wait = 0;
};

struct ConfigPort {
    int data_bits = 32;
    int index_bits = 0;
    int addr_bits = 0;
    int regions = 1;  ///< identification, then one per register file
};

/// What the config, the plan and docs/spec/contract.md decide: what a scheme chooses its modules
/// by.
struct Derived : Plan, Shape, Timing {
    Config config;
    Adc adc;
    Lane lane;
    Accumulator accumulator;
    Result result;
    OutputStream output;
    Streams streams;
};

/// The modules that a scheme chooses, and their registers.
struct Modules {
    EndModule frontend;  ///< stream to elements, tiles to steps and their row drive
    EndModule backend;   ///< codes to results
    std::vector<RegisterFile> registers;      ///< of both
    std::vector<FactorMemory> memories = {};  ///< that hold some of them; empty: all are flip-flops
};

struct Design : Derived, Modules {
    ConfigPort port;
    /// The array is not ideal: `analog` says so, or a run brings a measured chip. Decides nothing
    /// but the array model.
    bool real_array = false;
};

/// Cycles that the handshake of an ADC with its own clock takes beside the conversion, at most: two
/// each way through the synchronizer and one more of each for an edge too close to the clock's.
/// Source: rtl_templates/blocks/cim_adc_handshake.sv.
constexpr int handshake_cycles = 6;

/// Cycles of `array.max_drive` that are left to a drive which waits for results to leave, beside
/// its settling, one conversion and the gap. Source: docs/reference/array-port.md.
constexpr int drive_slack = 16;

/// Widths of registers of `test.observe`. Source: rtl_templates/blocks/cim_adc_observe.sv.
constexpr int observe_count_bits = 16, observe_timeout_bits = 16;

/// Derives everything. Throws Error where a derived number breaks a limit of docs/spec/contract.md
/// (ADC `auto` above 16 bits, accumulator above 63, more than 2^20 register-file bits).
Design elaborate(const Config& config);

/// `possible` if they hold factors: `memory.factors` says so, or it leaves it to their bits
/// (`max_ring_bits`); else none.
std::vector<FactorMemory> chosen_memories(const Config& config, std::vector<FactorMemory> possible);

/// Sets of banks are joined through the chain: what leaves is what it takes in. Else a vector with
/// more tiles than banks has its weights reloaded.
bool chain_joins_sets(const Design& design);

/// Extremes of one tile's sum whose terms are code · plane factor · step factor, each step of each
/// group converted once: the default of `SchemeHardware::tile_range`. Throws Error above 62 bits.
Extremes product_tile_range(const Config& config, const Plan& plan, const Adc& adc);

/// Bits that hold 0..n-1, at least 1.
int index_bits(std::int64_t n);
/// Bits that hold 0..n.
int count_bits(std::int64_t n);
/// Smallest two's-complement width, at least 1, that holds lo and hi.
int signed_bits(std::int64_t lo, std::int64_t hi);

/// Upper bound of the rate law, in cycles, for resident weights and one column block; with narrow
/// streams their waits are in it.
/// `steps_driven`: over all vectors and tiles.
std::int64_t rate_bound(const Design& design, std::int64_t steps_driven, std::int64_t vectors,
                        std::int64_t tiles);

/// Word address of an entry of register file `region` at the configuration port.
std::int64_t register_address(const Design& design, std::size_t region, int entry);

}  // namespace generator
