/// Every derived number of a macro, computed once by `elaborate()`. Rendering, co-simulation and
/// reports read it; none of them computes a width again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/config.hpp"

namespace generator {

/// What the entries of a register file belong to; says when `run` writes them.
enum class RegisterScope {
    macro,   ///< one set for all: before the first vector
    output,  ///< one entry an output: with each column block
    bank,    ///< bank by bank (entries / banks each): with the weights of a bank's tile
};

/// What a write waits for, and what it holds back meanwhile.
enum class RegisterWait {
    vector,  ///< until no vector is in the macro; holds back the next vector
    tile,    ///< until nothing is driven or converted, and a cycle for a last code in its own
             ///< register (cim_ring_port); holds back the next tile
    none,    ///< nothing: the register is sampled
};

/// Registers behind one region of the configuration port.
struct RegisterFile {
    std::string name;   ///< for example "bias"
    int entries = 0;    ///< words of the region
    int registers = 0;  ///< of them that exist, if some addresses are empty; 0: all
    int bits = 0;       ///< width of one register
    bool is_signed = true;
    RegisterScope scope = RegisterScope::output;
    RegisterWait wait = RegisterWait::vector;
    std::optional<std::int64_t> reset = {};  ///< value after reset; none: undefined until written
    /// RegisterScope::bank: words from the first entry of a bank to that of the next, a power of
    /// two, so that the bank is a field of the address; 0: as many as a bank has entries.
    int bank_stride = 0;
    /// The scheme's own templates hold the registers (they shrink or share a read path); such a
    /// file is read under the same condition under which it is written.
    bool own = false;
    /// Accesses take time of their own, between `file_access` and `file_ready`.
    bool slow = false;
    std::string doc = {};  ///< what a register means, its unit
};

struct Design {
    Config config;

    // ---- Decided by the scheme ----
    int planes = 0;  ///< physical columns per output
    int steps = 0;   ///< input planes driven per group
    struct ArrayPort {
        int drive_bits = 1;               ///< row_drive bits per row
        int cell_bits = 1;                ///< bits written per row and physical column
        int weight_bits = 0;              ///< memory bits that one weight occupies in the array
        bool sign_level = false;          ///< drive and cell are {sign, level, magnitude}
        int ratio = 1;                    ///< what level 1 multiplies by
        std::vector<bool> signed_planes;  ///< planes whose digit's top bit counts negatively
        bool scaled_columns = false;  ///< transfer by a factor alpha and a centre of each column
        int alpha_frac = 0;           ///< ... fraction bits of alpha
        int center = 0;               ///< ... centre, for a model that is told of no other
        int trim_bits = 0;            ///< bits that trim an ADC's step, driven at the port
        int trim_entries = 0;         ///< ... for each ADC, each plane, or once; 0: none
        bool trim_by_adc = false;     ///< ... with each request, of the requested column
    } array;
    struct Analog {
        std::int64_t v_min = 0, v_max = 0;  ///< range of the analog value
        bool signed_adc = false;
    } analog;
    struct Input {
        int port_bits = 0;     ///< one element of the input stream
        int element_bits = 0;  ///< the same element as stored in the load buffer
        int work_bits = 0;     ///< ... and in the work buffer; 0: as in the load buffer
    } input;
    /// Steps that nothing needs are skipped at run time: a vector may have none at all.
    bool skips_steps = false;
    /// Steps that conventional drives for a group of the same inputs, to compare with; 0: none.
    int plain_steps = 0;
    /// Cycles a tile may take beyond its steps and the law's two: G for schemes that form passes.
    int pass_cycles = 0;
    std::vector<int> step_pos;       ///< each step counts 2^pos
    bool negate_last_step = false;   ///< two's complement inputs
    std::vector<int> plane_pos;      ///< each plane counts 2^pos
    std::vector<bool> plane_negate;  ///< ... negatively
    std::string frontend;  ///< template: stream to elements, elements to steps and their row drive
    std::string lane_template = "top/lane.sv.tpl";  ///< template of what one ADC's codes go through
    std::string lane_connect;  ///< template of the lane's further connections; empty: none
    int context_bits = 0;      ///< what a step tells the lanes; 0: its position and its sign
    /// Template that follows the codes: where a tile and a vector begin and end in the lanes.
    std::string follow = "top/follow.sv.tpl";
    bool own_follow =
        false;  ///< ... the scheme's: its lanes get no `code_context` from the common one
    std::string output_connect;  ///< template behind the output register; empty: it is the port
    int lane_stages = 2;  ///< cycles from an ADC's code to the accumulator's sum, both included
    std::map<std::string, std::string> scheme_values;  ///< further values for that template
    std::map<std::string, bool> scheme_sections;       ///< ... and which of its sections appear
    std::vector<RegisterFile> registers;               ///< the scheme's own; others are appended
    /// What leaves the macro, if not the accumulator: width of an unsigned result; 0: accumulator.
    int result_bits = 0;

