// SPDX-License-Identifier: Apache-2.0
/// Libraries as Yosys and abc take them.
#pragma once

#include <string>
#include <vector>

#include "liberty_syntax.hpp"

namespace synth {

/// One file, read and parsed.
struct LibertySource {
    std::string file, text;
    Syntax syntax;
};

/// One library of the same meaning, in the order of the files: values that need quotes have them,
/// flip-flops that store the inverse of their input are written as those that store it, power
/// tables are away. Throws base::Error if the files do not belong together: units or a table
/// template differ.
std::string mended_library(const std::vector<LibertySource>& sources);

}  // namespace synth
