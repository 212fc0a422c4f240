// SPDX-License-Identifier: Apache-2.0
/// Whether a study file has the form of the table.
#pragma once

#include <string>
#include <string_view>

#include "generator/yaml_tree.hpp"
#include "study/findings.hpp"

namespace study {

/// Reports everything that is not as study_keys() says, by file:line:col.
void check_study(const generator::YamlNode& root, const std::string& file, Findings& findings);

/// The value of a key of a map that was checked; null if it is not there.
const generator::YamlNode* find_key(const generator::YamlNode& map, std::string_view key);

}  // namespace study
