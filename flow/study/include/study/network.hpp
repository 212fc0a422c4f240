// SPDX-License-Identifier: Apache-2.0
/// A whole network as what every row of a comparison is measured on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/session.hpp"
#include "study/network_files.hpp"
#include "study/study_file.hpp"
#include "study/work.hpp"

namespace study {

struct NetworkTask {
    std::string heading, label, series;
    generator::Design design;
    bool fit_step = false;
    Engines engines;
    NetworkFiles files;
    std::string hash;  ///< SHA-256 of model, data and labels
};

/// What all rows of a network share: checked once.
struct NetworkCase {
    NetworkFiles files;
    std::string hash;  ///< SHA-256 of model, data and labels
};
/// Reads model, data and labels. Throws base::Error for what is wrong in them.
NetworkCase read_case(const NetworkFiles& files);
/// A row on it; every finding of the config goes into `findings`, then there is no task.
std::optional<NetworkTask> network_task(const RowSpec& spec, const NetworkCase& on,
                                        base::Findings& findings);

/// Reads the model and all configs. `fit` may stand for adc.step alone. Throws base::Error with
/// everything that is wrong in any of them.
std::vector<NetworkTask> network_tasks(const Study& study, const NetworkFiles& files);

/// Accuracy on an ideal array, and, where the config's is not, mean and worst of the chips; area.
/// On the RTL a vector of each layer. Tasks and options have to live as long.
std::vector<Job> jobs_of(const std::vector<NetworkTask>& tasks, const MeasureOptions& options);

/// The RTL alone, a vector of each layer of the first image. Both have to live as long.
Job rtl_job(const NetworkTask& task, const MeasureOptions& options);

/// What is shown where nobody chooses.
std::vector<Column> network_columns(bool library);
/// Accuracy against area and against the ADCs' energy.
std::vector<Plot> network_plots();

}  // namespace study
