// SPDX-License-Identifier: Apache-2.0
/// The C++ that drives a Verilated model (sim/harness), as it travels inside the program.
#pragma once

#include <span>

#include "base/resources.hpp"

namespace sim {

/// The table that the build makes; paths are relative to sim/harness.
std::span<const base::Resource> embedded_resources();

}  // namespace sim
