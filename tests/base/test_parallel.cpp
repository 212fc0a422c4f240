// SPDX-License-Identifier: Apache-2.0
/// Work shared out over threads: every number once, the first failure comes back.
#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>
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

TEST_CASE(
    "work may share itself out again, and callers on several threads do not wait for others") {
    std::atomic<int> done = 0;
    const auto inner = [&](std::size_t) { ++done; };
    const auto outer = [&](std::size_t) { base::parallel_for(7, 3, inner); };
    const auto caller = [&] {
        for (int n = 0; n < 200; ++n) base::parallel_for(5, 4, outer);
    };
    {
        const std::jthread other(caller);
        caller();
    }
    CHECK(done == 2 * 200 * 5 * 7);
}

TEST_CASE("a failure leaves the threads ready for the next work") {
    for (int n = 0; n < 100; ++n) {
        CHECK_THROWS(base::parallel_for(8, 4, [](std::size_t) { throw std::runtime_error("x"); }));
        std::atomic<int> done = 0;
        base::parallel_for(8, 4, [&](std::size_t) { ++done; });
        CHECK(done == 8);
    }
}
