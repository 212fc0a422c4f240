// SPDX-License-Identifier: Apache-2.0
/// Areas by block.
#include <algorithm>
#include <functional>
#include <map>

#include "study/report.hpp"

namespace study {

namespace {

constexpr double least_share = 0.005;

std::string macro_name(const Row& row) {
    const std::string key = "name: ";
    const std::size_t at = row.config.find(key);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + key.size();
    return row.config.substr(begin, row.config.find('\n', begin) - begin);
}

std::map<std::string, double> areas_of(const Row& row, bool um2) {
    const std::string name = macro_name(row);
    std::map<std::string, double> areas;
    for (const Block& b : row.measured.area->blocks) {
        const double area = um2 ? b.um2.value_or(0) : b.ge.value_or(0) / 1000;
        const bool generated = !name.empty() && b.name.starts_with(name);
        if (area > 0) areas[generated ? "<name>" + b.name.substr(name.size()) : b.name] += area;
    }
    return areas;
}

}  // namespace

BlockTable block_table(const std::vector<const Row*>& rows, std::size_t most) {
    BlockTable t;
    const bool ge =
        std::ranges::any_of(rows, [](const Row* r) { return r->measured.area->ge.has_value(); });
    t.unit = ge ? "kGE" : "µm²";
    std::map<std::string, std::vector<double>> areas;
    double largest_row = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        t.rows.push_back(rows[i]->label);
        double whole = 0;
        for (const auto& [block, area] : areas_of(*rows[i], !ge)) {
            areas.try_emplace(block, rows.size(), 0.0).first->second[i] = area;
            whole += area;
        }
        largest_row = std::max(largest_row, whole);
    }
    const auto largest = [](const auto& line) { return std::ranges::max(line.second); };
    std::vector<double> others(rows.size(), 0.0);
    bool any_other = false;
    std::vector<std::pair<std::string, std::vector<double>>> order(areas.begin(), areas.end());
    std::ranges::stable_sort(order, std::greater{}, largest);
    for (auto& line : order) {
        const auto [low, high] = std::ranges::minmax(line.second);
        const bool listed = rows.size() == 1 || high - low >= least_share * largest_row ||
                            high >= 10 * least_share * largest_row;
        if (listed && t.blocks.size() < most) {
            t.blocks.push_back(std::move(line));
            continue;
        }
        any_other = true;
        for (std::size_t i = 0; i < rows.size(); ++i) others[i] += line.second[i];
    }
    if (any_other) t.blocks.emplace_back("others", std::move(others));
    return t;
}

}  // namespace study
