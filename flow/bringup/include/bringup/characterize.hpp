// SPDX-License-Identifier: Apache-2.0
/// `cimrtl characterize`: the procedure of docs/how-to/bring-up.md on the RTL with the simulated
/// array, through the registers alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/output_tree.hpp"
#include "bringup/figures.hpp"
#include "bringup/stimulus.hpp"
#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "sim/bring_up.hpp"

namespace bringup {

struct AdcReport {
    AdcFigures figures;
    std::uint64_t flags = 0;  ///< `adc_flags`: 1 timed out, 2 clipped, 4 early
    bool dead() const { return (flags & 1) != 0; }
};

struct Characterization {
    std::string name, scheme, config_hash;
    std::int64_t chip = 1;  ///< analog.seed
    StimulusOptions options;
    std::size_t levels = 0, turns = 0, share = 1;
    std::uint64_t steps = 0;
    CodeRange range;
    std::vector<AdcReport> adcs;
    double seconds = 0;  ///< of the simulation
};

/// The figures from the codes of a stimulus. Of a dead ADC none is measured.
std::vector<AdcReport> evaluate(const generator::Design& design, const Stimulus& stimulus,
                                const sim::StepCodes& steps, std::uint32_t samples);

/// Builds the RTL, runs the steps, evaluates. `chip`: measured numbers of the simulated array (the
/// rest is the config's `analog`); nothing but the array sees them. Errors as check_design(),
/// make_stimulus() and sim::run_steps().
Characterization characterize(const generator::Design& design, const golden::Operands& chip,
                              const StimulusOptions& options, bool progress);

/// adcs.csv, levels.csv, codes.csv, characterize.json; with gnuplot also SVGs of each figure; the
/// manifest.
std::vector<base::OutFile> files_of(const Characterization& c);
/// A line for each ADC, for people.
std::string table_of(const Characterization& c);

}  // namespace bringup
