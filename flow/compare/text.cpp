#include "text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace comparing {

namespace {

std::string macro_name(const Row& r) { return r.config.substr(6, r.config.find('\n') - 6); }

/// µm² by block; generated modules by what follows the macro's name, those without cells left out.
std::map<std::string, double> areas_by_block(const Row& r) {
    const std::string name = macro_name(r);
    std::map<std::string, double> areas;
    for (const auto& [block, area] : r.area->blocks) {
        const bool generated = block.starts_with(name);
        if (area > 0) areas[generated ? "<name>" + block.substr(name.size()) : block] = area;
    }
    return areas;
}

std::string area_line(const std::string& name, const std::vector<double>& areas) {
    std::string line = fmt::format("| {} |", name);
    for (const double area : areas) {
        line += area > 0 ? fmt::format(" {} |", grouped(std::llround(area))) : std::string(" – |");
    }
    return line + "\n";
}

}  // namespace

std::string grouped(std::uint64_t n) {
    std::string text = std::to_string(n);
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ' ');
    return text;
}

std::string decibels(double db) { return std::isinf(db) ? "exact" : fmt::format("{:.1f}", db); }

std::string block_table(const std::vector<const Row*>& rows, double least_share) {
    if (!std::ranges::all_of(rows, [](const Row* r) { return r->area.has_value(); })) return {};
    std::map<std::string, std::vector<double>> areas;
    std::string head = "| block (µm²) |", rule = "|---|";
    double most = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        head += fmt::format(" {} |", rows[i]->label);
        rule += "---:|";
        most = std::max(most, rows[i]->area->area_um2);
        for (const auto& [block, area] : areas_by_block(*rows[i])) {
            areas.try_emplace(block, rows.size(), 0.0).first->second[i] = area;
        }
    }
    std::vector<std::pair<std::string, std::vector<double>>> order;
    std::vector<double> others(rows.size(), 0.0), whole(rows.size(), 0.0);
    for (const auto& [block, of_row] : areas) {
        const auto [least, largest] = std::ranges::minmax(of_row);
        const bool listed = largest - least >= least_share * most;
        if (listed) order.emplace_back(fmt::format("`{}`", block), of_row);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            whole[i] += of_row[i];
            if (!listed) others[i] += of_row[i];
        }
    }
    std::ranges::stable_sort(order, std::greater{},
                             [](const auto& line) { return std::ranges::max(line.second); });
    if (order.size() < areas.size()) order.emplace_back("others", others);
    order.emplace_back("**whole**", whole);
    std::string text = fmt::format("\n{}\n{}\n", head, rule);
    for (const auto& [name, of_row] : order) text += area_line(name, of_row);
    return text;
}

}  // namespace comparing
