// SPDX-License-Identifier: Apache-2.0
/// One folder for `compare` and `explore`: its reports are those of the last command, whole; what
/// the user put there stays.
#include "explore_bench.hpp"
#include "study/publish.hpp"

using namespace explore_bench;

namespace {

/// Names beside rows/.
std::set<std::string> files_in(const Desk& desk, const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(desk.at(folder)))
        if (entry.is_regular_file()) names.insert(entry.path().filename().string());
    return names;
}

void publish(const Desk& desk, const std::vector<study::ReportFile>& files) {
    fs::create_directories(desk.at("out"));
    study::publish(desk.at("out"), files);
}

}  // namespace

TEST_CASE("compare and explore in one folder: the reports are those of the last", "[folder]") {
    const Desk desk;
    desk.put("s.yaml", small_study);
    const Words explore = {"explore", "s.yaml", "-o", "out"};
    desk.put("c.yaml", study_files::study_text("- {axes: {adc.bits: [1, 2]}}\n"));
    const Words other = {"compare", "--study", "c.yaml", "-o", "out", "--no-rtl", "--no-synth"};

    check_passed(desk.run(other));
    const auto of_compare = files_in(desk, "out");
    CHECK(of_compare.contains("report.html"));
    CHECK(of_compare.contains("plot1.svg") == find_program("gnuplot").has_value());
    const std::string page = slurp(desk.at("out/report.html"));
    std::ofstream(desk.at("out/notes.svg")) << "mine";

    check_passed(desk.run(explore));
    CHECK(files_in(desk, "out") == std::set<std::string>{"notes.svg", "report.csv", "report.html",
                                                         "report.json", "report.md",
                                                         "reports.sha256", "study.sha256"});
    const std::string front = slurp(desk.at("out/report.json"));

    check_passed(desk.run(other));
    auto expected = of_compare;
    expected.insert({"notes.svg", "study.sha256"});
    CHECK(files_in(desk, "out") == expected);
    CHECK(slurp(desk.at("out/report.html")) == page);

    // The search's rows are there still.
    check_passed(desk.run({"explore", "s.yaml", "-o", "out", "--resume"}));
    CHECK(slurp(desk.at("out/report.json")) == front);
}

TEST_CASE("A file that is not as a report left it is the user's", "[folder]") {
    const Desk desk;
    publish(desk, {{"a", "1"}, {"b", "1"}, {"c", "1"}, {"d", "1"}});
    std::ofstream(desk.at("out/b")) << "changed";
    fs::remove(desk.at("out/c"));
    fs::create_symlink("a", desk.at("out/c"));
    publish(desk, {{"a", "2"}});
    CHECK(files_in(desk, "out") == std::set<std::string>{"a", "b", "c", "reports.sha256"});
    CHECK(slurp(desk.at("out/b")) == "changed");
    CHECK(slurp(desk.at("out/c")) == "2");
    // Once let go, a file is not ours again when it has the old bytes.
    std::ofstream(desk.at("out/d")) << "1";
    publish(desk, {{"a", "3"}});
    CHECK(slurp(desk.at("out/d")) == "1");
}

TEST_CASE("A list with a path elsewhere removes nothing", "[folder]") {
    const Desk desk;
    publish(desk, {{"a", "1"}});
    desk.put("outside", "1");
    const std::string line = slurp(desk.at("out/reports.sha256"));
    desk.put("out/reports.sha256", line.substr(0, 66) + "../outside\nnonsense\n");
    publish(desk, {{"b", "2"}});
    CHECK(slurp(desk.at("outside")) == "1");
    CHECK(slurp(desk.at("out/a")) == "1");
}

TEST_CASE("Where a report cannot be written, the old one stands, and is ours still", "[folder]") {
    const Desk desk;
    publish(desk, {{"a", "1"}, {"b", "1"}});
    fs::create_directory(desk.at("out/c"));
    CHECK_THROWS_WITH(publish(desk, {{"a", "2"}, {"c", "2"}}), Contains("out/c: error"));
    CHECK(slurp(desk.at("out/a")) == "1");
    CHECK(slurp(desk.at("out/b")) == "1");
    publish(desk, {{"a", "3"}});
    CHECK(files_in(desk, "out") == std::set<std::string>{"a", "reports.sha256"});
}
