/// The tensors of one `run`, read and checked against the config (contract, "Tensors").
#pragma once

#include <optional>
#include <string>

#include "cimrtl/config.hpp"
#include "golden/golden.hpp"

namespace cosim {

struct OperandFiles {
    std::string inputs;               ///< (V, K)
    std::string weights;              ///< (K, M)
    std::optional<std::string> bias;  ///< (M,)
};

/// Reads all tensors; Error names file, index and value of what does not fit: ranks, shapes, values
/// outside the scheme's range, a bias outside the accumulator, more than max_tiles tiles, a bias
/// given or missing against `accumulator.bias`. `accumulator_bits`: resolved.
golden::Operands read_operands(const cimrtl::Config& config, int accumulator_bits,
                               const OperandFiles& files);

/// The golden model's view of a config: raw values, `auto` stays absent.
golden::Spec to_spec(const cimrtl::Config& config);

}  // namespace cosim
