// SPDX-License-Identifier: Apache-2.0
/// From a study, or a command line, to rows: every config on every layer.
#pragma once

#include <string>
#include <vector>

#include "study/study_file.hpp"
#include "study/task.hpp"
#include "study/work.hpp"

namespace study {

struct Rows {
    std::vector<Task> tasks;
    std::vector<std::string> layers;  ///< a sentence for each data set
};

/// Reads the data and all configs. Throws base::Error with everything that is wrong in any of them.
Rows rows_of(const Study& study);

/// The tasks as work; they and the options have to live as long.
std::vector<Job> jobs_of(const std::vector<Task>& tasks, const MeasureOptions& options);

/// Error against area, and against the ADCs' energy.
std::vector<Plot> default_plots(const std::vector<Row>& rows);

}  // namespace study
