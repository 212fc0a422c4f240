/// Specs and operands for the tests of golden.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "golden/golden.hpp"

namespace golden_test {

using Rng = std::mt19937_64;

/// Uniform in low … high.
std::int64_t draw(Rng& rng, std::int64_t low, std::int64_t high);

/// A matrix from its rows.
golden::Matrix matrix(const std::vector<std::vector<std::int64_t>>& rows);

/// All rows active at once, one output, unsigned inputs, everything else at its default.
golden::Spec conventional(int rows, int input_bits, int weight_bits);
/// `pattern`: option1, option2, option1_paired or window2.
golden::Spec zebra(int rows, const std::string& pattern);

/// Random but small: rows to 70, groups, several tiles and blocks, rational steps, clipping ADCs,
/// narrow accumulators, starting values.
golden::Spec random_spec(Rng& rng);
/// Random operands for a spec; some are extreme, some sparse, the last tile often partial.
golden::Operands random_operands(Rng& rng, const golden::Spec& spec);

/// X·W of any two matrices, exact.
golden::Matrix product(const golden::Matrix& x, const golden::Matrix& w);

/// Every parameter of the spec, for a report of failure.
std::string describe(const golden::Spec& spec, const golden::Operands& operands);

}  // namespace golden_test
