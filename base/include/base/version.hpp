// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace base {

/// Version of the tool, for example "0.1.0".
std::string_view version();

/// Hash of the running program's file: the version alone would not tell two builds apart.
const std::string& program_hash();

}  // namespace base
