// SPDX-License-Identifier: Apache-2.0
/// Registers behind the configuration port.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace generator {

/// What the entries of a register file belong to; says when `run` writes them.
enum class RegisterScope {
    macro,   ///< one set for all: before the first vector
    output,  ///< one entry an output: with each column block
    bank,    ///< bank by bank (entries / banks each): with the weights of a bank's tile
    host,    ///< for who brings the chip up: no run writes it
};

/// What the configuration port may do with a register.
enum class RegisterAccess {
    read_write,
    read_only,
    clear,    ///< sticky bits: writing 1 clears each; bits that are not sticky stay
    command,  ///< writing also does something
};

/// What a write waits for, and what it holds back meanwhile.
enum class RegisterWait {
    vector,  ///< until no vector is in the macro; holds back the next vector
    tile,    ///< until nothing is driven or converted, and a cycle for a last code in its own
             ///< register (cim_ring_port); holds back the next tile
    none,    ///< nothing: the register is sampled
};

/// The module that holds a file's registers.
enum class RegisterHolder {
    frontend,
    backend,
    common,  ///< a block that all schemes share: bias, correction, output stage
};

/// Registers behind one region of the configuration port.
struct RegisterFile {
    std::string name;  ///< for example "bias"
    int entries = 0;   ///< registers
    int bits = 0;      ///< width of one register
    bool is_signed = true;
    RegisterScope scope = RegisterScope::output;
    RegisterWait wait = RegisterWait::vector;
    RegisterAccess access = RegisterAccess::read_write;
    std::optional<std::int64_t> reset = {};  ///< value after reset; none: undefined until written
    /// RegisterScope::bank: entries of a line (a bank, or a group of rows of one), the last field
    /// of the address, and words from a line to the next, a power of two. A bank is so many lines.
    /// 0: all entries lie one after another.
    int line = 0;
    int line_stride = 0;
    /// Rings that share their read path with the datapath (cim_ring_port): the file is read under
    /// the condition under which it is written, and an access takes time of its own.
    bool ring = false;
    /// The end that holds the registers. Those of the front end come first in the scheme's list.
    RegisterHolder holder = RegisterHolder::backend;
    std::string doc = {};  ///< what a register means, its unit
    /// The cim_register_file that holds the file, from the periphery on: constraints/<name>.sdc
    /// then gives the datapath behind it two cycles for values that stand still
    /// (RegisterWait::vector, no ring). An instance in a generate block has the block's name before
    /// its own: "u_backend/*u_thresholds". Empty: timed as any other flip-flop.
    std::string instance = {};
};

/// Memories (rtl_templates/array/cim_factor_memory.sv) that hold a register file.
struct FactorMemory {
    std::string name = {};  ///< of the register file
    int instances = 1;
    int words = 0;   ///< of each
    int fields = 1;  ///< of a word, each written by itself
    int bits = 0;    ///< of a field
};

/// Of all instances.
std::int64_t bits_of(const std::vector<FactorMemory>& memories);

/// Words of a register file's region of the configuration port, empty ones included.
int region_words(const RegisterFile& file);
/// Word of an entry inside its region.
int region_word(const RegisterFile& file, int entry);

}  // namespace generator
