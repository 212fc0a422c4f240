// SPDX-License-Identifier: Apache-2.0
#include "study/row_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace study {

void RowFindings::add(const RowSpec& row, const std::string& lines) {
    std::set<std::string> words;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        const std::size_t after_place = std::min(line.find(": error: "), line.size());
        const std::string said = row.file.empty() ? line
                                                  : fmt::format("{}:{} {}", row.line, row.column,
                                                                line.substr(after_place));
        if (!said_.contains(said)) all_.add(line);
        words.insert(said);
    }
    said_.merge(words);
}

}  // namespace study
