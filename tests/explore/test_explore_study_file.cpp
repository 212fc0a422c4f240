// SPDX-License-Identifier: Apache-2.0
/// What a study file says of a search: ranges, conditions, constraints, objectives; each mistake
/// with its place.
#include "explore/exploration.hpp"
#include "explore_bench.hpp"
#include "study/condition.hpp"

using namespace explore_bench;

namespace {

std::string complaint(const std::string& text) {
    try {
        study::load_study(text, "s.yaml");
    } catch (const Error& e) {
        return e.what();
    }
    return {};
}

std::vector<std::string> values(const std::string& range) {
    const auto s = study::load_study("groups: [{axes: {adc.step: " + range + "}}]\n", "s.yaml");
    std::vector<std::string> all;
    for (const study::Setting& v : s.families.at(0).axes.at(0).values) all.push_back(v.value);
    return all;
}

}  // namespace

TEST_CASE("Ranges are counted out exactly", "[study_file]") {
    CHECK(values("{from: 4, to: 8, step: 2}") == Words{"4", "6", "8"});
    CHECK(values("{from: 4, to: 9, step: 2}") == Words{"4", "6", "8"});
    CHECK(values("{from: 0, to: 0.3, step: 0.1}") == Words{"0", "0.1", "0.2", "0.3"});
    CHECK(values("{from: -1, to: 1, step: 0.5}") == Words{"-1", "-0.5", "0", "0.5", "1"});
    CHECK(values("{from: 16, to: 100, times: 2}") == Words{"16", "32", "64"});
    CHECK(values("{from: 5, to: 5, step: 1}") == Words{"5"});
    CHECK(values("{from: 1, to: 999999999, times: 999999999}") == Words{"1", "999999999"});
}

TEST_CASE("compare multiplies ranges out, too, and keeps to conditions", "[study_file]") {
    const auto s = study::load_study(
        "groups: [{axes: {adc.share: {from: 1, to: 8, times: 2}, array.rows: [2, 4]},\n"
        "          when: [adc.share <= array.rows, adc.share != 1]}]\n",
        "s.yaml");
    REQUIRE(s.rows.size() == 3);  // 2 on 2 and 4, 4 on 4
    CHECK(study::find_setting(s.rows[2].settings, "adc.share")->value == "4");
}

TEST_CASE("Axes stand under dotted keys, or in sections as in a config", "[study_file]") {
    const auto axes = [](const std::string& text) {
        std::string all;
        const auto s = study::load_study("groups: [{axes: " + text + "}]\n", "s.yaml");
        for (const study::Axis& axis : s.families.at(0).axes) {
            all += axis.path + ":";
            for (const study::Setting& v : axis.values) all += " " + v.value;
            all += "; ";
        }
        return all;
    };
    const std::string dotted =
        axes("{adc.bits: [4, 6], adc.step: {from: 1, to: 3, step: 1}, array.rows: [8]}");
    CHECK(dotted == "adc.bits: 4 6; adc.step: 1 2 3; array.rows: 8; ");
    CHECK(axes("{adc: {bits: [4, 6], step: {from: 1, to: 3, step: 1}}, array: {rows: [8]}}") ==
          dotted);
}

TEST_CASE("Conditions: numbers, fractions, words", "[study_file]") {
    const auto truth = [](const std::string& text) {
        const auto c = study::parse_condition(text);
        return study::holds(std::get<study::Condition>(c), [](const std::string& key) {
            if (key == "adc.step") return std::optional<std::string>("\"3/2\"");
            if (key == "scheme") return std::optional<std::string>("zebra");
            return std::optional<std::string>();
        });
    };
    CHECK(truth("adc.step > 1.4"));
    CHECK(truth("adc.step<=3/2"));
    CHECK_FALSE(truth("1.5 < adc.step"));
    CHECK(truth("scheme == zebra"));
    CHECK(truth("scheme != bfp"));
    CHECK_FALSE(truth("scheme < 3"));
}

