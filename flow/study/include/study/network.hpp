// SPDX-License-Identifier: Apache-2.0
/// A whole network as what every row of a comparison is measured on.
#pragma once

#include <string>
#include <vector>

#include "network/session.hpp"
#include "study/study_file.hpp"
#include "study/work.hpp"

namespace study {

struct NetworkFiles {
    std::string model, data, labels;
    std::size_t chips = 1;             ///< seeds of a row whose array is not ideal
    bool requantize = false;           ///< as `net --requantize`
    std::vector<std::string> digital;  ///< layers in float32
};

struct NetworkTask {
    std::string heading, label, series;
    generator::Design design;
    bool fit_step = false;
    Engines engines;
    NetworkFiles files;
    std::string hash;  ///< SHA-256 of model, data and labels
};

/// Reads the model and all configs. `fit` may stand for adc.step alone. Throws base::Error with
/// everything that is wrong in any of them.
std::vector<NetworkTask> network_tasks(const Study& study, const NetworkFiles& files);

/// Accuracy on an ideal array, and, where the config's is not, mean and worst of the chips; area.
/// On the RTL a vector of each layer. Tasks and options have to live as long.
std::vector<Job> jobs_of(const std::vector<NetworkTask>& tasks, const MeasureOptions& options);

/// What is shown where nobody chooses.
std::vector<Column> network_columns(bool library);
/// Accuracy against area and against the ADCs' energy.
std::vector<Plot> network_plots();

}  // namespace study
