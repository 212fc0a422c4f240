// SPDX-License-Identifier: Apache-2.0
/// What all tests of the co-simulation use of their surroundings: files and environment variables.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace test_environment {

inline std::string slurp(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// An environment variable while the object lives.
class Variable {
  public:
    Variable(const char* name, const std::string& value) : name_(name) {
        const char* old = std::getenv(name);
        was_set_ = old != nullptr;
        old_ = was_set_ ? old : "";
        setenv(name, value.c_str(), 1);
    }
    ~Variable() {
        if (was_set_)
            setenv(name_, old_.c_str(), 1);
        else
            unsetenv(name_);
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::string old_;
    bool was_set_ = false;
};

}  // namespace test_environment
