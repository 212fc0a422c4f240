/// Offsets of ADCs, found as a chip's test would find them. Source: docs/spec/analog.md, "Digital
/// offset correction".
#pragma once

#include <cstdint>
#include <vector>

#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "operands/settings.hpp"

namespace operands {

/// Error of codes, in ADC steps: delivered less ideal.
struct CodeError {
    double mean = 0;
    double spread = 0;  ///< standard deviation
};

struct Calibration {
    std::vector<std::int64_t> correction;  ///< C (ADCs,)
    CodeError before, after;               ///< over the conversions that were used
};

/// Tiles and outputs of the stimulus: one tile for each bank, but few, and the macro's outputs.
struct StimulusSize {
    std::size_t tiles = 0, outputs = 0;
};
StimulusSize stimulus_size(const generator::Design& design);

/// C by conversions of the simulated macro alone: seeded random vectors and weights, as dense as
/// keeps the ideal codes off the ends of the range, for each ADC
/// the mean of delivered minus ideal code over those whose ideal code is not at an end of the
/// range, rounded half up and clamped to adc.correction_bits. `given`: the measured chip and the
/// scheme's own tensors for this size; scales, biases and thresholds that are missing are made up,
/// since no code depends on them. Error if there are no correction bits, or no conversion of an ADC
/// counts.
Calibration calibrate(const generator::Design& design, const golden::Operands& given,
                      const StimulusSize& size, const Settings& settings = {});

}  // namespace operands
