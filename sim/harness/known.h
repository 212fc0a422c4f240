// SPDX-License-Identifier: Apache-2.0
// What the program has written so far, and random accesses that must not change anything: reads,
// and writes of the values already there. For accesses beside the streams (option --concurrent).
#pragma once

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "ports.h"
#include "program.h"

class Known {
  public:
    explicit Known(const Program& program) : ends_first_(program.ops().size() + 1, true) {
        for (std::size_t i = program.ops().size(); i-- > 0;) {
            const Op& op = program.ops()[i];
            const bool config = on_config_port(op);
            ends_first_[i] = !config && ((op.kind == job::tile && op.last) || ends_first_[i + 1]);
        }
    }
    void clear() {
        registers_.clear();
        banks_.clear();
    }
    void written(const Op& op) {
        if (op.kind == job::config_write)
            registers_[op.address] = op.data & bits::mask(TB_CFG_BITS);
        if (op.kind == job::weights_write) banks_[op.bank] = {op.rows, op.payload};
    }

    // An access to a register may wait for the end of the vector, so that it comes only where the
    // program, at operation `op`, does not need the port before. Identification never waits.
    ConfigAccess config(std::size_t op, std::mt19937_64& random) const {
        const bool write = random() % 2 != 0;
        if (registers_.empty() || !ends_first_[op] || random() % 4 == 0) {
            return {write, 0, write ? random() : identification};
        }
        const auto [address, data] =
            *std::next(registers_.begin(), pick(registers_.size(), random));
        return {write, address, data};
    }
    // Only with has_weights().
    WeightAccess weight(std::mt19937_64& random) const {
        const auto& [bank, cells] = *std::next(banks_.begin(), pick(banks_.size(), random));
        const auto row = static_cast<unsigned>(random() % cells.first);
        const auto word = static_cast<unsigned>(random() % TB_WORDS);
        return {random() % 2 != 0, bank, row, word, cells.second + std::size_t{row} * TB_COLUMNS};
    }
    bool has_weights() const { return !banks_.empty(); }

  private:
    static constexpr std::uint64_t identification = 0x43494d31;  // region 0, word 0: read-only

    static std::ptrdiff_t pick(std::size_t n, std::mt19937_64& random) {
        return static_cast<std::ptrdiff_t>(random() % n);
    }

    std::map<std::uint32_t, std::uint64_t> registers_;                               // by address
    std::map<std::uint32_t, std::pair<std::uint32_t, const unsigned char*>> banks_;  // rows, cells
    std::vector<bool> ends_first_;  // by operation: the vector ends before the next register access
};
