// SPDX-License-Identifier: Apache-2.0
/// Whether a study file has the form of the table.
#pragma once

#include <string>
#include <string_view>

#include "base/findings.hpp"
#include "generator/yaml_tree.hpp"

namespace study {

/// Reports everything that is not as study_keys() says, by file:line:col.
void check_study(const generator::YamlNode& root, const std::string& file,
                 base::Findings& findings);

/// The value of a key of a map that was checked; null if it is not there.
const generator::YamlNode* find_key(const generator::YamlNode& map, std::string_view key);

}  // namespace study
