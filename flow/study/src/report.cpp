// SPDX-License-Identifier: Apache-2.0
#include "study/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace study {

namespace {

/// In a cell of a Markdown table a bar would end it.
std::string cell(const std::string& text) {
    std::string escaped;
    for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string{c};
    return escaped;
}

std::string table_line(const std::string& first, const std::vector<std::string>& cells,
                       const std::string& last) {
    std::string line = "| " + cell(first) + " |";
    for (const std::string& c : cells) line += " " + cell(c) + " |";
    return line + " " + last + " |\n";
}

std::string table(const Report& r) {
    std::vector<std::string> heads, rules;
    for (const Column& c : r.columns) heads.push_back(c.head());
    std::string text = table_line("row", heads, "= golden") + "|---|";
    for (std::size_t i = 0; i < r.columns.size(); ++i) text += "---:|";
    text += "---|\n";
    std::string heading;
    for (const Row& row : r.rows) {
        if (row.heading != heading) {
            heading = row.heading;
            text +=
                table_line("**" + heading + "**", std::vector<std::string>(r.columns.size()), "");
        }
        std::vector<std::string> cells;
        for (const Column& c : r.columns) cells.push_back(c.shown(row, r.rows.front()));
        text += table_line(row.label, cells, checked(row.measured));
    }
    return text;
}

std::string notes(const Report& r) {
    std::string text = "\n";
    for (const std::string& layer : r.layers) text += "- Layer: " + layer + ".\n";
    for (const Column& c : r.columns) {
        if (!c.doc.empty()) text += fmt::format("- {}: {}.\n", c.title, c.doc);
    }
    text +=
        "- = golden: what computed every output as the golden model does: the RTL on this data, and "
        "the netlist behind the area on corner and random stimulus.\n";
    for (const Row& row : r.rows) {
        if (!row.measured.area || row.measured.area->library.empty()) continue;
        text += fmt::format("- Cells: Yosys with {}.\n", row.measured.area->library);
        break;
    }
    for (const std::string& note : r.notes) text += "- " + note + "\n";
    return text;
}

std::vector<const Row*> block_rows(const Report& r) {
    std::vector<const Row*> rows;
    const bool all = std::ranges::find(r.blocks, "all") != r.blocks.end();
    for (const Row& row : r.rows) {
        const bool named = std::ranges::find(r.blocks, row.label) != r.blocks.end();
        if ((all || named) && row.measured.area) rows.push_back(&row);
    }
    return rows;
}

std::string area_text(double area, const std::string& unit) {
    if (area <= 0) return "–";
    return unit == "kGE" ? fmt::format("{:.2f}", area) : grouped(area);
}

std::string blocks_markdown(const Report& r) {
    constexpr std::size_t most = 100;
    const BlockTable t = block_table(block_rows(r), most);
    if (t.blocks.empty()) return {};
    std::string text = fmt::format("\n| block ({}) |", t.unit), rule = "|---|";
    for (const std::string& row : t.rows) {
        text += " " + cell(row) + " |";
        rule += "---:|";
    }
    text += "\n" + rule + "\n";
    std::vector<double> whole(t.rows.size(), 0.0);
    const auto line = [&](const std::string& name, const std::vector<double>& areas) {
        text += "| " + name + " |";
        for (const double area : areas) text += " " + area_text(area, t.unit) + " |";
        text += "\n";
    };
    for (const auto& [name, areas] : t.blocks) {
        line(name == "others" ? name : "`" + name + "`", areas);
        for (std::size_t i = 0; i < areas.size(); ++i) whole[i] += areas[i];
    }
    line("**whole**", whole);
    return text;
}

}  // namespace

std::string describe(const Layer& layer) {
    const std::string name = layer.files.name.empty() ? "" : layer.files.name + ": ";
    return fmt::format("{}V = {} vectors, K = {}, M = {}, {}", name, layer.vectors(),
                       layer.features(), layer.outputs(),
                       layer.integer ? "integers" : "real numbers");
}

std::string checked(const Measurements& m) {
    std::string text;
    const auto add = [&](Check check, std::string_view name) {
        if (check == Check::not_run) return;
        text += text.empty() ? "" : ", ";
        text += name;
        if (check == Check::differs) text += " ≠";
    };
    add(m.rtl, "RTL");
    add(m.netlist, "netlist");
    return text.empty() ? "golden only" : text;
}

std::string markdown(const Report& r) {
    std::string text = r.title.empty() ? "" : "**" + r.title + "**\n\n";
    if (!r.complete()) {
        text +=
            fmt::format("{} of {} rows; the same command goes on.\n\n", r.rows.size(), r.wanted);
    }
    if (r.rows.empty()) return text;
    return text + table(r) + notes(r) + blocks_markdown(r);
}

std::string json(const Report& r) {
    nlohmann::ordered_json j = {{"title", r.title},
                                {"complete", r.complete()},
                                {"layers", r.layers},
                                {"rows", nlohmann::ordered_json::array()}};
    for (const Row& row : r.rows) {
        nlohmann::ordered_json one = {{"heading", row.heading}, {"label", row.label}};
        one.update(to_json(row.measured));
        one["config"] = row.config;
        j["rows"].push_back(std::move(one));
    }
    return j.dump(2) + "\n";
}

}  // namespace study
