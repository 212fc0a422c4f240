/// Reads a reference case: config, tensors, expected output.
#pragma once

#include <filesystem>
#include <optional>

#include "golden/golden.hpp"

namespace golden_test {

/// An integer .npy file of one or two dimensions, C order, little endian; one dimension is a row.
golden::Matrix read_npy(const std::filesystem::path& path);

struct Case {
    golden::Spec spec;
    golden::Operands operands;
    golden::Matrix expected;
};

/// Nothing if the case's scheme is not one of golden's.
std::optional<Case> read_case(const std::filesystem::path& folder);

}  // namespace golden_test
