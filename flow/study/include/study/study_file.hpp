// SPDX-License-Identifier: Apache-2.0
/// A comparison written down: `compare --study F.yaml`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "study/columns.hpp"
#include "study/condition.hpp"
#include "study/layer.hpp"
#include "study/network_files.hpp"
#include "study/task.hpp"

namespace study {

/// A plot of two columns, a mark for each row, a colour for each series.
struct Plot {
    Column x, y;
    std::string title;
    bool join = false;  ///< a line through the marks of a series
};

/// A config key and the values that it takes.
struct Axis {
    std::string path;
    std::vector<Setting> values;
    int line = 0, column = 0;  ///< of the key
};

/// Rows of one line of a study file, its axes not yet multiplied out.
struct Family {
    RowSpec spec;
    std::vector<Axis> axes;
    std::vector<Condition> when;  ///< all have to hold
};

struct Objective {
    Column column;
    bool maximize = false;
    int line = 0, col = 0;  ///< where it was said
};

struct Constraint {
    Column column;
    Relation relation = Relation::equal;
    double bound = 0;
    std::string text;       ///< as written
    int line = 0, col = 0;  ///< where it was said
};

/// What `cimrtl explore` looks for.
struct Search {
    enum class Method { grid, random, nsga2 };
    Method method = Method::grid;
    std::size_t runs = 0;  ///< of random and nsga2
    std::uint64_t seed = 1;
    std::size_t population = 0;  ///< of nsga2; 0: as the number of runs asks for
    std::vector<Objective> objectives;
    std::vector<Constraint> constraints;
    int line = 0, column = 0;            ///< of the section
    int runs_line = 0, runs_column = 0;  ///< of `runs`
};

struct Study {
    std::string title;
    std::vector<std::string> notes;
    std::vector<LayerFiles> data;  ///< may be empty: the command line gives one
    std::vector<RowSpec> rows;     ///< axes multiplied out
    std::vector<Family> families;  ///< the same, axes as they are
    std::optional<NetworkFiles> network;
    std::optional<Search> search;
    std::vector<Column> columns;      ///< empty: the default
    std::vector<Plot> plots;          ///< empty: the default
    std::vector<std::string> blocks;  ///< labels of the rows of the area table by block; "all"
};

/// Reads a study file. Paths in it are relative to its folder. Throws base::Error with every
/// finding as file:line:col; the configs of its rows are not looked at (make_task does).
/// `Multiply::no`: families alone, of any number of rows.
enum class Multiply { no, yes };
Study load_study_file(const std::string& path, Multiply multiply = Multiply::yes);
Study load_study(std::string_view text, const std::string& path, Multiply multiply = Multiply::yes);

/// Findings for the files of data and network that `file` names and that are not there; those that
/// the command line gave in their place are not looked at.
void check_files(const Study& study, const std::string& file, base::Findings& findings);

/// The value of each key of a combination; the settings of `axes` count over those of `set`.
bool holds(const std::vector<Condition>& when, const std::vector<Setting>& set,
           const std::vector<Setting>& axes);

/// JSON schema (draft 2020-12) of a study file, from the table that also checks it.
std::string study_schema();

}  // namespace study
