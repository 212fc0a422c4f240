// SPDX-License-Identifier: Apache-2.0
/// Finished rows, found again by what decides them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "study/measure.hpp"
#include "study/row.hpp"
#include "study/task.hpp"

namespace study {

/// SHA-256 of all that a row's numbers depend on: the config, resolved, that it is measured and
/// quantized with, the tensors, what is asked for, the cell library, this program itself and the
/// versions of the tools that it calls.
std::string row_key(const Task& task, const MeasureOptions& options);

/// What of this program and of the tools that it calls a row depends on.
std::string tools_key(const Engines& engines);

class Store {
  public:
    /// Rows are files below `folder`, made with the first of them.
    explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Config and measurements into `row`; false if there is no such row, or an unreadable file.
    bool find(const std::string& key, Row& row) const;
    /// Written whole or not at all. A row whose engines differ is not kept.
    void keep(const std::string& key, const Row& row) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace study
