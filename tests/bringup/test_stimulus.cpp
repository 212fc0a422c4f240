// SPDX-License-Identifier: Apache-2.0
// Rationale: what is driven has to be what the ideal line says, in every scheme: golden's own
// transfer of the driven rows and cells, by an ideal chip, is the rounded line (that runs on RTL in
// test_chips). Here the shape: levels reach from end to end of the codes or as far as the rows do,
// every row serves in turn, and configs that cannot be characterized are named by key.
#include <catch2/catch.hpp>
#include <set>

#include "base/error.hpp"
#include "bringup/stimulus.hpp"
#include "generator/load.hpp"

using Catch::Matchers::Contains;

namespace {

generator::Design design(const std::string& text) {
    return generator::load_design(text, "c.yaml", {}, bringup::check_design);
}

const std::string conventional =
    "name: c\nscheme: conventional\narray: {rows: 32, outputs: 2, banks: 2}\n"
    "adc: {bits: 4, step: 5/4, share: 4}\ninput: {bits: 2}\nweight: {bits: 4}\n";

}  // namespace

TEST_CASE("levels reach beyond the greatest code, or as far as the rows", "[stimulus]") {
    const auto small = bringup::make_stimulus(design(conventional + "test: {observe: true}\n"), {});
    // Code 15 and two more, a step of 5/4: v up to 17 · 5/4.
    REQUIRE(small.values.size() == 22);
    CHECK(small.values.front() == 1);
    CHECK(small.values.back() == 22);
    CHECK(small.columns.front().slope == 0.8);
    const auto wide =
        bringup::make_stimulus(generator::load_design(conventional + "test: {observe: true}\n",
                                                      "c.yaml", {{"adc.bits", "8"}}),
                               {});
    CHECK(wide.values.back() == 32);
}

TEST_CASE("rows serve in turn", "[stimulus]") {
    const auto s = bringup::make_stimulus(design(conventional + "test: {observe: true}\n"), {});
    REQUIRE(s.runs.size() == 1);
    REQUIRE(s.runs[0].patterns.size() == s.patterns.size());
    std::vector<int> uses(32);
    for (std::size_t p = 0; p < s.patterns.size(); ++p) {
        const auto& rows = s.runs[0].patterns[p].rows;
        CHECK(std::count(rows.begin(), rows.end(), true) == s.values[s.patterns[p].level]);
        for (std::size_t r = 0; r < rows.size(); ++r) uses[r] += rows[r];
    }
    // 4 · (1 + … + 22) / 32 = 32 times, but in each quarter the first rows more often.
    const auto [least, most] = std::minmax_element(uses.begin(), uses.end());
    CHECK(*least >= 20);
    CHECK(*most <= 44);
}

TEST_CASE("zebra is driven on both sides of 0", "[stimulus]") {
    const auto s = bringup::make_stimulus(
        design("name: z\nscheme: zebra\narray: {rows: 32, outputs: 2, active_rows: 8}\n"
               "adc: {bits: 5}\ntest: {observe: true}\n"),
        {});
    CHECK(s.values.front() == -17);
    CHECK(s.values.back() == 17);
    CHECK(std::is_sorted(s.values.begin(), s.values.end()));
    CHECK(s.runs.size() == 2);
}

TEST_CASE("one trim for all columns, the top bits of their alpha", "[stimulus]") {
    const std::string text =
        "name: q\nscheme: column_quant\narray: {rows: 8, outputs: 3}\nadc: {bits: 4}\n"
        "input: {bits: 4}\nweight: {bits: 4}\ntest: {observe: true}\n"
        "column_quant: {alpha_frac: 13, range_bits: ";
    const auto s = bringup::make_stimulus(design(text + "3}\n"), {});
    REQUIRE(s.runs.size() == 1);
    // 20 codes over 8 rows: alpha 2.5 · 2^13 = 20480, of 16 bits the top three 2.
    CHECK(s.runs[0].trim == 2);
    for (const std::uint32_t word : s.runs[0].columns) CHECK(word >> 24 == 2);
    const auto without = bringup::make_stimulus(design(text + "0}\n"), {});
    CHECK_FALSE(without.runs[0].trim);
    for (const std::uint32_t word : without.runs[0].columns) CHECK(word >> 24 == 0);
}

TEST_CASE("what cannot be characterized", "[stimulus]") {
    const auto message = [](const std::string& text) -> std::string {
        try {
            design(text);
        } catch (const base::Error& e) {
            return e.what();
        }
        return "";
    };
    CHECK_THAT(message(conventional), Contains("c.yaml:1:1: error: test.observe: found false") &&
                                          Contains("test: {observe: true}"));
    CHECK_THAT(message(conventional + "test: {observe: false}\n"),
               Contains("c.yaml:7:17: error: test.observe: found false"));
    CHECK_THROWS_WITH(
        bringup::make_stimulus(design(conventional + "test: {observe: true}\n"), {.bank = 2}),
        Contains("--bank: found 2; expected 0 to 1"));
}
