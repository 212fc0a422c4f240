// SPDX-License-Identifier: Apache-2.0
/// An error that keeps what it was made of, for a caller who knows places that the loader does not.
#pragma once

#include <vector>

#include "base/error.hpp"

namespace base {

class FindingsError : public Error {
  public:
    explicit FindingsError(const std::vector<Diagnostic>& findings)
        : Error(findings), findings_(findings) {}
    const std::vector<Diagnostic>& findings() const { return findings_; }

  private:
    std::vector<Diagnostic> findings_;
};

}  // namespace base
