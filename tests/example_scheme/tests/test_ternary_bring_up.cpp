// SPDX-License-Identifier: Apache-2.0
/// `cimrtl characterize` with the example scheme: what its rows are driven with and its cells hold,
/// levels to the end of the rows, columns as adc.step says. Built on the sources of the tool, which
/// know nothing of the scheme.
#include <catch2/catch.hpp>

#include "bringup/stimulus.hpp"
#include "environment.hpp"
#include "generator/load.hpp"

TEST_CASE("ternary: a bring-up drives what its cells say without a word of the scheme") {
    const auto design =
        generator::load_design(test_environment::slurp(std::string(CIMRTL_EXAMPLE) +
                                                       "/generator/configs/ternary_64x16.yaml") +
                                   "test: {observe: true}\n",
                               "t.yaml", {}, bringup::check_design);
    const auto s = bringup::make_stimulus(design, {});
    REQUIRE(s.runs.size() == 1);
    CHECK(s.values.front() == 1);
    CHECK(s.values.back() == 64);  // the rows end before the codes do
    CHECK(s.columns.size() == 32);
    for (const auto& column : s.columns) CHECK((column.slope == 1 && column.centre == 0));
    for (const std::uint8_t cell : s.runs[0].cells) CHECK(cell == 1);
    for (const auto& pattern : s.runs[0].patterns) CHECK(pattern.drive == 1);
}
