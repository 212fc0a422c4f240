// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <fmt/format.h>

#include <utility>

namespace base {

namespace {

std::string join(const std::vector<Diagnostic>& findings) {
    std::string text;
    for (const Diagnostic& d : findings) {
        if (!text.empty()) text += '\n';
        text += to_string(d);
    }
    return text;
}

}  // namespace

std::string to_string(const Diagnostic& d) {
    if (d.line == 0) return fmt::format("-P {}: error: {}", d.path, d.message);
    const std::string separator = d.path.empty() ? "" : ": ";
    return fmt::format("{}:{}:{}: error: {}{}{}", d.file, d.line, d.column, d.path, separator,
                       d.message);
}

Error::Error(const std::vector<Diagnostic>& findings) : std::runtime_error(join(findings)) {}

KeyError::KeyError(std::string path, std::string message)
    : Error(fmt::format("error: {}: {}", path, message)),
      path_(std::move(path)),
      message_(std::move(message)) {}

}  // namespace base
