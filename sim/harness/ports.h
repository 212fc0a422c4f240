// SPDX-License-Identifier: Apache-2.0
// The configuration port and the weight port as a user drives them: one access at a time, valid
// kept until ready, a read's data compared with what they have to be. With a read the data pins
// carry the inverse, so that one that writes shows.
#pragma once

#include <cstdint>

#include "Vdut.h"
#include "bits.h"
#include "tb_config.h"

struct ConfigAccess {
    bool write = false;
    std::uint32_t address = 0;
    std::uint64_t data = 0;  // written, or expected
    bool compare = true;     // false: whatever is read
};

struct WeightAccess {
    bool write = false;
    std::uint32_t bank = 0;
    unsigned row = 0, word = 0;
    const unsigned char* cells = nullptr;  // of the row, one a column: written, or expected
};

struct ConfigPins {
    using Access = ConfigAccess;
    Vdut& dut;

    void valid(bool v) { dut.cfg_valid_i = v; }
    bool ready() const { return dut.cfg_ready_o != 0; }
    bool answered() const { return dut.cfg_rvalid_o != 0; }
    void put(const Access& a) {
        dut.cfg_write_i = a.write;
        dut.cfg_addr_i = a.address;
        dut.cfg_data_i = (a.write ? a.data : ~a.data) & bits::mask(TB_CFG_BITS);
    }
    unsigned differences(const Access& a) const { return a.compare && word() != a.data; }
    std::uint64_t word() const { return dut.cfg_rdata_o; }
};

struct WeightPins {
    using Access = WeightAccess;
    Vdut& dut;

    void valid(bool v) { dut.weight_valid_i = v; }
    bool ready() const { return dut.weight_ready_o != 0; }
    bool answered() const { return dut.weight_rvalid_o != 0; }
    void put(const Access& a) {
        dut.weight_write_i = a.write;
        dut.weight_bank_i = a.bank;
        dut.weight_row_i = a.row;
        dut.weight_word_i = a.word;
        for (unsigned e = 0; e < TB_WORD_CELLS; ++e) {
            const unsigned column = a.word * TB_WORD_CELLS + e;
            const unsigned cell = column < TB_COLUMNS ? a.cells[column] : 0;
            bits::put(dut.weight_data_i, e * TB_CELL_BITS, TB_CELL_BITS, a.write ? cell : ~cell);
        }
    }
    unsigned differences(const Access& a) const {
        unsigned n = 0;
        for (unsigned e = 0; e < TB_WORD_CELLS; ++e) {
            const unsigned column = a.word * TB_WORD_CELLS + e;
            if (column >= TB_COLUMNS) break;
            n += bits::get(dut.weight_rdata_o, e * TB_CELL_BITS, TB_CELL_BITS) != a.cells[column];
        }
        return n;
    }
};

template <class Pins>
class Port {
  public:
    struct Event {
        bool taken = false, done = false;  // done: a write taken, or a read answered
    };

    explicit Port(Vdut& dut) : pins_{dut} {}
    bool busy() const { return valid_ || reading_; }
    const Pins& pins() const { return pins_; }
    void begin(const typename Pins::Access& access, bool of_program) {
        access_ = access;
        valid_ = true;
        of_program_ = of_program;
        passed_ = 0;
    }
    // Something begins on the input stream that a waiting access holds back.
    void pass() { passed_ += valid_; }
    bool of_program() const { return of_program_; }  // the last access, not one beside the streams
    void clear() { valid_ = reading_ = false; }

    // Before the clock edge; and what the settled outputs say.
    void drive() {
        pins_.valid(valid_);
        if (valid_) pins_.put(access_);
    }
    Event settle(std::uint64_t& mismatches) {
        Event event;
        if (pins_.answered()) {
            mismatches += reading_ ? pins_.differences(access_) : 1;  // 1: an answer to nothing
            event.done = reading_;
            reading_ = false;
        }
        if (valid_ && pins_.ready()) {
            valid_ = false;
            event.taken = true;
            mismatches += passed_ > most_passed;
            event.done = access_.write;
            reading_ = !access_.write;
        }
        return event;
    }

  private:
    // What is held back one cycle late, and a vector whose chain values are already in.
    static constexpr unsigned most_passed = 2;

    Pins pins_;
    unsigned passed_ = 0;
    typename Pins::Access access_;
    bool valid_ = false, reading_ = false, of_program_ = false;
};
