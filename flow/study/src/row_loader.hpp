// SPDX-License-Identifier: Apache-2.0
/// A row's settings as a config, findings at the places where they were written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "study/task.hpp"

namespace study {

constexpr std::string_view fit = "fit";

class Loader {
  public:
    Loader(const RowSpec& spec, base::Findings& findings) : spec_(spec), findings_(findings) {}

    /// The design with these settings, the last of each path; nothing with findings.
    std::optional<generator::Design> load(const std::vector<Setting>& settings);
    /// A finding of the row as a whole.
    void error(const std::string& message);
    void add(const std::string& line) { findings_.add(line); }

  private:
    base::Diagnostic placed(base::Diagnostic d, const std::vector<Setting>& settings) const;

    const RowSpec& spec_;
    base::Findings& findings_;
};

/// The row's settings. A row of a study file needs no name: rows of the same shape then differ in
/// their hardware alone.
std::vector<Setting> named(const RowSpec& spec);

/// Text with {key.path} replaced by the setting's value.
std::string filled(const std::string& text, const RowSpec& spec, Loader& loader);

}  // namespace study
