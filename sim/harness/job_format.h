// SPDX-License-Identifier: Apache-2.0
// What the tool tells the harness to do, and what the harness answers: two little-endian binary
// files. Shared by both; plain constants only.
#pragma once

#include <cstdint>

namespace job {

constexpr std::uint32_t magic = 0x4a4d4943;  // "CIMJ"

// Exit codes of the harness besides 0 (done: see the counters) and 1 (any other failure).
constexpr int exit_usage = 2;  // called wrongly: a line that begins with "usage:"
constexpr int exit_no_progress = 3;
constexpr int exit_assertion = 4;  // of the RTL: the text is on the standard output

// Operations, carried out in order; each begins with its kind (u8).
enum Kind : std::uint8_t {
    config_write = 1,    // u32 address, u64 data
    config_expect = 2,   // u32 address, u64 data: read and compare
    weights_write = 3,   // u32 bank, u32 rows, u64 offset in the file of rows*columns u8 cells
    weights_expect = 4,  // the same: read back and compare
    tile = 5,            // u32 bank, u8 first, u8 last, u32 rows, rows i32 elements
    cells = 7,           // u64 size, bytes: cells that weight operations point to
    columns = 8,  // u32 bank, u64 offset in the file of a u32 a column: {trim, c0, alpha} of the
                  // array model (cimrtl::Scheme::array_parameters)
    chip = 9,     // an array that is not ideal: the numbers of struct Chip
    steps = 10,   // the numbers of struct Steps, for the driven steps that follow
    chain = 6,    // i32 vector whose outputs start the next vector (-1: zeros)
    config_read = 11,   // u32 address: its word goes into the answer
    single_steps = 12,  // struct SingleSteps: its codes go into the answer
};

// Operation `chip`: docs/spec/analog.md. Offsets are in the file, of i32; 0: no such effect.
struct Chip {
    std::int64_t analog[5];     // seed; noise, 1 if it is in v; ir_drop; stream of the noise
    std::uint64_t banks, rows;  // of the gains: all banks share those of one
    std::uint64_t codes;        // of an ADC
    std::uint64_t cell_gain;    // (banks, rows, columns)
    std::uint64_t adc_gain, adc_offset;  // (ADCs,)
    std::uint64_t adc_inl;               // (ADCs, codes)
};

// Operation `steps`: the step that is the count-th since reset is the n-th of the run, and so on;
// codes of columns from `used` on are no output's and do not count as clipped.
struct Steps {
    std::uint64_t count, n;
    std::uint64_t used;
};

// Operation `single_steps`: `count` steps of the array (docs/reference/registers.md, "Single
// steps"), as a host does: `status` read until bit 0 is 0; then for each the bank to `start`,
// `status` read until bit 1 is 0, and the words of all columns from `code` on. Addresses at the
// configuration port.
struct SingleSteps {
    std::uint32_t bank, count;
    std::uint32_t start, status, code;
};

// Answer: u32 magic, u32 vectors; per vector outputs i64 and outputs u8 (saturated); then Counters,
// u64 words, the u64 words read, in order.
struct Counters {
    std::uint64_t cycles;  // first input beat accepted .. last output beat taken
    std::uint64_t conversions;
    std::uint64_t clipped;     // codes clipped at an ADC, of columns in use
    std::uint64_t violations;  // array protocol rules broken
    std::uint64_t mismatches;  // read-backs that differ, answers to nothing, wrong last-beat marks,
                               // waiting accesses that tiles or vectors pass by
    std::uint64_t accesses;    // beside the streams (option --concurrent)
    double seconds;            // the simulation alone
};

// Log of conversions (option --log): records of this form.
struct Conversion {
    std::uint64_t index;
    std::int64_t value;
    std::int64_t code;
    std::uint32_t column;
    std::uint32_t padding;
};

}  // namespace job
