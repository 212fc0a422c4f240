// SPDX-License-Identifier: Apache-2.0
// The simulated macro behind the ports that host.c drives.
#include <verilated.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "Vmacro.h"
#include "host.h"

namespace {

constexpr unsigned columns = 6, word_cells = TB_WORD_CELLS, patience = 10000;
std::unique_ptr<Vmacro> dut;

void edge() {
    dut->clk_i = 1;
    dut->eval();
    dut->clk_i = 0;
    dut->eval();
}
void settle() { dut->eval(); }

/// Cycles until the port is ready, the last one taken.
template <class Ready>
void until(Ready ready) {
    for (unsigned i = 0; i < patience; ++i) {
        settle();
        const bool taken = ready();
        edge();
        if (taken) return;
    }
    std::printf("bench: a port is never ready\n");
    std::exit(1);
}

}  // namespace

double sc_time_stamp() { return 0; }

extern "C" int port_write(void*, uint32_t address, uint64_t data) {
    dut->cfg_valid_i = dut->cfg_write_i = 1;
    dut->cfg_addr_i = address;
    dut->cfg_data_i = data;
    until([] { return dut->cfg_ready_o != 0; });
    dut->cfg_valid_i = 0;
    return 0;
}

extern "C" int port_read(void*, uint32_t address, uint64_t* data) {
    dut->cfg_valid_i = 1;
    dut->cfg_write_i = 0;
    dut->cfg_addr_i = address;
    until([] { return dut->cfg_ready_o != 0; });
    dut->cfg_valid_i = 0;
    settle();
    if (!dut->cfg_rvalid_o) return -1;
    *data = dut->cfg_rdata_o;
    edge();
    return 0;
}

extern "C" void write_cells(unsigned bank, unsigned row, const unsigned char* cells) {
    for (unsigned word = 0; word * word_cells < columns; ++word) {
        uint64_t data = 0;
        for (unsigned e = 0; e < word_cells && word * word_cells + e < columns; ++e)
            data |= uint64_t{cells[word * word_cells + e]} << e;
        dut->weight_valid_i = dut->weight_write_i = 1;
        dut->weight_bank_i = bank;
        dut->weight_row_i = row;
        dut->weight_word_i = word;
        dut->weight_data_i = data;
        until([] { return dut->weight_ready_o != 0; });
        dut->weight_valid_i = 0;
    }
}

int main(int argc, char** argv) {
    Verilated::commandArgs(argc, argv);
    dut = std::make_unique<Vmacro>();
    dut->rst_ni = 0;
    dut->in_valid_i = dut->out_ready_i = dut->cfg_valid_i = dut->weight_valid_i = 0;
    dut->test_mode_i = 0;
    for (int i = 0; i < 3; ++i) edge();
    dut->rst_ni = 1;
    const int wrong = bring_up();
    std::printf(wrong ? "FAIL: %d\n" : "PASS\n", wrong);
    dut.reset();  // before its context goes
    return wrong != 0;
}
