// SPDX-License-Identifier: Apache-2.0
#include "ports.hpp"

#include <algorithm>
#include <utility>

#include "derive.hpp"

namespace generator {

namespace {

class List {
  public:
    List& in(std::string name) { return add(std::move(name), true, 1, false); }
    List& out(std::string name) { return add(std::move(name), false, 1, false); }
    List& in(std::string name, int width) { return add(std::move(name), true, width, true); }
    List& out(std::string name, int width) { return add(std::move(name), false, width, true); }
    std::vector<Port> ports() && { return std::move(ports_); }

  private:
    List& add(std::string name, bool input, int width, bool vector) {
        ports_.push_back({std::move(name), input, width, vector});
        return *this;
    }
    std::vector<Port> ports_;
};

/// The weight access is the same at the macro and at its array.
void add_weight_port(List& list, const Design& d) {
    const int word = d.streams.weight * d.array.cell_bits;
    list.in("weight_valid_i").out("weight_ready_o").in("weight_write_i");
    list.in("weight_bank_i", d.bank_bits).in("weight_row_i", index_bits(d.config.array.rows));
    list.in("weight_word_i", index_bits(d.streams.words)).in("weight_data_i", word);
    list.out("weight_rvalid_o").out("weight_rdata_o", word);
}

}  // namespace

std::vector<Port> array_ports(const Design& d) {
    const ArrayConfig& array = d.config.array;
    List list;
    list.in("clk_i").in("rst_ni").in("precharge_i").in("sample_i").in("hold_i");
    list.in("bank_i", d.bank_bits).in("row_en_i", array.rows);
    list.in("row_drive_i", array.rows * d.array.drive_bits);
    if (d.array.trim_entries > 0) list.in("trim_i", d.array.trim_entries * d.array.trim_bits);
    list.in("adc_req_valid_i", d.adcs);
    if (d.config.adc.kind != AdcKind::async) list.out("adc_req_ready_o", d.adcs);
    list.in("adc_req_column_i", d.adcs * index_bits(d.config.adc.share));
    list.out("adc_resp_valid_o", d.adcs).out("adc_resp_code_o", d.adcs * d.adc.bits);
    add_weight_port(list, d);
    return std::move(list).ports();
}

std::vector<Port> macro_ports(const Design& d) {
    List list;
    list.in("clk_i").in("rst_ni");
    if (d.config.reset.synchronizer) list.out("rst_no");
    if (d.config.clock_gating == ClockGating::cell) list.in("test_en_i");
    if (d.config.test.observe) list.in("test_mode_i");
    list.in("in_valid_i").out("in_ready_o");
    list.in("in_data_i", d.streams.in * d.input.port_bits).in("in_bank_i", d.bank_bits);
    list.in("in_first_i").in("in_last_i").in("in_rows_i", count_bits(d.config.array.rows));
    if (d.config.accumulator.chain) {
        list.in("chain_valid_i").out("chain_ready_o");
        list.in("chain_data_i", d.streams.out * d.accumulator.stored_bits);
        list.in("chain_saturated_i", d.streams.out);
    }
    list.out("out_valid_o").in("out_ready_i").out("out_data_o", d.streams.out * d.output.bits);
    list.out("out_saturated_o", d.streams.out).out("out_last_o");
    list.in("cfg_valid_i").out("cfg_ready_o").in("cfg_write_i");
    list.in("cfg_addr_i", d.port.addr_bits).in("cfg_data_i", d.port.data_bits);
    list.out("cfg_rvalid_o").out("cfg_rdata_o", d.port.data_bits);
    add_weight_port(list, d);
    return std::move(list).ports();
}

ArrayCycles array_cycles(const Design& d) {
    const ArrayConfig& array = d.config.array;
    ArrayCycles cycles;
    cycles.drive = std::max(array.settle, 1);
    cycles.precharge = std::max(array.precharge, 1);
    cycles.bank =
        array.precharge + cycles.drive - (drive_overlaps(d.config, d.conversion_cycles) ? 1 : 0);
    return cycles;
}

bool asynchronous(const Design& d, const Port& port) {
    return d.config.adc.kind == AdcKind::async && port.name.starts_with("adc_");
}

std::vector<ArrayNeed> array_needs(const Design& d) {
    const ArrayCycles cycles = array_cycles(d);
    std::vector<ArrayNeed> needs;
    for (const Port& port : array_ports(d)) {
        const std::string& name = port.name;
        if (!port.input || name == "clk_i" || name == "rst_ni") continue;
        if (name == "precharge_i") {
            needs.push_back({port, Edge::rise, cycles.precharge, "precharge", true});
            needs.push_back({port, Edge::fall});
        } else if (name == "row_en_i") {
            needs.push_back({port, Edge::rise, cycles.drive, "drive", true});
            needs.push_back({port, Edge::fall, 1, "", true});
        } else if (name == "row_drive_i") {
            needs.push_back({port, Edge::both, cycles.drive, "drive", true});
        } else if (name == "bank_i") {
            needs.push_back({port, Edge::both, cycles.bank, "bank", true});
        } else if (!asynchronous(d, port)) {
            needs.push_back({port, Edge::both, 1, "", false, name.starts_with("adc_req_")});
        }
    }
    return needs;
}

}  // namespace generator
