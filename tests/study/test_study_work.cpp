// SPDX-License-Identifier: Apache-2.0
/// Finished rows: kept, reused when nothing changed and only then, left by an interruption.
#include <csignal>

#include "study/work.hpp"
#include "study_bench.hpp"

using namespace study_bench;

namespace {

/// Writes another number of conversions into every kept row: who reads it reuses the row.
void mark_rows(const Desk& desk) {
    for (const auto& entry : fs::directory_iterator(desk.path() / "out/rows")) {
        Json j = Json::parse(slurp(entry.path()));
        j["measured"]["conversions"] = 4242;
        std::ofstream(entry.path()) << j.dump();
    }
}

}  // namespace

TEST_CASE("A second run reuses the row, until something that decides it changes", "[work]") {
    const Desk desk;
    const Words words = Words{"mini.yaml", "-o", "out"} + layer + quick;
    const auto conversions = [&](const Words& w) {
        return rows_of(desk, w).at(0).at("conversions");
    };
    const auto first = conversions(words);
    mark_rows(desk);
    CHECK(conversions(words) == 4242);
    SECTION("a config that means the same") {
        CHECK(conversions(words + Words{"-P", "adc.latency=1"}) == 4242);
    }
    SECTION("a key") { CHECK(conversions(words + Words{"-P", "adc.latency=2"}) == first); }
    SECTION("fewer vectors") { CHECK(conversions(words + Words{"--vectors", "2"}) != 4242); }
    SECTION("other weights") {
        desk.put_npy("w.npy", {6, 3}, 3, -1);
        CHECK(conversions(words) == first);
    }
    SECTION("how integers are taken") { CHECK(conversions(words + Words{"--quantize"}) == first); }
    SECTION("a damaged row is made again") {
        for (const auto& entry : fs::directory_iterator(desk.path() / "out/rows")) {
            std::ofstream(entry.path()) << "{\"config\": \"";
        }
        CHECK(conversions(words) == first);
    }
}

TEST_CASE("Without -o the cache keeps rows", "[work]") {
    const Desk desk;
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    rows_of(desk, Words{"mini.yaml"} + layer + quick);
    CHECK(desk.names("cache").size() == 2);  // rows/ and a row
}

TEST_CASE("Rows come out in their order, whatever the number of workers", "[work]") {
    const Desk desk;
    Words words;
    for (int bits = 1; bits <= 5; ++bits)
        words.push_back(fmt::format("mini.yaml,adc.bits={}", bits));
    const Words more = layer + quick;
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    const Json one = rows_of(desk, words + more + Words{"-j", "1"});
    fs::remove_all(desk.path() / "cache");
    CHECK(rows_of(desk, words + more + Words{"-j", "4"}) == one);
}

TEST_CASE("A row that fails ends the work; the others' results stay", "[work]") {
    const Desk desk;
    std::vector<study::Job> jobs(3);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        jobs[i].row.label = "row " + std::to_string(i);
        jobs[i].key = std::to_string(i);
        jobs[i].measure = [i](const study::Stage& stage, study::Row& row) {
            stage("work");
            if (i == 1) throw Error("no tool");
            row.measured.conversions = i;
        };
    }
    const auto outcome = study::work(jobs, {.store = desk.at("rows"), .threads = 1});
    CHECK(outcome.rows.size() == 1);
    CHECK(outcome.wanted == 3);
    CHECK_FALSE(outcome.interrupted);
    CHECK(outcome.failure == "row 1: no tool");
}

TEST_CASE("A signal after the first row: it stays, and the same command goes on", "[work]") {
    if (!find_program("verilator") || !find_program("bash")) return;
    const Desk desk;
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));  // the second row has to build
    desk.put("two.yaml", study_text("- {label: first, rtl: false, synth: false}\n"
                                    "- {label: second, synth: false}\n"));
    desk.put("interrupt.sh",
             "set -m\n"
             "\"$1\" compare --study two.yaml -j 1 -o out > table.md 2> said.txt &\n"
             "pid=$!\n"
             "until [ -n \"$(ls out/rows 2> /dev/null)\" ] || ! kill -0 $pid; do sleep 0.05; done\n"
             "kill -TERM $pid\n"
             "wait $pid\n");
    Command script{.argv = {"bash", "interrupt.sh", CIMRTL_TOOL}, .cwd = desk.path(), .log = {}};
    CHECK(run_process(script).exit_code == 128 + SIGTERM);
    CHECK_THAT(slurp(desk.at("said.txt")), Contains("interrupted: 1 of 2 rows done and kept"));
    CHECK_THAT(slurp(desk.at("table.md")), Contains("1 of 2 rows") && Contains("| first |"));
    CHECK(desk.names("out/rows").size() == 1);
    CHECK(!fs::exists(desk.at("out/report.json")));
    mark_rows(desk);
    const Json rows = rows_of(desk, {"--study", "two.yaml", "-o", "out"});
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).at("conversions") == 4242);
    CHECK(rows.at(1).at("golden_and_rtl") == "equal");
}
