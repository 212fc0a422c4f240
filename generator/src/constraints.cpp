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

/// The variable of the file that counts the cycles for which a signal stands.
std::string cycles_of(const ArrayNeed& need) { return "$cim_" + need.stands + "_cycles"; }

std::vector<ConstraintRow> need_rows(const Design& d) {
    PinGroups groups;
    for (const ArrayNeed& need : array_needs(d)) {
        std::string share = need.request ? "$cim_request_need" : "$cim_array_share";
        if (!need.stands.empty())
            share = fmt::format("({} - 1 + $cim_array_share)", cycles_of(need));
        const std::string edge = edge_flag(need.edge);
        groups.add({{"edge", (edge.empty() ? "" : " ") + edge}, {"need", share}},
                   pins_of(need.port));
    }
    return std::move(groups).rows();
}

/// Where a number of cycles is 1, or 0 for hold, the exception says what holds without it.
std::vector<ConstraintRow> exception_rows(const Design& d) {
    std::vector<ConstraintRow> rows;
    const auto add = [&rows](const ArrayNeed& need, const char* check, std::string cycles) {
        const std::string edge = edge_flag(need.edge);
        rows.push_back({{"pins", pins_of(need.port)},
                        {"edge", edge.empty() ? "-to" : edge + "_to"},
                        {"check", check},
                        {"cycles", std::move(cycles)}});
    };
    for (const ArrayNeed& need : array_needs(d)) {
        if (!need.gap) continue;
        if (need.stands.empty()) {
            add(need, "hold", "$cim_sample_gap");
        } else {
            add(need, "setup", cycles_of(need));
            add(need, "hold", fmt::format("[expr {{{} - 1 + $cim_sample_gap}}]", cycles_of(need)));
        }
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
    const bool holds = d.config.array.hold == Hold::column;
    values.sections["overlap_rule"].resize(holds ? 1 : 0);
    values.sections["no_overlap_rule"].resize(holds ? 0 : 1);
    const std::int64_t handshake = d.conversion_cycles - d.config.adc.latency;
    values.values["conversion"] =
        handshake == 0 ? "$cim_latency" : fmt::format("($cim_latency + {})", handshake);
    values.values["period"] = fmt::format("{:.3f}", budgets::period_ns);
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
