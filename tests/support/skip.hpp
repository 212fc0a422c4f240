// SPDX-License-Identifier: Apache-2.0
/// What cannot be tried on this machine. The test program then ends with ctest's code for skipped
/// tests (77, set in room_test), unless something failed: it does not count as passed.
#pragma once

#include <atomic>
#include <catch2/catch.hpp>
#include <string>

#include "base/process.hpp"

namespace test_environment {

constexpr int skip_code = 77;

/// Cases of this run that were skipped.
inline std::atomic<int> skipped_cases{0};

/// Call it, then return from the case. A case that some machines always skip has a hidden tag of
/// its own ([.disk]), so that the others beside it are reported by themselves.
inline void skip(const std::string& why) {
    ++skipped_cases;
    WARN("skipped: " << why);
}

/// Skips the case if the program is missing.
inline bool have(const std::string& program) {
    if (base::find_program(program)) return true;
    skip(program + " is not installed");
    return false;
}

inline bool have_verilator() { return have("verilator"); }

}  // namespace test_environment
