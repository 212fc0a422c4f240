// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/error.hpp"
#include "synth/synth.hpp"
#include "synth_design.hpp"

namespace synth {
namespace {

using base::Error;

/// Splits `  $_AND_      12` into type and count; the count is the last word.
std::optional<std::pair<std::string, long>> counted(const std::string& line) {
    const std::size_t begin = line.find_first_not_of(' ');
    const std::size_t end = line.find_last_of(' ');
    if (begin == std::string::npos || end == std::string::npos || end < begin) return std::nullopt;
    const std::string number = line.substr(end + 1);
    if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::pair{line.substr(begin, line.find_last_not_of(' ', end) + 1 - begin),
                     std::stol(number)};
}

bool is_generic(const std::string& type) { return type.starts_with("$_") && type.ends_with("_"); }

enum class Reset { not_a_flop, none, sync, async };

/// What the name of one of Yosys's gate-level flip-flops says; the letters after the kind are the
/// polarities of clock, reset, reset value and enable.
Reset reset_of(const std::string& type) {
    if (type.starts_with("$_SDFF")) return Reset::sync;
    if (type.starts_with("$_DFFSR") || type.starts_with("$_ALDFF")) return Reset::async;
    if (type.starts_with("$_DFF_")) return type.size() == 8 ? Reset::none : Reset::async;
    if (type.starts_with("$_DFFE_")) return type.size() == 10 ? Reset::none : Reset::async;
    return Reset::not_a_flop;
}

}  // namespace

std::map<std::string, long> Mapped::instances() const {
    std::map<std::string, long> count;
    if (!design_.modules.contains(job_.top))
        throw Error(fmt::format("yosys reports no module {}", job_.top));
    add(job_.top, 1, 0, count);
    return count;
}

bool Mapped::is_flop(const std::string& type) const {
    if (library_ == nullptr) return reset_of(type) != Reset::not_a_flop;
    const auto cell = library_->cells.find(type);
    return cell != library_->cells.end() && cell->second.ff.has_value();
}

double Mapped::area_of(const std::string& type, const std::string& module) const {
    if (library_ == nullptr && is_generic(type)) return 0;
    if (library_ != nullptr)
        if (const auto cell = library_->cells.find(type); cell != library_->cells.end())
            return cell->second.area;
    if (is_generic(type))
        throw Error(fmt::format("{}: the library {} has no cell for {}", block_name(module),
                                library_->file, type));
    throw Error(
        fmt::format("{}: {} is no module, no cell and no black box", block_name(module), type));
}

void Mapped::add(const std::string& module, long times, int depth,
                 std::map<std::string, long>& count) const {
    if (depth > 256) throw Error(fmt::format("{}: modules nested too deeply", module));
    count[module] += times;
    for (const auto& [type, number] : design_.modules.at(module).cells)
        if (!is_black_box(type) && design_.modules.contains(type))
            add(type, times * number, depth + 1, count);
}

void count_resets(const ModuleStat& module, long times, BlockArea& block) {
    for (const auto& [type, number] : module.cells) {
        const Reset reset = reset_of(type);
        if (reset == Reset::async) block.async_reset += times * number;
        if (reset == Reset::sync) block.sync_reset += times * number;
        if (reset == Reset::none) block.no_reset += times * number;
    }
}

AreaReport report_of(const SynthJob& job, const Library* library) {
    AreaReport report;
    report.tool_versions = job.tool_versions;
    if (library != nullptr) {
        report.library = library->name;
        if (library->delays) report.clock_ps = job.mapping.clock_ps;
    }
    return report;
}

void require_black_boxes(const SynthJob& job, const DesignStat& tree,
                         const std::map<std::string, long>& found) {
    for (const std::string& box : job.black_boxes)
        if (tree.modules.contains(box) || !found.contains(box))
            throw Error(fmt::format("{} is no black box in {}: its stub needs (* blackbox *)", box,
                                    job.top));
}

void compare_totals(const AreaReport& report, double area, const DesignStat& design,
                    const std::string& top) {
    long boxes = 0;
    for (const auto& [name, number] : report.excluded) boxes += number;
    if (design.total_cells && *design.total_cells != report.cells + boxes)
        throw Error(
            fmt::format("the blocks have {} cells and {} black boxes, yosys counts {} in all",
                        report.cells, boxes, *design.total_cells));
    std::optional<double> total = design.total_area;
    if (!total && design.modules.size() == 1) total = design.modules.at(top).area;
    if (total && std::abs(*total - area) > 1e-6 * area + 1e-3)
        throw Error(fmt::format("the blocks have an area of {}, yosys finds {}", area, *total));
}

void set_areas(const Library& library, double whole, const std::vector<double>& areas,
               AreaReport& report) {
    // In the library's unit as gate equivalents and as um^2, as far as the library tells them.
    const auto set = [&](double area, std::optional<double>& ge, std::optional<double>& um2) {
        if (library.gate) ge = area / *library.gate;
        if (!library.areas_are_gates) um2 = area;
    };
    set(whole, report.area_ge, report.area_um2);
    std::map<std::string, double> by_name;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        by_name[report.blocks[i].name] = areas[i];
        set(areas[i], report.blocks[i].area_ge, report.blocks[i].area_um2);
    }
    std::stable_sort(report.blocks.begin(), report.blocks.end(), [&](const auto& a, const auto& b) {
        return std::pair(by_name[a.name], a.cells) > std::pair(by_name[b.name], b.cells);
    });
}

