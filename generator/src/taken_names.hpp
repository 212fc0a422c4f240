// SPDX-License-Identifier: Apache-2.0
/// Names that a design cannot have because its own files use them.
#pragma once

#include <string>

#include "generator/design.hpp"

namespace generator {

/// Why the design's name cannot stand for its top module beside what is rendered, or nothing: a
/// port, net or instance would hide it (or a module, package or file whose name is made of it).
/// Found in the rendered files themselves, so that it follows them.
std::string taken_name_reason(const Design& design);

}  // namespace generator
