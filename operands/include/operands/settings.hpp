// SPDX-License-Identifier: Apache-2.0
/// Settings of a run (Scheme::settings: the mantissa of bfp), alike for all vectors or one set a
/// vector: the registers behind them may change while vectors stream.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"

namespace operands {

/// One value for each of the scheme's settings, in their order; none: the defaults. They stand
/// beside a config, which they do not change.
using Settings = std::vector<std::int64_t>;

/// Random settings for each vector; `change`: not the same for all. Empty for a scheme without.
std::vector<Settings> draw_settings(const generator::Design& design, std::size_t vectors,
                                    bool change, std::mt19937_64& random);

/// What counts if no settings are given: the values after reset.
Settings default_settings(const generator::Design& design);

/// Sets one of them by its name (empty ones: from the defaults). Throws base::Error if the scheme
/// has no such setting or the value is outside its range; `option` names it in the message:
/// "--mantissa".
void put_setting(const generator::Design& design, std::string_view option, std::string_view name,
                 std::string_view text, Settings& settings);

/// Driven steps of each vector in each set of banks, (sets, V), with a set of settings for each
/// vector (none at all: the defaults).
std::vector<std::uint64_t> count_steps(const generator::Design& design,
                                       const golden::Operands& operands,
                                       const std::vector<Settings>& by_vector);

/// The n that follow (golden/steps.hpp), from 0.
std::vector<std::uint64_t> first_steps(const generator::Design& design,
                                       const golden::Operands& operands,
                                       const std::vector<Settings>& by_vector);

/// golden::run_fast with a set of settings for each vector (none at all: the defaults).
golden::Result run_golden(const generator::Design& design, const golden::Operands& operands,
                          const std::vector<Settings>& by_vector);

/// "mantissa 3"; empty for a scheme without.
std::string settings_text(const generator::Design& design, const Settings& settings);

}  // namespace operands
