// SPDX-License-Identifier: Apache-2.0
/// The files of `rtl_templates/` that travel inside the program, under their relative path
/// (`blocks/adder.sv`).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/resources.hpp"

namespace generator {

/// The table that the build makes, in order of the full file names.
std::span<const base::Resource> embedded_resources();

/// Contents of one file; Error when there is none of that path.
std::string_view resource(std::string_view path);

/// Sorted paths of all files whose path begins with `prefix`.
std::vector<std::string_view> resource_names(std::string_view prefix);

}  // namespace generator
