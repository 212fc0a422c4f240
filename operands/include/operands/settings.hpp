/// Settings of a run (Scheme::settings: the mantissa of bfp), alike for all vectors or one set a
/// vector: the registers behind them may change while vectors stream.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"

namespace operands {

/// One value for each of the scheme's settings, in their order.
using Settings = std::vector<std::int64_t>;

/// Random settings for each vector; `change`: not the same for all. Empty for a scheme without.
std::vector<Settings> draw_settings(const generator::Design& design, std::size_t vectors,
                                    bool change, std::mt19937_64& random);

/// The design whose config has these settings; empty ones leave it as it is.
generator::Design with_settings(const generator::Design& design, const Settings& settings);

/// golden::run_fast with a set of settings for each vector (all empty: the config's own).
golden::Result run_golden(const generator::Design& design, const golden::Operands& operands,
                          const std::vector<Settings>& by_vector);

/// "mantissa 3"; empty for a scheme without.
std::string settings_text(const generator::Design& design, const Settings& settings);

}  // namespace operands
