// SPDX-License-Identifier: Apache-2.0
/// A comparison written down: `compare --study F.yaml`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "study/columns.hpp"
#include "study/layer.hpp"
#include "study/task.hpp"

namespace study {

/// A plot of two columns, a mark for each row, a colour for each series.
struct Plot {
    Column x, y;
    std::string title;
    bool join = false;  ///< a line through the marks of a series
};

struct Study {
    std::string title;
    std::vector<std::string> notes;
    std::vector<LayerFiles> data;     ///< may be empty: the command line gives one
    std::vector<RowSpec> rows;        ///< axes multiplied out
    std::vector<Column> columns;      ///< empty: the default
    std::vector<Plot> plots;          ///< empty: the default
    std::vector<std::string> blocks;  ///< labels of the rows of the area table by block; "all"
};

/// Reads a study file. Paths in it are relative to its folder. Throws base::Error with every
/// finding as file:line:col; the configs of its rows are not looked at (make_task does).
Study load_study_file(const std::string& path);
Study load_study(std::string_view text, const std::string& path);

/// JSON schema (draft 2020-12) of a study file, from the table that also checks it.
std::string study_schema();

}  // namespace study
