// SPDX-License-Identifier: Apache-2.0
/// A matrix product as operations on the macro's ports: weight tiles into banks, input tiles,
/// reloads, chained sets (docs/spec/contract.md, "Vocabulary" and "Accumulation").
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "operands/settings.hpp"

namespace sim {

/// What one vector that leaves the macro is.
struct JobVector {
    std::size_t vector = 0;  ///< row of the inputs
    std::size_t block = 0;   ///< column block
    bool final = true;       ///< false: a chained set whose outputs start the next set
};

struct Job {
    std::string bytes;               ///< sim/harness/job_format.h
    std::vector<JobVector> vectors;  ///< in the order in which they leave
    std::uint64_t weights_clipped = 0;
};

struct JobOptions {
    bool read_back = false;         ///< also read back every register and weight word written
    bool fill_absent_rows = false;  ///< cells of rows past K are random instead of left alone
    /// Only this vector of this block; all if absent.
    const JobVector* only = nullptr;
    /// Settings of each vector; empty: the defaults for all. What changes is written while the
    /// vector before is in the macro: after its first tile if it has several, else right behind it.
    std::vector<operands::Settings> settings = {};
};

/// The whole product X·W. T tiles run on `banks` banks: resident if they fit, else reloaded for
/// each vector, or with `accumulator.chain` one set of banks at a time over all vectors.
Job make_job(const generator::Design& design, const golden::Operands& operands,
             const JobOptions& options = {});

/// Every register of the map, written with a random value; when all are, each is read back. No
/// vectors.
Job make_register_job(const generator::Design& design, std::mt19937_64& random);

}  // namespace sim
