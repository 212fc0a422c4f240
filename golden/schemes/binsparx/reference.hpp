// SPDX-License-Identifier: Apache-2.0
/// BinSparX: sparsified binary networks; an array of ones and zeros whose rows and columns are
/// inverted where that leaves fewer ones. Source: specification, binsparx.
#pragma once

#include <cstdint>

#include "golden/scheme.hpp"

namespace golden::binsparx {

/// Are a group's inputs, or its part of a column, inverted: `ones` of `n` bits?
inline bool flips_activations(std::int64_t ones, std::int64_t n) { return 2 * ones > n; }
inline bool flips_weights(std::int64_t ones, std::int64_t n) { return 2 * ones >= n; }

/// What the statistics are made of: [0] as driven and stored, [1] without sparsification.
struct BinaryCounts {
    /// Sum, number and greatest of counts.
    struct Average {
        std::uint64_t sum = 0, count = 0;
        std::int64_t max = 0;
        void add(std::int64_t value);
        double mean() const { return static_cast<double>(sum) / static_cast<double>(count); }
    };
    Average vector_ones[2];  ///< of each group of each vector
    Average column_ones[2];  ///< of each group of each output below M
    Average analog[2];       ///< v of each group, vector and output below M
};
Statistics binsparx_statistics(const BinaryCounts& counts);

}  // namespace golden::binsparx
