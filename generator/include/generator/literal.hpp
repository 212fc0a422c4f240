// SPDX-License-Identifier: Apache-2.0
/// SystemVerilog literals.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace generator {

/// Entries of `bits` each as one hexadecimal literal, entry 0 in the lowest bits.
std::string table_literal(const std::vector<std::uint32_t>& entries, int bits);

}  // namespace generator
