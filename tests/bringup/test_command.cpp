// SPDX-License-Identifier: Apache-2.0
// Rationale: the command as its user meets it: the files are there and agree with one another, the
// same call gives the same bytes, another chip other figures, a measured chip its own; and each
// error says what to write. Figures themselves are tested in test_chips.
#include <nlohmann/json.hpp>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

const std::string config =
    "name: tiny\nscheme: conventional\narray: {rows: 20, outputs: 2, banks: 2}\n"
    "adc: {bits: 4, share: 2, latency: 1}\ninput: {bits: 2}\nweight: {bits: 2}\n"
    "test: {observe: true}\nanalog: {noise: 0.5, adc_offset: 1, adc_gain: 0.02}\n";

nlohmann::json figures(const Desk& desk, const std::string& folder) {
    return nlohmann::json::parse(slurp(desk.path() / folder / "characterize.json"));
}

std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("characterize: files, the same each time, and of the chip that is asked for",
          "[command]") {
    if (!have_verilator()) return;
    const Desk desk;
    desk.put("tiny.yaml", config);
    const auto first = desk.run({"characterize", "tiny.yaml", "-o", "one", "--samples", "32"});
    check_passed(first);
    CHECK_THAT(first.output, Contains("tiny: chip 1: ") && Contains("±"));
    const auto j = figures(desk, "one");
    REQUIRE(j["adcs"].size() == 2);
    CHECK(j["samples"] == 32);
    CHECK(j["steps"] == j["levels"].get<int>() * j["turns"].get<int>() * 32);
    const std::string adcs = slurp(desk.path() / "one" / "adcs.csv");
    CHECK(lines_of(adcs) == 3);
    CHECK_THAT(adcs, Contains(fmt::format("0,{},{:.6g},", j["adcs"][0]["flags"].get<int>(),
                                          j["adcs"][0]["offset"]["value"].get<double>())));
    std::size_t codes = 0;
    for (const auto& adc : j["adcs"]) codes += adc["codes"].size();
    CHECK(lines_of(slurp(desk.path() / "one" / "codes.csv")) == codes + 1);
    if (base::find_program("gnuplot")) {
        for (const char* plot : {"offset", "gain", "noise", "inl", "dnl"}) {
            CHECK_THAT(slurp(desk.path() / "one" / (std::string(plot) + ".svg")),
                       Contains("<svg") && Contains("</svg>"));
        }
    }

    check_passed(desk.run({"characterize", "tiny.yaml", "-o", "two", "--samples", "32"}));
    for (const char* file : {"adcs.csv", "levels.csv", "codes.csv", "characterize.json"})
        CHECK(slurp(desk.path() / "one" / file) == slurp(desk.path() / "two" / file));

    check_passed(desk.run(
        {"characterize", "-q", "tiny.yaml", "-o", "two", "--samples", "32", "--chip", "2"}));
    CHECK(figures(desk, "two")["chip"] == 2);
    CHECK(figures(desk, "two")["adcs"][0]["offset"] != j["adcs"][0]["offset"]);

    write_npy(desk.at("off.npy"), Tensor<std::int64_t>{{2}, {3 * 65536, -65536}});
    check_passed(desk.run({"characterize", "-q", "tiny.yaml", "-o", "two", "--samples", "32",
                           "--adc-offset", "off.npy"}));
    const auto measured = figures(desk, "two");
    for (const auto& [adc, offset] : {std::pair{0, 3.0}, std::pair{1, -1.0}}) {
        const auto& found = measured["adcs"][adc]["offset"];
        CHECK(std::abs(found["value"].get<double>() - offset) < 5 * found["error"].get<double>());
    }
}

TEST_CASE("characterize: errors say what to write", "[command]") {
    const Desk desk;
    desk.put("tiny.yaml", config);
    const auto failed = [&desk](const Words& words, int code, const Words& expected) {
        CAPTURE(words);
        const ProcessResult r = desk.run(words);
        CHECK(r.exit_code == code);
        for (const std::string& word : expected) CHECK_THAT(r.output, Contains(word));
    };
    failed({"characterize", "mini.yaml"}, 1,
           {"mini.yaml:1:1: error: test.observe: found false", "test: {observe: true}"});
    failed({"characterize", "tiny.yaml", "-P", "test.observe=false"}, 1,
           {"-P test.observe", "found false"});
    failed({"characterize", "tiny.yaml", "--bank", "2"}, 1, {"--bank: found 2; expected 0 to 1"});
    failed({"characterize", "tiny.yaml", "--samples", "1"}, 2, {"--samples"});
    failed({"characterize", "tiny.yaml", "--chip", "-1"}, 2, {"--chip"});
    desk.put_npy("three.npy", {3}, 1, 0);
    failed({"characterize", "tiny.yaml", "--adc-offset", "three.npy"}, 1, {"three.npy", "3"});
    // An output that cannot be is an error before any work: here there is no Verilator either.
    const Variable no_tools("PATH", "/nowhere");
    desk.put("plain", "a file");
    failed({"characterize", "tiny.yaml", "-o", "plain"}, 1, {"plain", "expected a folder"});
    failed({"characterize", "tiny.yaml", "-o", "new"}, 1, {"verilator"});
    CHECK_FALSE(fs::exists(desk.path() / "new"));
}
