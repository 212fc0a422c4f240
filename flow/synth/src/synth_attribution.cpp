// SPDX-License-Identifier: Apache-2.0
/// A flattened design's cells and area, shared out among its blocks.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.hpp"
#include "synth/synth.hpp"
#include "synth_design.hpp"

namespace synth {
namespace {

/// What a gate before mapping weighs, in NAND2: the size of its usual cell (gates.lib).
double weight(const std::string& gate) {
    static const std::map<std::string, double> sizes{
        {"$_NOT_", 0.67},  {"$_NAND_", 1},   {"$_NOR_", 1},       {"$_AND_", 1.33},
        {"$_OR_", 1.33},   {"$_XOR_", 2.33}, {"$_XNOR_", 2.33},   {"$_MUX_", 2.33},
        {"$_NMUX_", 2.33}, {"$_BUF_", 0.67}, {"$_ANDNOT_", 1.33}, {"$_ORNOT_", 1.33}};
    const auto size = sizes.find(gate);
    return size == sizes.end() ? 0 : size->second;
}

/// `total` split by `shares` (their sum is 1) into whole numbers that sum to it: the largest
/// remainders are rounded up, the first of equal ones.
std::vector<long> split(long total, const std::vector<double>& shares) {
    std::vector<long> parts(shares.size());
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto exact = [&](std::size_t i) { return shares[i] * static_cast<double>(total); };
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = static_cast<long>(exact(i));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return exact(a) - std::floor(exact(a)) > exact(b) - std::floor(exact(b));
    });
    long left = total - std::accumulate(parts.begin(), parts.end(), 0L);
    for (std::size_t i = 0; left > 0; i = (i + 1) % order.size(), --left) ++parts[order[i]];
    return parts;
}

/// Each block's share of the gates before mapping; all to the first if there is no gate.
std::vector<double> gate_shares(const std::vector<BlockArea>& blocks, const FlatStat& stat) {
    std::vector<double> shares;
    for (const BlockArea& block : blocks) {
        double sum = 0;
        if (const auto gates = stat.gates.find(block.name); gates != stat.gates.end())
            for (const auto& [type, count] : gates->second.cells)
                sum += weight(type) * static_cast<double>(count);
        shares.push_back(sum);
    }
    const double whole = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] = whole > 0 ? shares[i] / whole : (i == 0 ? 1.0 : 0.0);
    return shares;
}

/// The blocks with their instances, resets, and the mapped cells that name them: flip-flops, and
/// cells that the sources instantiate (clock gates). `area` takes the area of these.
std::vector<BlockArea> with_named(const SynthJob& job, const FlatStat& stat, const Library& library,
                                  std::vector<double>& area) {
    const Mapped design(job, stat.whole, &library);
    std::map<std::string, BlockArea> blocks;
    for (const auto& [module, instances] : Mapped(job, stat.tree, nullptr).instances())
        blocks[block_name(module)].instances += instances;
    std::vector<BlockArea> list;
    for (auto& [name, block] : blocks) {
        block.name = name;
        if (const auto gates = stat.gates.find(name); gates != stat.gates.end())
            count_resets(gates->second, 1, block);
        double sum = 0;
        if (const auto named = stat.named.find(name); named != stat.named.end())
            for (const auto& [type, count] : named->second.cells)
                if (library.cells.contains(type)) {
                    block.cells += count;
                    if (design.is_flop(type)) block.flops += count;
                    sum += design.area_of(type, name) * static_cast<double>(count);
                }
        list.push_back(block);
        area.push_back(sum);
    }
    return list;
}

}  // namespace

AreaReport attribute(const SynthJob& job, const FlatStat& stat, const Library& library) {
    AreaReport report = report_of(job, &library);
    report.flattened = true;
    const Mapped design(job, stat.whole, &library);
    double area = 0;
    for (const auto& [module, instances] : design.instances())
        for (const auto& [type, number] : stat.whole.modules.at(module).cells) {
            const long count = instances * number;
            if (design.is_black_box(type)) report.excluded[type] += count;
            if (design.is_black_box(type) || stat.whole.modules.contains(type)) continue;
            const double cells_area = design.area_of(type, module) * static_cast<double>(count);
            report.cell_counts[type] += count;
            report.cells += count;
            area += cells_area;
            if (design.is_flop(type)) report.flops += count;
        }
    require_black_boxes(job, stat.tree, report.excluded);

    std::vector<double> areas;
    report.blocks = with_named(job, stat, library, areas);
    const auto sum = [&](long BlockArea::*of) {
        return std::accumulate(report.blocks.begin(), report.blocks.end(), 0L,
                               [&](long so_far, const BlockArea& b) { return so_far + b.*of; });
    };
    if (sum(&BlockArea::flops) != report.flops)
        throw base::Error(fmt::format("the blocks have {} flip-flops, the whole has {}",
                                      sum(&BlockArea::flops), report.flops));
    const std::vector<double> shares = gate_shares(report.blocks, stat);
    const std::vector<long> gates = split(report.cells - sum(&BlockArea::cells), shares);
    const double gate_area = area - std::accumulate(areas.begin(), areas.end(), 0.0);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        report.blocks[i].cells += gates[i];
        areas[i] += shares[i] * gate_area;
    }
    set_areas(library, area, areas, report);
    compare_totals(report, area, stat.whole, job.top);
    return report;
}

}  // namespace synth
