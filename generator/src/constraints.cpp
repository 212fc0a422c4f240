// SPDX-License-Identifier: Apache-2.0
/// constraints/<name>.sdc from the ports, the array's timing and the budgets.
#include <fmt/format.h>

#include <algorithm>

#include "base/version.hpp"
#include "budgets.hpp"
#include "handoff.hpp"
#include "ports.hpp"

namespace generator {

namespace {

using ConstraintRow = std::map<std::string, std::string>;

/// A name that is its bits', too: no port's name begins with another one's.
std::string port_pattern(const Port& port) { return port.name + (port.vector ? "*" : ""); }

std::string pins_of(const Port& port) { return "u_array/" + port_pattern(port); }

const char* edge_flag(Edge edge) {
    switch (edge) {
        case Edge::rise:
            return "-rise";
        case Edge::fall:
            return "-fall";
        case Edge::both:
            return "";
    }
    return "";
}

/// Rows of the same further values with their pins in one list.
class PinGroups {
  public:
    void add(ConstraintRow key, const std::string& pins) {
        for (ConstraintRow& row : rows_) {
            ConstraintRow other = row;
            other.erase("pins");
            if (other != key) continue;
            row["pins"] += "\n    " + pins;
            return;
        }
        key["pins"] = pins;
        rows_.push_back(std::move(key));
    }
    std::vector<ConstraintRow> rows() && { return std::move(rows_); }

  private:
    std::vector<ConstraintRow> rows_;
};

std::vector<ConstraintRow> need_rows(const Design& d) {
    PinGroups groups;
    for (const ArrayNeed& need : array_needs(d)) {
        std::string share = need.request ? "(1 - $cim_request_share)" : "$cim_array_share";
        if (need.cycles > 1) share = fmt::format("({} + $cim_array_share)", need.cycles - 1);
        const std::string edge = edge_flag(need.edge);
        groups.add({{"edge", (edge.empty() ? "" : " ") + edge}, {"need", share}},
                   pins_of(need.port));
    }
    return std::move(groups).rows();
}

std::vector<ConstraintRow> exception_rows(const Design& d) {
    std::vector<ConstraintRow> rows;
    const auto add = [&rows](const ArrayNeed& need, const char* check, int cycles) {
        const std::string edge = edge_flag(need.edge);
        rows.push_back({{"pins", pins_of(need.port)},
                        {"edge", edge.empty() ? "-to" : edge + "_to"},
                        {"check", check},
                        {"cycles", std::to_string(cycles)}});
    };
    for (const ArrayNeed& need : array_needs(d)) {
        const int before = need.cycles - 1 + need.gap;
        if (need.cycles > 1) add(need, "setup", need.cycles);
        if (before > 0) add(need, "hold", before);
    }
    return rows;
}

std::vector<ConstraintRow> answer_rows(const Design& d) {
    PinGroups groups;
    for (const Port& port : array_ports(d)) {
        if (port.input || asynchronous(d, port)) continue;
        const bool ready = port.name == "weight_ready_o";
        groups.add({{"share", ready ? "cim_ready_share" : "cim_response_share"}}, pins_of(port));
    }
    return std::move(groups).rows();
}

/// Of an ADC without a clock of ours: what it is asked by, its acknowledge, its code.
std::vector<ConstraintRow> handshake_rows(const Design& d) {
    if (d.config.adc.kind != AdcKind::async) return {};
    std::string requests, codes, acknowledge;
    for (const Port& port : array_ports(d)) {
        if (!asynchronous(d, port)) continue;
        if (port.name == "adc_resp_valid_o") {
            acknowledge = pins_of(port);
        } else {
            std::string& list = port.input ? requests : codes;
            list += (list.empty() ? "" : "\n    ") + pins_of(port);
        }
    }
    return {{{"requests", requests}, {"codes", codes}, {"acknowledge", acknowledge}}};
}

std::vector<ConstraintRow> port_rows(const Design& d, bool input) {
    std::vector<ConstraintRow> rows;
    for (const Port& port : macro_ports(d)) {
        if (port.input != input || port.name == "clk_i" || port.name == "rst_ni") continue;
        if (port.name == "test_mode_i") continue;  // case analysis
        rows.push_back({{"pattern", port_pattern(port)}});
    }
    return rows;
}

/// Files that are written while no vector is in the macro. Rings turn with the datapath, and what
/// waits for nothing may be written at any time.
std::vector<ConstraintRow> static_rows(const Design& d) {
    std::vector<ConstraintRow> rows;
    for (const RegisterFile& file : d.registers) {
        if (file.wait != RegisterWait::vector || file.ring || file.instance.empty()) continue;
        rows.push_back({{"pins", "u_periphery/" + file.instance + "/values_o*"}});
    }
    return rows;
}

}  // namespace

base::OutFile constraints(const Design& d, TemplateValues values) {
    const auto share = [&values](const std::string& name, double value) {
        values.values[name + "_share"] = fmt::format("{:.2f}", value);
    };
    const ArrayCycles cycles = array_cycles(d);
    values.values["period"] = fmt::format("{:.3f}", budgets::period_ns);
    values.values["drive_cycles"] = std::to_string(cycles.drive);
    values.values["bank_cycles"] = std::to_string(cycles.bank);
    values.values["precharge_cycles"] = std::to_string(d.config.array.precharge);
    share("input", budgets::input);
    share("min", budgets::earliest);
    share("output", budgets::output);
    share("uncertainty", budgets::uncertainty);
    share("reset", budgets::reset);
    share("reset_min", budgets::reset_earliest);
    share("response", budgets::response);
    share("request", budgets::request);
    share("ready", budgets::ready);
    share("array", budgets::array);
    values.sections["inputs"] = port_rows(d, true);
    values.sections["outputs"] = port_rows(d, false);
    values.sections["answers"] = answer_rows(d);
    values.sections["needs"] = need_rows(d);
    values.sections["handshakes"] = handshake_rows(d);
    values.sections["exceptions"] = exception_rows(d);
    values.sections["static_registers"] = static_rows(d);
    return {"constraints/" + d.config.name + ".sdc",
            render_template("top/constraints.sdc.tpl", values)};
}

}  // namespace generator
