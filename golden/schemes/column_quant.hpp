/// Column-wise weights and partial sums: each physical column is digitized with its own step and
/// scaled back by its own factor. Source: specification, column_quant.
#pragma once

#include <cstdint>
#include <memory>

#include "src/scheme.hpp"

namespace golden::detail {

/// numerator / 2^shift rounded to the nearest integer, ties to even.
std::int64_t round_half_even(std::int64_t numerator, int shift);

/// Throws Error for parameters out of the page's ranges, or an ADC width that is absent.
std::unique_ptr<Scheme> make_column_quant(const Spec& spec);

}  // namespace golden::detail
