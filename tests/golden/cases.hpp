// SPDX-License-Identifier: Apache-2.0
/// Specs and operands for the tests of golden.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "golden/golden.hpp"

namespace golden_test {

using Rng = std::mt19937_64;

/// A scheme's own parameters, of a spec of that scheme.
template <class Spec>
auto& bfp_of(Spec& spec) {
    return spec.template as<golden::bfp::Parameters>();
}
template <class Spec>
auto& binsparx_of(Spec& spec) {
    return spec.template as<golden::binsparx::Parameters>();
}
template <class Spec>
auto& column_quant_of(Spec& spec) {
    return spec.template as<golden::column_quant::Parameters>();
}
template <class Spec>
auto& zebra_of(Spec& spec) {
    return spec.template as<golden::zebra::Parameters>();
}

/// Uniform in low … high.
std::int64_t draw(Rng& rng, std::int64_t low, std::int64_t high);

/// A matrix from its rows.
golden::Matrix matrix(const std::vector<std::vector<std::int64_t>>& rows);

/// All rows active at once, one output, unsigned inputs, everything else at its default.
golden::Spec conventional(int rows, int input_bits, int weight_bits);
/// `pattern`: option1, option2, option1_paired or window2.
golden::Spec zebra(int rows, const std::string& pattern);

/// `mantissa` is m_max and m.
golden::Spec bfp(int rows, int input_bits, int weight_bits, int mantissa, bool dynamic);
golden::Spec column_quant(int rows, int input_bits, int weight_bits, int adc_bits);
golden::Spec binsparx(int rows);

constexpr const char* scheme_names[] = {"bfp", "binsparx", "column_quant", "conventional", "zebra"};
/// Those whose every step is driven and whose code counts as it is.
constexpr const char* plane_schemes[] = {"conventional", "zebra"};

/// Random but small: rows to 70, groups, several tiles and blocks, rational steps, clipping ADCs,
/// narrow accumulators, starting values, every option of the scheme. Without a name: any scheme.
golden::Spec random_spec(Rng& rng, const std::string& scheme);
golden::Spec random_spec(Rng& rng);
/// Random operands for a spec, all tensors that it takes; some are extreme, some sparse, the last
/// tile often partial.
golden::Operands random_operands(Rng& rng, const golden::Spec& spec);
/// The same for V, K, M and a style: 0 greatest values, 1 least, 2 sparse, else uniform.
golden::Operands random_operands(Rng& rng, const golden::Spec& spec, std::size_t vectors,
                                 std::size_t features, std::size_t outputs, std::int64_t style);

/// X·W of any two matrices, exact.
golden::Matrix product(const golden::Matrix& x, const golden::Matrix& w);

/// Every parameter of the spec, for a report of failure.
std::string describe(const golden::Spec& spec, const golden::Operands& operands);

}  // namespace golden_test
