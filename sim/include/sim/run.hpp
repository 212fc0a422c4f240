// SPDX-License-Identifier: Apache-2.0
/// `cimrtl run`: a matrix product through the macro, on golden, on RTL, or on both and compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "sim/rtl.hpp"

namespace sim {

enum class Engine { golden, rtl, both };

/// `--stats` (docs/spec/contract.md), and the outputs.
struct RunResult {
    golden::Matrix outputs;  ///< (V, M)
    Engine engine = Engine::both;
    std::uint64_t vectors = 0, macs = 0;
    double wall_seconds = 0;
    std::uint64_t adc_clipped = 0, saturated_vectors = 0, conversions = 0;
    std::uint64_t inputs_clipped = 0, weights_clipped = 0;
    std::optional<std::uint64_t> outputs_clamped;   ///< by the output stage, if there is one
    std::uint64_t cycles = 0, adc_busy_cycles = 0;  ///< of the RTL
    std::uint64_t conventional_conversions = 0;     ///< for the same inputs; 0: no comparison
    double conversions_ratio() const {
        return static_cast<double>(conversions) / static_cast<double>(conventional_conversions);
    }
    /// golden::Result::statistics: numbers of the scheme by name; golden's, so for Engine::rtl only
    /// what the RTL shows: `steps_driven` where steps may be skipped.
    std::vector<std::pair<std::string, double>> statistics;
    /// 10·log10(Σ Y0² / Σ (Y − Y0)²), Y0 as of an ideal array: null if Y = Y0 or Y0 = 0.
    std::optional<double> csnr_db;
    /// Conversions in which the wire kept less than half of the column's sum.
    std::uint64_t lost_half = 0;
    std::string mismatch;  ///< report of the first difference; empty if there is none
};

/// `settings`: of all vectors; none: the defaults.
RunResult run_macro(const generator::Design& design, const golden::Operands& operands,
                    Engine engine, bool progress, const operands::Settings& settings = {});

/// The product from a job's answer: final vectors, outputs below M.
golden::Matrix assemble(const Job& job, const RtlAnswer& answer, const golden::Operands& operands);
/// One flag per vector: an addition of an output below M saturated.
std::vector<std::uint8_t> saturated_vectors(const Job& job, const RtlAnswer& answer,
                                            const golden::Operands& operands);

/// Vector, output, both values, the first differing conversion and the wave file. `rtl_options` and
/// `job`: of the run in which it was seen. The vector runs by itself, and, if it then agrees,
/// within the whole run again.
std::string explain_mismatch(const generator::Design& design, const golden::Operands& operands,
                             const golden::Matrix& expected, const golden::Matrix& found,
                             const RtlModel& model, const RtlOptions& rtl_options,
                             const JobOptions& job = {});

/// JSON text of the statistics. The scheme's own come last; where one of them has a twin `_plain`,
/// a
/// `_ratio` of the two follows that (null for a twin of 0). Where steps may be skipped, the
/// conversions that conventional would need and the ratio to them end it.
std::string stats_json(const RunResult& result);

}  // namespace sim
