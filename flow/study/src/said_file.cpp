// SPDX-License-Identifier: Apache-2.0
#include "study/said_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace study {

void check_files(const std::vector<SaidFile>& said, const std::string& study,
                 base::Findings& findings) {
    for (const SaidFile& file : said) {
        const auto found = [&](const std::string& what) {
            findings.add({study, file.line, file.column, file.key,
                          fmt::format("found {} {}; expected a file that can be read (paths are "
                                      "relative to the study's folder)",
                                      what, file.path)});
        };
        std::error_code error;
        if (std::filesystem::is_directory(file.path, error)) {
            found("the folder");
        } else if (::access(file.path.c_str(), R_OK) != 0) {
            found(errno == ENOENT ? "no file" : std::string(std::strerror(errno)) + " for");
        }
    }
}

}  // namespace study
