// SPDX-License-Identifier: Apache-2.0
/// The registers behind the configuration port as every form of the map shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/design.hpp"

namespace generator {

/// A register, or a file of equal ones. Addresses and strides in words.
struct RegisterEntry {
    std::string name;
    std::int64_t address = 0;
    int words = 0;
    int bits = 0;
    bool is_signed = false;
    bool writable = false;
    std::string doc;
    std::string waits = "nothing";  ///< what a write waits for
    bool read_waits = false;        ///< ... and a read too
    std::optional<std::int64_t> reset = {};
    bool is_file = false;  ///< behind the port; else identification
    bool clears = false;   ///< writing 1 clears a bit
    bool changes = false;  ///< it may change though nothing is written
    int per_bank = 0;      ///< entries of a bank, if they are bank by bank
    int bank_stride = 0;   ///< words from one bank to the next
    int per_group = 0;     ///< entries of a group of rows, if empty words follow them
    int group_stride = 0;  ///< words from one group to the next
};

/// Identification first, then the files in the order of their regions.
std::vector<RegisterEntry> register_entries(const Design& design);

}  // namespace generator
