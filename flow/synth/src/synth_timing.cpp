// SPDX-License-Identifier: Apache-2.0
/// OpenSTA's paths by blocks, and the largest fan-out of a netlist.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/error.hpp"
#include "synth/synth.hpp"
#include "synth_script.hpp"

namespace synth {
namespace {

struct Path {
    std::string from, to;  ///< pins: instance/pin
    double slack = 0;      ///< in the library's unit
};

/// `a/Q (DFF) b/D (DFF) 0.1234`
std::optional<Path> path_of(const std::string& line) {
    std::istringstream in(line);
    Path path;
    std::string from_cell, to_cell, rest;
    if (!(in >> path.from >> from_cell >> path.to >> to_cell >> path.slack) || in >> rest)
        return std::nullopt;
    if (!from_cell.starts_with('(') || !to_cell.starts_with('(')) return std::nullopt;
    return path;
}

/// The cell of a pin: without the instance that it is in, and without the backslashes that escape
/// its brackets.
std::string instance_of(const std::string& pin) {
    std::string name = pin.substr(0, pin.rfind('/'));
    name.erase(0, name.rfind('/') + 1);
    std::erase(name, '\\');
    return name;
}

}  // namespace

Timing parse_timing(const std::string& report, int clock_ps,
                    const std::map<std::string, std::string>& block_of_flop) {
    const auto block = [&](const std::string& pin) {
        const auto found = block_of_flop.find(instance_of(pin));
        return found == block_of_flop.end() ? std::string() : found->second;
    };
    Timing timing;
    timing.period = clock_ps / 1000.0;
    std::istringstream in(report);
    double unit = 1;  // ns
    bool any = false;
    std::map<std::string, BlockTiming> blocks;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("unit ")) unit = std::stod(line.substr(5)) * 1e9;
        const auto path = path_of(line);
        if (!path) continue;
        const double slack = path->slack * unit;
        const std::string to = block(path->to);
        if (!any || slack < timing.slack) {
            any = true;
            timing.slack = slack;
            timing.delay = timing.period - slack;
            timing.from = path->from;
            timing.to = path->to;
            timing.from_block = block(path->from);
            timing.to_block = to;
        }
        if (to.empty()) continue;
        const auto [entry, first] = blocks.try_emplace(to);
        if (!first && entry->second.slack <= slack) continue;
        entry->second = {to, timing.period - slack, slack, block(path->from)};
    }
    if (!any)
        throw base::Error("OpenSTA found no path between registers:\n" + report.substr(0, 2000));
    for (const auto& [name, of] : blocks) timing.blocks.push_back(of);
    std::stable_sort(timing.blocks.begin(), timing.blocks.end(),
                     [](const auto& a, const auto& b) { return a.delay > b.delay; });
    return timing;
}

void read_nets(const std::string& netlist, Timing& timing) {
    const std::string from = instance_of(timing.from), to = instance_of(timing.to);
    const std::string from_pin = timing.from.substr(timing.from.rfind('/') + 1);
    std::map<std::string, long> pins;  // of one module
    std::string instance;
    const auto end_module = [&] {
        for (const auto& [net, count] : pins)
            if (count - 1 > timing.fanout) {
                timing.fanout = count - 1;
                timing.fanout_net = net;
            }
        pins.clear();
    };
    std::istringstream in(netlist);
    for (std::string line; std::getline(in, line);) {
        const std::size_t first = line.find_first_not_of(' ');
        const std::size_t open = line.find('(', first), close = line.rfind(')');
        if (line.starts_with("endmodule")) end_module();
        if (first == line.npos || open == line.npos) continue;
        if (line[first] != '.') {  // TYPE name (
            const std::size_t name = line.find(' ', first) + 1;
            instance = line.substr(name, line.find(' ', name) - name);
            continue;
        }
        if (close == line.npos || close <= open) continue;
        std::string net = line.substr(open + 1, close - open - 1);
        net.erase(net.find_last_not_of(' ') + 1);
        // Concatenations are ports of the black box, a quote is a constant's; clock and reset get
        // trees of their own.
        if (net.empty() || net.starts_with('{') || net.find('\'') != net.npos) continue;
        if (net == "clk_i" || net == "rst_ni") continue;
        ++pins[net];
        if (net.starts_with('\\')) net.erase(0, 1);
        const std::string pin = line.substr(first + 1, open - first - 1);
        if (instance == from && pin == from_pin) timing.from = net;
        if (instance == to && pin.starts_with('Q') && !net.starts_with('_')) timing.to = net;
    }
    if (timing.fanout_net.starts_with('\\')) timing.fanout_net.erase(0, 1);
}

}  // namespace synth
