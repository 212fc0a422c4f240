// SPDX-License-Identifier: Apache-2.0
/// The values of an axis: a list as it stands, or a range counted out.
#pragma once

#include <string>
#include <vector>

#include "generator/yaml_tree.hpp"
#include "study/task.hpp"

namespace study {

/// A value as YAML on one line, for the generator to read.
std::string value_text(const generator::YamlNode& node);

/// A section whose keys are axes; else the values of one axis, a list or a range.
bool holds_axes(const generator::YamlNode& key, const generator::YamlNode& value);

/// What is wrong with a range whose keys have their forms; empty: nothing.
std::string range_complaint(const generator::YamlNode& node);

/// The first value of a list that stands before it already; null: none.
const generator::YamlNode* repeated(const generator::YamlNode& list);
std::string twice(const generator::YamlNode& value);

/// Of an axis that was checked; each at the place of its value, or of the range.
std::vector<Setting> axis_values(const std::string& path, const generator::YamlNode& node);

}  // namespace study
