// SPDX-License-Identifier: Apache-2.0
/// Work shared out over threads: every number once, the first failure comes back.
#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

#include "base/parallel.hpp"

TEST_CASE("each number is worked on once, on any number of threads") {
    const unsigned threads = GENERATE(0U, 1U, 3U, 64U);
    const std::size_t count = GENERATE(0U, 1U, 2U, 1000U);
    CAPTURE(threads, count);
    std::vector<std::atomic<int>> seen(count);
    base::parallel_for(count, threads, [&](std::size_t n) { ++seen.at(n); });
    for (const auto& times : seen) CHECK(times == 1);
}

TEST_CASE("a failure on any thread is passed on, and what has not begun is left out") {
    const unsigned threads = GENERATE(1U, 3U);
    std::atomic<int> done = 0;
    const auto work = [&](std::size_t n) {
        if (n == 5) throw std::runtime_error("five");
        ++done;
    };
    CHECK_THROWS_WITH(base::parallel_for(1000000, threads, work), "five");
    CHECK(done < 1000000 - 1);
}
