// SPDX-License-Identifier: Apache-2.0
/// What a host drives to see the transfer of every ADC: known cells, so many of their rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "generator/design.hpp"
#include "generator/scheme_data.hpp"
#include "sim/bring_up.hpp"

namespace bringup {

struct StimulusOptions {
    std::size_t bank = 0;
    std::uint32_t samples = 64;  ///< conversions of each column for each pattern
};

/// One row pattern. A level is driven by `turns` patterns, each with other rows, so that
/// every cell of a column counts about the same.
struct Pattern {
    std::size_t level = 0;  ///< index of the level
    std::size_t turn = 0;   ///< 0 … turns − 1
};

struct Stimulus {
    std::size_t turns = 0;
    std::vector<std::int64_t> values;  ///< v of each level, ascending
    std::vector<Pattern> patterns;     ///< of all runs, in order
    std::vector<sim::StepRun> runs;
    using Column = generator::ProbeColumns::Transfer;
    std::vector<Column> columns;  ///< (columns,)
};

/// Levels reach from the least to the greatest code with a margin, as far as all rows reach; no
/// more than `most_levels` of them.
constexpr std::size_t most_levels = 256;
constexpr std::size_t most_turns = 4;

/// Throws base::KeyError with the key that is in the way: no `test.observe`.
void check_design(const generator::Design& design);
/// Of a design that passes check_design(). Throws base::Error for a bank that is not there.
Stimulus make_stimulus(const generator::Design& design, const StimulusOptions& options);

}  // namespace bringup
