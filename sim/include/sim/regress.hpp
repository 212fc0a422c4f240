// SPDX-License-Identifier: Apache-2.0
/// `cimrtl sim`: a Verilator regression of one config, every result compared with golden.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/rtl.hpp"

namespace sim {

struct RegressOptions {
    std::size_t vectors = 32;  ///< random vectors per trial
    std::uint64_t seed = 1;
    bool progress = false;
};

struct RegressResult {
    std::size_t trials = 0;
    std::uint64_t vectors = 0, outputs = 0, conversions = 0;
    std::uint64_t cycles = 0;  ///< of the trial without stalls, resident weights
    std::uint64_t rate_limit =
        0;                ///< ... of the rate law; 0: a `stream` width is set, so none holds
    std::string failure;  ///< trial, seed and report; empty: all passed
};

/// Corner and random operands; back-to-back without stalls (with the rate law checked), stalls on
/// every handshake with random conversion times, several tiles, column blocks and bank reloads,
/// accesses on the other ports while tiles stream in, read-back of all weights and registers, reset
/// in the middle, ten seeds of undefined flip-flops.
RegressResult regress(const generator::Design& design, const RtlModel& model,
                      const RegressOptions& options);

}  // namespace sim
