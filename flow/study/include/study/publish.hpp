// SPDX-License-Identifier: Apache-2.0
/// The report files of a folder are those of one command: the last that was done in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/files.hpp"

namespace study {

/// A file of a report: its name in the folder, and what is in it.
struct ReportFile {
    std::string name;
    std::string bytes;
};

/// Writes all of `files` into `folder`, which exists, and of `beside`, or none, and then removes
/// what an earlier report left in the folder. `reports.sha256` in the folder lists what was
/// written, as `sha256sum` does: a file that is not in it, or that has other bytes than it says, is
/// the user's and stays; of two of one name the new one counts. A run that is killed in between
/// leaves a list that names old and new files, and the next one removes what is left over. Throws
/// base::Error, naming the file.
void publish(const std::filesystem::path& folder, const std::vector<ReportFile>& files,
             std::vector<base::FileBytes> beside = {});

}  // namespace study
