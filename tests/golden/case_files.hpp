// SPDX-License-Identifier: Apache-2.0
/// Reads a reference case: config, tensors, expected output.
#pragma once

#include <filesystem>

#include "golden/golden.hpp"

namespace golden_test {

/// An integer .npy file in C order, little endian; all dimensions but the last become rows.
golden::Matrix read_npy(const std::filesystem::path& path);

struct Case {
    golden::Spec spec;
    golden::Operands operands;
    golden::Matrix expected;
};

/// Throws for an option in `args` that golden does not know.
Case read_case(const std::filesystem::path& folder);

}  // namespace golden_test
