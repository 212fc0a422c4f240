// SPDX-License-Identifier: Apache-2.0
/// The one table of a study file's keys: it checks the file and prints the schema.
#pragma once

#include <span>
#include <string_view>

namespace study {

enum class Form {
    text,   ///< a string
    path,   ///< a string: relative to the study file
    count,  ///< an integer, 1 or more
    boolean,
    texts,        ///< a list of strings
    column,       ///< the name of a column
    columns,      ///< a list of them
    number,       ///< a plain number
    conditions,   ///< comparisons of config keys
    constraints,  ///< comparisons of a column and a number
    objectives,   ///< columns, each with min or max
    method,       ///< grid, random or nsga2
    settings,     ///< config keys and values: sections, or dotted keys
    axes,         ///< config keys and lists of values, or ranges
    paths,        ///< names and paths
    map,          ///< the keys of section `inner`
    list,         ///< a list of such maps
    map_or_list,
};

struct StudyKey {
    std::string_view section, name;
    Form form;
    bool required;
    std::string_view inner;  ///< of map and list
    std::string_view doc;
};

std::span<const StudyKey> study_keys();

}  // namespace study
