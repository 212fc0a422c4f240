// SPDX-License-Identifier: Apache-2.0
/// A file that a study file names: where it says so.
#pragma once

#include <string>
#include <vector>

#include "base/findings.hpp"

namespace study {

struct SaidFile {
    std::string key;   ///< of the study file, for example `data.weights`
    std::string path;  ///< from the working folder
    int line = 0, column = 0;
};

/// A finding in the study file for each of `said` that is not there, is a folder or may not be
/// read; none is opened.
void check_files(const std::vector<SaidFile>& said, const std::string& study,
                 base::Findings& findings);

}  // namespace study
