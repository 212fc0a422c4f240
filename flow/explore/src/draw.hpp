// SPDX-License-Identifier: Apache-2.0
/// Random numbers that are the same with every standard library.
#pragma once

#include <cstdint>
#include <random>

namespace explore {

class Draw {
  public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}

    /// Evenly from 0 to n - 1.
    std::uint64_t below(std::uint64_t n) {
        const std::uint64_t limit = UINT64_MAX - UINT64_MAX % n;
        std::uint64_t value = engine_();
        while (value >= limit) value = engine_();
        return value % n;
    }
    /// True once in n.
    bool once_in(std::uint64_t n) { return below(n) == 0; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace explore
