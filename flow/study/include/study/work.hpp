// SPDX-License-Identifier: Apache-2.0
/// All rows of a comparison, several at a time, kept as they finish.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "study/measure.hpp"
#include "study/row.hpp"

namespace study {

/// One row to be made. What measures it (a layer's product, a network) is the caller's.
struct Job {
    Row row;          ///< heading, label, series
    std::string key;  ///< in the store
    int stages = 1;   ///< parts of the work
    std::function<void(const Stage& stage, Row& row)> measure;
};

struct WorkOptions {
    std::string store;          ///< folder of finished rows
    unsigned threads = 1;       ///< rows at work at once
    bool progress = false;      ///< a line on stderr
    std::string unit = "rows";  ///< what it counts
};

struct Outcome {
    std::vector<Row> rows = {};  ///< those that are done, in their order
    std::size_t wanted = 0;      ///< all of them
    bool interrupted = false;    ///< by a signal: the rest was left out
    std::string failure;  ///< of the first row that could not be measured; the rest was left out
    bool complete() const { return rows.size() == wanted; }
};

/// Looks every row up and measures the others. SIGINT, SIGTERM and SIGHUP end it between two parts
/// of the work, or with the external program that runs.
Outcome work(const std::vector<Job>& jobs, const WorkOptions& options);

}  // namespace study