std::string block_name(const std::string& module) {
    if (!module.starts_with("$paramod")) return module;
    const std::size_t begin = module.find('\\');
    if (begin == std::string::npos) return module;
    return module.substr(begin + 1, module.find('\\', begin + 1) - begin - 1);
}

DesignStat parse_stat(const std::string& text) {
    DesignStat design;
    std::istringstream in(text);
    ModuleStat* module = nullptr;
    bool hierarchy = false, listing = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("=== ") && line.ends_with(" ===")) {
            std::string name = line.substr(4, line.size() - 8);
            if (const auto part = name.find(" (partially selected)"); part != name.npos)
                name.resize(part);
            hierarchy = name == "design hierarchy";
            module = hierarchy ? nullptr : &design.modules[name];
            listing = false;
        } else if (line.find("Number of cells:") != std::string::npos) {
            listing = true;
            if (const auto total = counted(line); hierarchy && total)
                design.total_cells = total->second;
        } else if (const std::size_t at = line.rfind("': ");
                   at != std::string::npos && line.find("Chip area for ") != std::string::npos) {
            const double area = std::stod(line.substr(at + 3));
            if (module != nullptr) module->area = area;
            if (hierarchy) design.total_area = area;
        } else if (line.empty()) {
            listing = false;
        } else if (listing && module != nullptr) {
            if (const auto cell = counted(line)) module->cells[cell->first] += cell->second;
        }
    }
    return design;
}

AreaReport roll_up(const SynthJob& job, const DesignStat& mapped, const DesignStat& generic,
                   const Library* library) {
    AreaReport report = report_of(job, library);
    const Mapped design(job, mapped, library);
    std::map<std::string, BlockArea> blocks;
    std::map<std::string, double> areas;
    for (const auto& [module, instances] : design.instances()) {
        const std::string name = block_name(module);
        BlockArea& block = blocks[name];
        block.name = name;
        block.instances += instances;
        for (const auto& [type, number] : mapped.modules.at(module).cells) {
            const long count = instances * number;
            if (design.is_black_box(type)) {
                report.excluded[type] += count;
            } else if (!mapped.modules.contains(type)) {
                areas[name] += design.area_of(type, module) * static_cast<double>(count);
                block.cells += count;
                if (design.is_flop(type)) block.flops += count;
                report.cell_counts[type] += count;
            }
        }
    }
    require_black_boxes(job, mapped, report.excluded);
    for (const auto& [module, instances] : Mapped(job, generic, nullptr).instances())
        count_resets(generic.modules.at(module), instances, blocks[block_name(module)]);
    double whole = 0;
    std::vector<double> listed;
    for (const auto& [name, block] : blocks) {
        report.cells += block.cells;
        report.flops += block.flops;
        whole += areas[name];
        listed.push_back(areas[name]);
        report.blocks.push_back(block);
    }
    if (library != nullptr) set_areas(*library, whole, listed, report);
    compare_totals(report, whole, mapped, job.top);
    return report;
}

}  // namespace synth
