// SPDX-License-Identifier: Apache-2.0
/// Single steps of the array through the registers of `test.observe`, as a host does them
/// (docs/reference/registers.md, "Single steps").
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "sim/job.hpp"
#include "sim/rtl.hpp"

namespace sim {

/// What one step drives.
struct DrivenRows {
    std::vector<bool> rows;  ///< (N,): enabled
    std::int64_t drive = 0;  ///< of each of them, as at the array port
};

/// Steps on one bank with the same cells.
struct StepRun {
    std::size_t bank = 0;
    std::vector<std::uint8_t> cells;     ///< (N, columns), as at the weight port
    std::vector<std::uint32_t> columns;  ///< column_quant: {trim, c0, alpha} each; else empty
    /// column_quant with `range_bits`: every trim of the bank, the one in `columns`. A vector of
    /// zeros is then sent through the bank, with which these trims come to stand at the array port;
    /// single steps leave them there.
    std::optional<std::int64_t> trim;
    std::vector<DrivenRows> patterns;
};

/// A host's sequence: identification and a status of 0 expected; the time-out set; of each run the
/// cells through the weight port, then each pattern's rows and `samples` steps, all codes read; at
/// last the flags and the status. `chip`: measured numbers of the array; those not given are the
/// config's. The design has `test.observe`.
Job make_step_job(const generator::Design& design, const golden::Operands& chip,
                  const std::vector<StepRun>& runs, std::uint32_t samples);

struct StepCodes {
    /// Uncorrected, (patterns of all runs, samples, columns).
    std::vector<std::int64_t> codes;
    std::vector<std::uint64_t> flags;  ///< `adc_flags`, one an ADC
    std::uint64_t status = 0;
    double seconds = 0;  ///< of the simulation
};

/// Runs such a job. Throws base::Error if the simulation fails, the macro is another, an array rule
/// is broken, or a step is refused.
StepCodes run_steps(const generator::Design& design, const RtlModel& model, const Job& job,
                    const RtlOptions& options = {});

}  // namespace sim
