// SPDX-License-Identifier: Apache-2.0
/// Design → files. Pure: the same design and tool version give the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/output_tree.hpp"
#include "generator/design.hpp"

namespace generator {

/// Everything `gen` writes, paths relative to the design's folder: rtl/ and model/ and blackbox/
/// (one module a file), files_sim.f, files_synth.f, lint.vlt, resolved.yaml, design.json,
/// regmap.json/.md/.h, constraints/ and handoff/ (files for other tools), manifest.json (last).
std::vector<base::OutFile> render(const Design& design);

/// SHA-256 of the resolved config's canonical YAML: the same for configs that mean the same, as for
/// a config and its resolved.yaml.
std::string config_hash(const Design& design);

}  // namespace generator
