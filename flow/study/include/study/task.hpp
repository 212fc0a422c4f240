// SPDX-License-Identifier: Apache-2.0
/// What is to be measured: a config on a layer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/findings.hpp"
#include "generator/design.hpp"
#include "golden/operands.hpp"
#include "quantize/quantize.hpp"
#include "study/layer.hpp"

namespace study {

/// A config key and its value, which is YAML text or the word `fit`; where it was said (line 0: on
/// the command line).
struct Setting {
    std::string path, value;
    int line = 0, column = 0;
    std::string word = {};  ///< of the command line, if it stands in one: CONFIG,key.path=value
};

/// Beside the golden model.
struct Engines {
    bool rtl = true, synth = true, netlist = true;
};

/// How float tensors become a row's integers.
struct Quantization {
    quantize::QuantizeOptions options;
    bool integers = false;    ///< integer tensors, too, are taken as real numbers
    std::vector<Setting> as;  ///< keys that differ while quantizing: bfp's mantissa
};

/// A row before its data and its config are joined.
struct RowSpec {
    std::string file;  ///< that says so, for messages: a study file; empty: the command line
    int line = 1, column = 1;
    std::string heading = {}, label = {},
                series = {};             ///< {key.path} stands for that setting's value
    std::string config = {};             ///< path of a config; empty: the settings are all of it
    std::vector<Setting> settings = {};  ///< a later one counts
    Quantization quantization = {};
    Engines engines = {};
};

struct Task {
    std::string heading, label, series;
    generator::Design design;
    bool fit_step = false;  ///< adc.step: the one of highest SQNR on the layer
    generator::Config quantize_config;
    Quantization quantization;
    Engines engines;
    std::shared_ptr<const Layer> layer;

    /// Integers come from the quantize room, not as they are.
    bool quantizes() const { return !layer->integer || quantization.integers; }
};

/// Joins both. Every finding of the config goes into `findings`, at the setting that caused it;
/// then there is no task. `fit` values are what the data asks for: input.signed and
/// accumulator.bias true if some input is negative; array.banks and accumulator.max_tiles as many
/// as the layer has tiles, at least 16; adc.step is left to the measurement.
std::optional<Task> make_task(const RowSpec& spec, const std::shared_ptr<const Layer>& layer,
                              base::Findings& findings);

/// The integers of a row that does not quantize, as `run` reads them; throws as
/// operands::read_operands. A bias that the config takes and nobody gave is 0.
golden::Operands read_integers(const Task& task);

/// The value of the last setting of that path; null if there is none.
const Setting* find_setting(const std::vector<Setting>& settings, std::string_view path);

}  // namespace study
