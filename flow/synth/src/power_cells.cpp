// SPDX-License-Identifier: Apache-2.0
#include "power_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/error.hpp"

namespace synth {
namespace {

using Shares = std::map<std::string, double>;

/// Which blocks a cell's power counts to.
class Owners {
  public:
    Owners(const std::vector<PowerCell>& cells,
           const std::map<std::string, std::string>& block_of_flop)
        : cells_(cells), shares_(cells.size()), known_(cells.size()) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            for (const auto& [pin, net] : cells[i].reads) readers_[net].push_back(i);
            const auto flop = block_of_flop.find(cells[i].name);
            if (flop == block_of_flop.end()) continue;
            known_[i] = true;
            shares_[i] = {{flop->second, 1}};
        }
    }

    const Shares& of(std::size_t cell) {
        if (known_[cell]) return shares_[cell];
        known_[cell] = true;  // a loop ends here
        Shares sum;
        for (const auto& [pin, net] : cells_[cell].drives) {
            const auto readers = readers_.find(net);
            if (readers == readers_.end()) continue;
            for (const std::size_t reader : readers->second) {
                for (const auto& [block, share] : of(reader)) sum[block] += share;
            }
        }
        double all = 0;
        for (const auto& [block, share] : sum) all += share;
        for (auto& [block, share] : sum) share /= all;
        if (all == 0) sum = {{"", 1}};
        return shares_[cell] = sum;
    }

  private:
    const std::vector<PowerCell>& cells_;
    std::vector<Shares> shares_;
    std::vector<bool> known_;
    std::map<std::string, std::vector<std::size_t>> readers_;
};

/// Of `Total INTERNAL SWITCHING LEAKAGE TOTAL SHARE`.
void check_total(const std::string& line, const std::vector<PowerCell>& cells) {
    std::istringstream words(line);
    std::string name;
    double internal = 0, switching = 0, leakage = 0;
    words >> name >> internal >> switching >> leakage;
    Watts sum;
    for (const PowerCell& c : cells) sum += c.opensta;
    const auto close = [](double a, double b) { return std::abs(a - b) <= 1e-3 * std::abs(b); };
    if (!words || !close(sum.internal, internal) || !close(sum.switching, switching) ||
        !close(sum.leakage, leakage))
        throw base::Error(fmt::format("OpenSTA's cells sum to {:.6g} W, its whole is {:.6g} W",
                                      sum.total(), internal + switching + leakage));
}

}  // namespace

Watts& operator+=(Watts& to, const Watts& w) {
    to.internal += w.internal;
    to.switching += w.switching;
    to.leakage += w.leakage;
    return to;
}

Watts operator*(double factor, const Watts& w) {
    return {factor * w.internal, factor * w.switching, factor * w.leakage};
}

std::vector<PowerCell> parse_cells(const std::string& report) {
    std::vector<PowerCell> cells;
    std::istringstream in(report);
    std::string total;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string what, name;
        words >> what >> name;
        if (what == "Total" && total.empty()) total = line;
        if (what == "cell") {
            PowerCell c;
            c.name = name.substr(name.rfind('/') + 1);
            words >> c.type >> c.opensta.internal >> c.opensta.switching >> c.opensta.leakage;
            if (!words) throw base::Error("OpenSTA's report has a line unlike a cell: " + line);
            cells.push_back(c);
        }
        if (what != "pin" || cells.empty()) continue;
        std::string net, direction;
        PinState p;
        words >> net >> direction >> p.slew_rise >> p.slew_fall >> p.load >> p.toggles >> p.high;
        if (!words) throw base::Error("OpenSTA's report has a line unlike a pin: " + line);
        p.connected = net != "NULL";
        cells.back().pins[name] = p;
        if (net != "NULL")
            (direction == "in" ? cells.back().reads : cells.back().drives)[name] = net;
    }
    check_total(total, cells);
    return cells;
}

void check_switching(const std::vector<PowerCell>& cells, double period_s) {
    std::vector<double> changed;  // F a second
    double sum = 0, watts = 0;
    for (const PowerCell& c : cells) {
        double charge = 0;
        for (const auto& [pin, net] : c.drives) {
            const PinState& p = c.pins.at(pin);
            charge += p.load * p.toggles / 2 / period_s;
        }
        changed.push_back(charge);
        sum += charge;
        watts += c.opensta.switching;
    }
    const double volts2 = sum > 0 ? watts / sum : 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double own = volts2 * changed[i];
        if (std::abs(cells[i].opensta.switching - own) <= 1e-3 * own + 1e-6 * watts) continue;
        throw base::Error(fmt::format(
            "OpenSTA gives cell {} a switching power of {:.4g} W; its given activity makes {:.4g}",
            cells[i].name, cells[i].opensta.switching, own));
    }
}

std::vector<BlockPower> sum_blocks(const std::vector<PowerCell>& cells,
                                   const std::vector<Watts>& watts,
                                   const std::map<std::string, std::string>& block_of_flop) {
    std::map<std::string, BlockPower> blocks;
    Owners owners(cells, block_of_flop);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool flop = block_of_flop.contains(cells[i].name);
        for (const auto& [name, share] : owners.of(i)) {
            BlockPower& block = blocks[name];
            block.name = name;
            block.flops += flop ? 1 : 0;
            (flop ? block.registers : block.gates) += share * watts[i];
        }
    }
    std::vector<BlockPower> result;
    for (const auto& [name, block] : blocks) result.push_back(block);
    std::ranges::stable_sort(result, std::greater(), &BlockPower::total);
    return result;
}

}  // namespace synth
