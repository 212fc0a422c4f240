// SPDX-License-Identifier: Apache-2.0
/// Options for what schemes take besides inputs and weights: tensors (`--bias B.npy`) and settings
/// (`--mantissa m`), of all schemes.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "generator/design.hpp"
#include "operands/output_numbers.hpp"
#include "operands/settings.hpp"

namespace cli {

struct OperandOptions {
    std::map<std::string, std::optional<std::string>> operands;
    std::map<std::string, std::optional<std::string>> settings;
    operands::OutputNumberTexts output;

    /// Those of tensors and settings.
    void add_to(CLI::App& command);
    /// Those of the output stage's numbers.
    void add_output_to(CLI::App& command);
    /// Paths of the tensors that were given, by name.
    std::map<std::string, std::string> files() const;
    /// Throws base::Error for a setting that the scheme has not.
    operands::Settings settings_of(const generator::Design& design) const;
};

}  // namespace cli
