// SPDX-License-Identifier: Apache-2.0
/// All that is wrong, said at once.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace base {

/// What is wrong, gathered line by line and thrown as one Error.
class Findings {
  public:
    /// A complete line; the same one twice (of two rows with one cause) is said once.
    void add(std::string line) {
        if (std::ranges::find(lines_, line) == lines_.end()) lines_.push_back(std::move(line));
    }
    void add(const Diagnostic& d) { add(to_string(d)); }
    bool empty() const { return lines_.empty(); }
    /// All lines, none at the end.
    std::string text() const {
        std::string text;
        for (const std::string& line : lines_) text += (text.empty() ? "" : "\n") + line;
        return text;
    }
    /// Throws Error with all of them, if there are any.
    void finish() const {
        if (!empty()) throw Error(text());
    }

  private:
    std::vector<std::string> lines_;
};

/// An error that keeps what it was made of, for a caller who knows places that the loader does not.
class FindingsError : public Error {
  public:
    explicit FindingsError(const std::vector<Diagnostic>& findings)
        : Error(findings), findings_(findings) {}
    const std::vector<Diagnostic>& findings() const { return findings_; }

  private:
    std::vector<Diagnostic> findings_;
};

}  // namespace base
