// SPDX-License-Identifier: Apache-2.0
/// Section `explore` of a study file, and the conditions of its rows.
#pragma once

#include <string>

#include "base/findings.hpp"
#include "generator/yaml_tree.hpp"
#include "study/study_file.hpp"

namespace study {

/// Of a section that was checked; what its keys have to do with each other is found here.
Search read_search(const generator::YamlNode& node, const std::string& file,
                   base::Findings& findings);

/// Findings where an axis is no config key, or one of the family for the second time.
void check_axes(const Family& family, const std::string& file, base::Findings& findings);

/// Findings where a condition names no key of the family, or orders values that are no numbers.
void check_when(const Family& family, const std::string& file, base::Findings& findings);

}  // namespace study
