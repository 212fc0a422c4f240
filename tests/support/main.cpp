// SPDX-License-Identifier: Apache-2.0
// The runner of all tests of co-simulation. Built simulations are kept below the build folder
// unless the environment says where: a second run is quick, and the user's own cache stays as it
// is.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>

#include "skip.hpp"

int main(int argc, char** argv) {
    constexpr int keep_what_is_set = 0;
    setenv("CIMRTL_CACHE", CIMRTL_TEST_CACHE, keep_what_is_set);
    const int failures = Catch::Session().run(argc, argv);
    if (failures == 0 && test_environment::skipped_cases > 0) return test_environment::skip_code;
    return failures;
}
