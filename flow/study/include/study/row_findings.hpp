// SPDX-License-Identifier: Apache-2.0
/// What is wrong with the rows of a study.
#pragma once

#include <set>
#include <string>

#include "base/findings.hpp"
#include "study/task.hpp"

namespace study {

/// Axes make many rows of one line of a study file: what several of these say in the same words is
/// said once, at the first place. Configs of the command line speak for themselves.
class RowFindings {
  public:
    /// All that was found of one row, line by line.
    void add(const RowSpec& row, const std::string& lines);
    base::Findings& all() { return all_; }

  private:
    base::Findings all_;
    std::set<std::string> said_;
};

}  // namespace study
