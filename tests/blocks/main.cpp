// SPDX-License-Identifier: Apache-2.0
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdio>

#include "bench.hpp"

int main(int argc, char** argv) {
    std::printf("seed %llu (another one: CIMRTL_TEST_SEED=N)\n",
                static_cast<unsigned long long>(bench::seed()));
    return Catch::Session().run(argc, argv);
}
