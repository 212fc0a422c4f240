// SPDX-License-Identifier: Apache-2.0
/// Which instruction set the fast form uses.
///
/// The kernels are written once, on Google Highway, and compiled for each instruction set; the best
/// one that the processor has is found at run time.
#pragma once

#include <string>
#include <vector>

namespace golden::fast {

/// The instruction sets that this processor and this build have, the best one first.
std::vector<std::string> instruction_sets();

/// Is there one? If not, run_fast takes the reference form.
bool has_instruction_set();

/// The one in use.
std::string instruction_set();

/// Uses one of instruction_sets() in all that follows, or, for an empty name, the best again: for
/// tests and benchmarks. No product may be under way. Throws Error for any other name.
void force_instruction_set(const std::string& name);

}  // namespace golden::fast
