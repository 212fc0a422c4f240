// SPDX-License-Identifier: Apache-2.0
/// All that is wrong with a command line, a study file and its configs, said at once.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace study {

class Findings {
  public:
    /// A complete line; the same one twice (of two rows with one cause) is said once.
    void add(std::string line) {
        if (std::ranges::find(lines_, line) == lines_.end()) lines_.push_back(std::move(line));
    }
    void add(const base::Diagnostic& d) { add(base::to_string(d)); }
    bool empty() const { return lines_.empty(); }
    /// Throws base::Error with all of them, if there are any.
    void finish() const {
        std::string text;
        for (const std::string& line : lines_) text += (text.empty() ? "" : "\n") + line;
        if (!text.empty()) throw base::Error(text);
    }

  private:
    std::vector<std::string> lines_;
};

}  // namespace study
