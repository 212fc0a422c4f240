// SPDX-License-Identifier: Apache-2.0
/// Figures of timing as objective and as constraint, with a library with delays that
/// $CIMRTL_TEST_LIBERTY names (the project ships none): skipped without it.
#include "explore_bench.hpp"
#include "rtl_bench.hpp"

using namespace explore_bench;

TEST_CASE("The clock as an objective, a path as a constraint", "[timing]") {
    if (!have("yosys") || !have("sta")) return;
    const Desk desk;
    desk.put("s.yaml", timed_study("100"));
    const char* library = std::getenv("CIMRTL_TEST_LIBERTY");
    if (!library) return skip("CIMRTL_TEST_LIBERTY names no library with delays");
    Words timed = timed_words;
    timed.insert(timed.end(), {"--liberty", library, "--sta"});
    check_passed(desk.run(timed));
    for (const Json& p : points(desk)) {
        const Json& f = p.at("figures");
        CHECK(f.at("max_mhz").get<double>() == Approx(1000 / f.at("worst_ns").get<double>()));
        CHECK(p.at("state") == "measured");
    }
    // What no path meets breaks the constraint, and nothing is on the front.
    desk.put("s.yaml", timed_study("0.01"));
    check_passed(desk.run(timed));
    for (const Json& p : points(desk)) {
        CHECK(p.at("state") == "constraint");
        CHECK(p.at("front") == false);
    }
}