TEST_CASE("A bad search: every finding with its place", "[study_file]") {
    const auto [text, expected] = GENERATE(table<std::string, Words>({
        {"groups: [{}]\nexplore: {}\n", {"s.yaml:2:10: error: explore.objectives: missing"}},
        {"groups: [{}]\nexplore: {objectives: [sqnr]}\n",
         {"s.yaml:2:23: error: explore.objectives: found a list; expected a map of columns"}},
        {"groups: [{}]\nexplore: {objectives: {snr: max, cycles: best}}\n",
         {"s.yaml:2:24: error: explore.objectives: found \"snr\"; expected one of sqnr",
          "s.yaml:2:42: error: explore.objectives.cycles: found \"best\" (a string); expected min "
          "or max"}},
        {"groups: [{}]\nexplore: {objectives: {sqnr: max}, constraints: [sqnr, sqnr >= x, 1 < 2, "
         "snr > 2, sqnr => 3, conversions_ratio < 2]}\n",
         {"s.yaml:2:54: error: explore.constraints: found the end; expected one of < <=",
          "s.yaml:2:56: error: explore.constraints: found \"sqnr >= x\"; expected a column and a "
          "number",
          "found \"1 < 2\"; expected a column and a number", "found \"snr\"; expected one of",
          "found \"=> 3\"; expected one of < <=", "depends on a table's first row"}},
        {"groups: [{}]\nexplore: {objectives: {sqnr: max}, method: best}\n",
         {"s.yaml:2:44: error: explore.method: found \"best\" (a string); expected grid, random"}},
        {"groups: [{}]\nexplore: {objectives: {sqnr: max}, method: nsga2, population: 2}\n",
         {"s.yaml:2:44: error: explore.runs: missing beside method nsga2",
          "s.yaml:2:63: error: explore.population: found 2; expected 4 or more"}},
        {"groups: [{}]\nexplore: {objectives: {sqnr: max}, method: nsga2, runs: 5, population: 6}\n",
         {"s.yaml:2:72: error: explore.population: found 6; expected at most runs = 5"}},
        {"groups: [{axes: {a.b: {from: 1, to: 2}}}]\n",
         {"s.yaml:1:23: error: groups.axes.a.b: found a range; expected step or times"}},
        {"groups: [{axes: {a.b: {from: 3, to: 2, step: 1}}}]\n", {"found from above to"}},
        {"groups: [{axes: {a.b: {from: 3, to: x, step: 1e3}}}]\n",
         {"s.yaml:1:37: error: groups.axes.a.b.to: found \"x\"",
          "s.yaml:1:46: error: groups.axes.a.b.step: found"}},
        {"groups: [{axes: {a.b: {from: 0, to: 9, times: 2}}}]\n", {"found from below 1"}},
        {"groups: [{axes: {a.b: {from: 0, to: 9, step: 0}}}]\n", {"a step that is not positive"}},
        {"groups: [{axes: {a.b: {from: 0, to: 99999, step: 1}}}]\n", {"more than 10000 values"}},
        {"groups: [{axes: {a.b: [1, auto]}, when: [a.b < 3, c.d == 1, a.b <]}]\n",
         {"s.yaml:1:66: error: groups.when: found the end; expected a name or a number"}},
        {"groups: [{axes: {a.b: [1, auto]}, when: [a.b < 3, c.d == 1]}]\n",
         {"s.yaml:1:42: error: when: found a.b = auto in \"a.b < 3\"; expected numbers",
          "s.yaml:1:51: error: when: found \"c.d\" in \"c.d == 1\"; expected a number or a key"}},
        {"groups: [{axes: {adc: {}}}]\n",
         {"s.yaml:1:18: error: groups.axes.adc: found an empty map; expected config keys"}},
        {"groups: [{axes: {adc: {bits: 3, step: {from: 1, to: 2}}}}]\n",
         {"s.yaml:1:30: error: groups.axes.adc.bits: found 3 (an integer); expected a list",
          "s.yaml:1:39: error: groups.axes.adc.step: found a range; expected step or times"}},
        {"groups: [{axes: {adc: [1, 2]}}]\n",
         {"s.yaml:1:18: error: groups.axes.adc: found a section; expected one of its keys: bits"}},
        {"groups: [{axes: {adc: {bits: [1]}}, rows: [{axes: {adc.bits: [2]}}]}]\n",
         {"s.yaml:1:52: error: groups.axes.adc.bits: found a second time, after line 1"}},
        {"groups: [{}]\ndata: {weights: w, inputs: x}\n"
         "network: {model: m, data: d, labels: l}\n",
         {"s.yaml:3:10: error: network: found a network beside data; expected one of them"}},
    }));
    const std::string said = complaint(text);
    INFO(text << "\n" << said);
    for (const std::string& part : expected) CHECK_THAT(said, Contains(part));
}

TEST_CASE("An axis that is no config key is said once, whatever its values", "[study_file]") {
    const std::string text =
        "groups:\n"
        "- axes: {adc.bts: {from: 1, to: 4, step: 1}, array: {row: [4, 8, 16]}}\n"
        "  rows: [{label: a}, {label: b}]\n";
    const std::string said = complaint(text);
    INFO(said);
    CHECK_THAT(said,
               StartsWith("s.yaml:2:10: error: groups.axes.adc.bts: found an unknown key; "
                          "expected one of bits, step") &&
                   Contains("(did you mean adc.bits?)\n"
                            "s.yaml:2:54: error: groups.axes.array.row: found an unknown key"));
    CHECK_THAT(said, Contains("(did you mean array.rows?)"));
    CHECK(std::ranges::count(said, '\n') == 1);
}

TEST_CASE("The searches that are shipped can be made", "[study_file]") {
    std::size_t found = 0;
    const auto folder = fs::path(CIMRTL_SOURCE_DIR) / "flow/studies/explore";
    for (const auto& entry : fs::directory_iterator(folder)) {
        INFO(entry.path());
        auto s = study::load_study_file(entry.path().string(), study::Multiply::no);
        // Where it names no data, the command line gives a network.
        if (s.data.empty() && !s.network) s.network.emplace();
        CHECK_NOTHROW(explore::check(s, entry.path().string()));
        CHECK(explore::Space(s, {}).size() > 50);
        ++found;
    }
    CHECK(found >= 2);
}
