// SPDX-License-Identifier: Apache-2.0
/// Files for the tools behind the generator: timing, place and route, packages of sources,
/// verification. All are written from the design and its ports (ports.hpp).
#pragma once

#include <string>
#include <vector>

#include "base/output_tree.hpp"
#include "generator/design.hpp"
#include "generator/template.hpp"

namespace generator {

/// constraints/<name>.sdc. `values`: those of `template_values`.
base::OutFile constraints(const Design& design, TemplateValues values);

/// handoff/<name>_array.lib: a Liberty placeholder of the array, pins and budgets.
base::OutFile array_liberty(const Design& design);

/// handoff/<name>_array.lef: the array's pins and an obstruction, where no layout is yet.
base::OutFile array_lef(const Design& design);

/// handoff/<name>_regs_pkg.sv: the register map for test benches.
base::OutFile register_package(const Design& design);

/// Sources by what they are for, as packages of sources list them.
struct SourceLists {
    std::vector<std::string> rtl, model, blackbox, checker;
    std::string constraints, registers;  ///< one file each
};

/// handoff/<name>.xml: an IP-XACT component (IEEE 1685-2014) with ports, files and registers.
base::OutFile ipxact_component(const Design& design, const SourceLists& sources);

/// <name>.core (FuseSoC, CAPI 2) and Bender.yml, beside the file lists.
std::vector<base::OutFile> source_packages(const Design& design, const SourceLists& sources);

}  // namespace generator