    // ---- Derived from the above for every scheme ----
    int groups = 0;
    int columns = 0;  ///< physical columns of the macro
    int adcs = 0;
    int rows_bits = 0;  ///< a number of present rows, 0..rows
    int row_bits = 0;   ///< a row address
    int bank_bits = 0;
    int column_bits = 0;  ///< a column inside an ADC
    struct Adc {
        int bits = 0;
        std::int64_t code_min = 0, code_max = 0;  ///< as delivered
        std::int64_t used_min = 0, used_max = 0;  ///< less any correction
        int used_bits = 0;         ///< width in the datapath; with a correction it is signed
        bool used_signed = false;
    } adc;
    /// The array is not ideal: `analog` says so, or a run brings a measured chip. Decides nothing
    /// but the array model.
    bool real_array = false;
    int step_pos_bits = 0;
    int plane_pos_bits = 0;
    bool direct_input = false;  ///< a tile is one step: no work buffer
    struct Lane {
        int count = 0;
        int adcs = 0;      ///< per lane
        int outputs = 0;   ///< per lane
        int sum_bits = 0;  ///< several ADCs: the sum over an output's planes
    } lane;
    struct Accumulator {
        std::int64_t tile_min = 0, tile_max = 0;  ///< extremes of one tile's sum
        int bits = 0;  ///< resolved accumulator.bits: what saturates, what the port carries
        int register_bits = 0;  ///< of the accumulator register, guard bits included
        int stored_bits = 0;    ///< of the output register
        bool saturates = false;
        bool has_start = false;
    } accumulator;
    struct Result {
        int bits = 0;         ///< of an element of the output stream
        int stored_bits = 0;  ///< of the output register
        bool is_signed = true;
    } result;
    struct Streams {
        int in = 0, out = 0, weight = 0;  ///< resolved elements per beat
        int words = 0;                    ///< weight words per row
        int word_addr_bits = 0;
    } streams;
    struct ConfigPort {
        int data_bits = 32;
        int index_bits = 0;
        int addr_bits = 0;
        int regions = 1;  ///< identification, then one per register file
    } port;
    std::int64_t step_cycles = 0;  ///< c of the rate law
    /// settle 0 and conversions no longer than the precharge: a cycle for the drive alone would
    /// break the rate law, so it coincides with the last precharge cycle.
    bool overlap_precharge = false;
    std::int64_t cells = 0;  ///< rows·outputs·planes·banks
};

/// Derives everything. Throws Error where a derived number breaks a limit of the contract
/// (ADC `auto` above 16 bits, accumulator above 63, more than 2^20 register-file bits).
Design elaborate(const Config& config);

/// Extremes of one tile's sum whose terms are code · plane factor · step factor, each step of each
/// group converted once: the default of `Scheme::tile_range`. Throws Error above 62 bits.
std::pair<std::int64_t, std::int64_t> product_tile_range(const Design& design);

/// Words of a register file's region of the configuration port.
int region_words(const RegisterFile& file, int banks);
/// Word of an entry inside its region.
int region_word(const RegisterFile& file, int banks, int entry);

/// Bits that hold 0..n-1, at least 1.
int index_bits(std::int64_t n);
/// Bits that hold 0..n.
int count_bits(std::int64_t n);
/// Smallest two's-complement width, at least 1, that holds lo and hi.
int signed_bits(std::int64_t lo, std::int64_t hi);

/// Upper bound of the rate law, in cycles, for resident weights and one column block.
/// `steps_driven`: over all vectors and tiles.
std::int64_t rate_bound(const Design& design, std::int64_t steps_driven, std::int64_t vectors,
                        std::int64_t tiles);

}  // namespace generator
