// SPDX-License-Identifier: Apache-2.0
/// Files for the tools behind the generator: timing, place and route, packages of sources,
/// verification. All are written from the design and its ports (ports.hpp).
#pragma once

#include "base/output_tree.hpp"
#include "generator/design.hpp"
#include "generator/template.hpp"

namespace generator {

/// constraints/<name>.sdc. `values`: those of `template_values`.
base::OutFile constraints(const Design& design, TemplateValues values);

/// handoff/<name>_array.lib: a Liberty placeholder of the array, pins and budgets.
base::OutFile array_liberty(const Design& design);

}  // namespace generator
