// SPDX-License-Identifier: Apache-2.0
/// What is wrong with an input, where, and what would be right.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace base {

/// One finding. Printed as `file:line:col: error: key.path: message`; without a position (a command
/// line override) as `-P key.path: error: message`. Lines and columns count from 1.
struct Diagnostic {
    std::string file;
    int line = 0;  ///< 0: no position
    int column = 0;
    std::string path;     ///< key path, for example `adc.share`
    std::string message;  ///< what was found and what would be right
};

std::string to_string(const Diagnostic& d);

/// Bad input or work that failed: the command ends with exit code 1 and prints every line of it.
class Error : public std::runtime_error {
  public:
    explicit Error(const std::string& message) : std::runtime_error(message) {}
    /// Joins all findings, one a line.
    explicit Error(const std::vector<Diagnostic>& findings);
};

/// A derived number that breaks a limit. `path`: the key or section that decides. load_design()
/// gives it its place; by itself it reads `error: path: message`.
class KeyError : public Error {
  public:
    KeyError(std::string path, std::string message);
    const std::string& path() const { return path_; }
    const std::string& message() const { return message_; }

  private:
    std::string path_;
    std::string message_;
};

}  // namespace base
