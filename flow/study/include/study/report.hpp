// SPDX-License-Identifier: Apache-2.0
/// A comparison as Markdown, as JSON and as a page.
#pragma once

#include <string>
#include <vector>

#include "study/columns.hpp"
#include "study/layer.hpp"
#include "study/row.hpp"
#include "study/study_file.hpp"

namespace study {

struct Report {
    std::string title;
    std::vector<std::string> notes;
    std::vector<std::string> layers;  ///< one sentence each
    std::vector<Column> columns;
    std::vector<Plot> plots;
    std::vector<std::string> blocks;  ///< labels; "all"
    std::vector<Row> rows;
    std::size_t wanted = 0;  ///< rows; more than `rows`: the comparison was ended before its time
    bool complete() const { return rows.size() == wanted; }
};

/// "V = 256 vectors, K = 144, M = 32".
std::string describe(const Layer& layer);

/// A table with a line for each heading, what the columns mean, what was checked, and, where the
/// report asks for it, the areas by block.
std::string markdown(const Report& report);
std::string json(const Report& report);
/// The report's plots and the areas by block, each an SVG drawn by gnuplot; nothing without
/// gnuplot.
std::vector<std::string> draw(const Report& report);
/// One HTML file that refers to nothing outside; `figures` of draw(). Without gnuplot it says so.
std::string html(const Report& report, const std::vector<std::string>& figures);

/// Areas by block of some rows, in kGE or in µm².
struct BlockTable {
    std::string unit;
    std::vector<std::string> rows;                                    ///< labels
    std::vector<std::pair<std::string, std::vector<double>>> blocks;  ///< largest first; 0: none
};

/// Blocks that differ by less than 0.5 % of the largest row, and all but the `most` largest, are
/// summed up as "others". Generated modules are `<name>…` whatever the macro's name. Empty where no
/// row has an area.
BlockTable block_table(const std::vector<const Row*>& rows, std::size_t most);

/// What stands in the column "checked": "RTL, netlist", "RTL ≠", "golden only".
std::string checked(const Measurements& m);

}  // namespace study
