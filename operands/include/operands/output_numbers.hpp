// SPDX-License-Identifier: Apache-2.0
/// The numbers of the output stage that a run gives beside its tensors: zero point and clamp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "generator/design.hpp"
#include "golden/output.hpp"

namespace operands {

/// As they stand on the command line; absent: the defaults.
struct OutputNumberTexts {
    std::optional<std::int64_t> zero_point;
    std::optional<std::string> clamp;  ///< "L,H"
};

/// Reads them; throws base::Error, all of what is wrong at once: a number for a config with
/// output.mode raw, a zero point outside output.bits + 1 bits, a clamp that is no pair L <= H
/// inside the output's type. Source: docs/spec/output.md.
golden::OutputNumbers read_output_numbers(const generator::Design& design,
                                          const OutputNumberTexts& texts);

}  // namespace operands
