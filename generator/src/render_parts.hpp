// SPDX-License-Identifier: Apache-2.0
/// The parts of `render()`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/output_tree.hpp"
#include "generator/design.hpp"
#include "generator/load.hpp"
#include "generator/template.hpp"

namespace generator {

/// Names and numbers of the design, for all templates.
TemplateValues template_values(const Design& design);

/// Aligns the columns of ports (direction, width, name) and of a package's numbers (type, name,
/// value), each group of declarations for itself. Breaks comments and declarations of signals that
/// are longer than 100 columns.
std::string align_declarations(const std::string& text);

/// Who wrote a file and of which config, in two lines that begin with `mark` (`//`, `#`).
std::string banner(const Design& design, std::string_view mark);

/// The keys that may be `auto`, with what they are resolved to.
std::vector<Override> resolved_keys(const Design& d);

/// The config with every `auto` resolved, and the derived widths as comments.
std::string resolved_yaml(const Design& design);

/// Every derived number, for programs.
std::string design_json(const Design& design);

/// regmap.json, regmap.md, regmap.h: the registers behind the configuration port; bringup.h with
/// `test.observe`.
std::vector<base::OutFile> register_map(const Design& design);

/// The two identification words: "CIM1" and the first 32 bits of the config hash.
std::vector<std::uint32_t> identification(const Design& design);

}  // namespace generator
