// SPDX-License-Identifier: Apache-2.0
/// The tensors of one `run`, read and checked against the config (docs/spec/contract.md,
/// "Tensors").
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/design.hpp"
#include "generator/scheme.hpp"
#include "golden/golden.hpp"
#include "operands/settings.hpp"

namespace operands {

struct OperandFiles {
    std::string inputs;   ///< (V, K)
    std::string weights;  ///< (K, M)
    std::map<std::string, std::string>
        further;  ///< by operand name; shapes: generator::OperandShape
};

/// Reads all tensors; Error names file, index and value of what does not fit: ranks, shapes, values
/// outside the scheme's range, a bias outside the accumulator, more than max_tiles tiles, an
/// operand that the config does not take, or needs and does not get.
golden::Operands read_operands(const generator::Design& design, const OperandFiles& files);

/// The tensors beside inputs and weights that are given, for T tiles and M outputs, with the same
/// errors; none that is missing is one.
golden::Operands read_given(const generator::Design& design, const OperandFiles& files,
                            std::size_t tiles, std::size_t outputs);

/// Where the golden model keeps an operand; null for a name that it does not know.
std::vector<std::int64_t>* find_operand(golden::Operands& operands, std::string_view name);
const std::vector<std::int64_t>* find_operand(const golden::Operands& operands,
                                              std::string_view name);
/// Extents of an operand's file, for T tiles and M outputs.
std::vector<std::size_t> operand_shape(const generator::Design& design,
                                       generator::OperandShape shape, std::size_t tiles,
                                       std::size_t outputs);

/// The golden model's view of a config: raw values, `auto` stays absent.
golden::Spec to_spec(const generator::Config& config, const Settings& settings = {});

}  // namespace operands
