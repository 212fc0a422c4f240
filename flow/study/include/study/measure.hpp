// SPDX-License-Identifier: Apache-2.0
/// One task on golden, on the RTL, through Yosys and on the netlist.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "study/row.hpp"
#include "study/task.hpp"
#include "synth/synth.hpp"

namespace study {

struct MeasureOptions {
    const synth::Library* library = nullptr;  ///< the user's; null: the tool's own
    std::filesystem::path folder;             ///< of synthesis reports, found again in it
    synth::Mapping mapping;
    bool power = false;  ///< the netlist's, on the task's layer; needs the user's library
};

/// Said at the beginning of each part of the work; throws to stop it.
using Stage = std::function<void(std::string_view what)>;

/// Parts that a task has, as `Stage` counts them.
int stages(const Task& task, const MeasureOptions& options);

/// Measures all that the task asks for. An engine that differs from golden is no exception: it
/// stands in Measurements. Throws base::Error when a tool is missing or fails. `row` gets config
/// and measurements.
void measure(const Task& wanted, const MeasureOptions& options, const Stage& stage, Row& row);

/// The design's adc.step; none where its scheme has no such key.
std::optional<generator::Rational> adc_step(const generator::Design& design);

/// Steps among which `fit` chooses: p/q with q from 1 to 4 (1 where the scheme's step is an
/// integer), from 1 to the smallest integer with which the ADC never clips. Descending.
std::vector<generator::Rational> step_candidates(const generator::Design& design);

}  // namespace study
