// SPDX-License-Identifier: Apache-2.0
/// `cimrtl explore`: a study's points measured, the front in every report, what was left out; the
/// same bytes whatever the number of workers, after an interruption, too.
#include <algorithm>
#include <cmath>

#include "bounds.hpp"
#include "explore_bench.hpp"
#include "generator/load.hpp"
#include "study/hardware.hpp"

using namespace explore_bench;

namespace {

ProcessResult explore_run(const Desk& desk, const Words& more) {
    Words words = {"explore", "s.yaml"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.run(words);
}

Json report(const Desk& desk, const Words& more = {}) {
    Words words = more;
    words.insert(words.end(), {"--json", "r.json"});
    const auto r = explore_run(desk, words);
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    return Json::parse(slurp(desk.at("r.json")));
}

std::string with(std::string text, const std::string& old, const std::string& now) {
    const auto at = text.find(old);
    REQUIRE(at != text.npos);
    return text.replace(at, old.size(), now);
}

}  // namespace

TEST_CASE("The front of a small study is that of its points", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study);
    const Json r = report(desk);
    CHECK(r.at("counts").at("points") == 12);
    CHECK(r.at("counts").at("outside_conditions") == 4);
    CHECK(r.at("counts").at("measured") == 8);
    std::size_t on_front = 0;
    for (const Json& p : r.at("points")) {
        const auto number = [](const Json& point, const char* name) {
            const Json& v = point.at("figures").at(name);
            return v.is_string() ? INFINITY : v.get<double>();
        };
        bool beaten = false;
        for (const Json& q : r.at("points")) {
            const double db[] = {number(p, "sqnr"), number(q, "sqnr")};
            const double cost[] = {number(p, "conversion_steps"), number(q, "conversion_steps")};
            beaten = beaten ||
                     (db[1] >= db[0] && cost[1] <= cost[0] && (db[1] > db[0] || cost[1] < cost[0]));
        }
        CHECK(p.at("front") == !beaten);
        on_front += p.at("front") == true;
    }
    CHECK(on_front >= 2);
    CHECK(on_front < 8);
}

TEST_CASE("The same bytes whatever -j, from kept rows, and with every report", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study);
    const Words names = {"report.md", "report.json", "report.csv", "report.html"};
    check_passed(explore_run(desk, {"-o", "a", "-j", "1"}));
    check_passed(explore_run(desk, {"-o", "b", "-j", "4"}));
    for (const std::string& name : names) {
        CHECK(!slurp(desk.at("a/" + name)).empty());
        CHECK(slurp(desk.at("a/" + name)) == slurp(desk.at("b/" + name)));
    }
    const std::string before = slurp(desk.at("a/report.json"));
    check_passed(explore_run(desk, {"-o", "a", "--resume"}));
    CHECK(slurp(desk.at("a/report.json")) == before);
    const std::string csv = slurp(desk.at("a/report.csv"));
    CHECK_THAT(csv, StartsWith("label,front,state,adc.bits,adc.step,sqnr,"));
    CHECK(std::ranges::count(csv, '\n') == 9);
}

TEST_CASE("--resume refuses a folder of another study, or of none", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study);
    check_failed(explore_run(desk, {"-o", "a", "--resume"}), {"found nothing begun there"});
    check_passed(explore_run(desk, {"-o", "a"}));
    check_failed(explore_run(desk, {"-o", "a", "--resume", "-P", "adc.latency=2"}),
                 {"found another study begun there"});
}

TEST_CASE("Points that check refuses are left out and counted with their reason", "[run]") {
    const Desk desk;
    desk.put("s.yaml", with(small_study, "when: [adc.step != 77777]", "netlist: false"));
    const auto r = explore_run(desk, {"--json", "r.json"});
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    CHECK_THAT(r.output, Contains("4 refused as configs") &&
                             Contains("- Refused, 4 times: s.yaml:") &&
                             Contains("adc.step: found"));
    CHECK(Json::parse(slurp(desk.at("r.json"))).at("counts").at("refused") == 4);
}

TEST_CASE("Where every point of a line is refused, all findings are errors", "[run]") {
    const Desk desk;
    desk.put("s.yaml", with(small_study, "[1, 2, 77777]", "[77777, 88888]"));
    check_failed(explore_run(desk, {}), {"s.yaml:10:92: error: adc.step: found 88888"});
    // A key of another scheme is wrong whatever its value.
    const std::string other = with(small_study, "when: [adc.step != 77777]", "set: {adc.step: 1}");
    desk.put("s.yaml", with(other, "adc.step: [1, 2, 77777]", "zebra.pattern: [option1, x]"));
    const auto r = explore_run(desk, {});
    const std::size_t first = r.output.find("zebra.pattern: found a key of scheme zebra");
    INFO(r.output);
    REQUIRE(first != r.output.npos);
    CHECK(r.output.find("zebra.pattern: found", first + 1) == r.output.npos);
    desk.put("s.yaml", with(small_study, "adc.step != 77777", "adc.step > 77777"));
    check_failed(explore_run(desk, {}),
                 {"s.yaml:11:11: error: when: found no point whose conditions hold"});
}

TEST_CASE("A search that cannot be is refused before any work", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study.substr(0, small_study.find("explore:")));
    check_failed(explore_run(desk, {}), {"s.yaml: error: explore: missing"});
    desk.put("s.yaml", with(small_study, "conversion_steps: min", "area_kge: min, cycles: min"));
    check_failed(explore_run(desk, {}),
                 {"s.yaml:10:3: error: found rows without synthesis beside objective area_kge",
                  "s.yaml:10:3: error: found rows without the RTL beside objective cycles"});
    desk.put("s.yaml", with(small_study, "conversion_steps: min", "accuracy: max"));
    check_failed(explore_run(desk, {}), {"s.yaml:13:27: error: explore: found objective accuracy "
                                         "of a network beside data of a layer"});
    desk.put("s.yaml", with(small_study, "conversion_steps: min", "stat.none: max"));
    check_failed(explore_run(desk, {}), {"s.yaml:13:27: error: explore.objectives.stat.none: found "
                                         "no point that has this figure"});
    desk.put("s.yaml", small_study + "  constraints: [stat.none > 1]\n");
    check_failed(explore_run(desk, {}),
                 {"s.yaml:14:17: error: explore.constraints: found no point that has stat.none"});
    desk.put("s.yaml", with(small_study, "conversion_steps: min", "area_kge: min"));
    check_failed(explore_run(desk, {"--no-synth"}),
                 {"s.yaml:13:27: error: explore: found area_kge beside --no-synth"});
    std::string large = with(small_study, "adc.bits: {from: 1", "adc.bits: {from: -9000");
    desk.put("s.yaml", with(large, "[1, 2, 77777]", "{from: 1, to: 20, step: 1}"));
    check_failed(
        explore_run(desk, {}),
        {"s.yaml:13:3: error: explore.method: found grid beside 180100 points; expected at "
         "most 100000 of them, or random or nsga2"});
    desk.put("s.yaml", small_study);
    check_failed(explore_run(desk, {"--method", "random"}), {"explore.runs: missing beside"});
    check_failed(explore_run(desk, {"--runs", "3"}), {"--runs: found it beside method grid"});
    desk.put("s.yaml", small_study + "  runs: 3\n");
    check_failed(explore_run(desk, {}), {"s.yaml:14:9: error: explore.runs: found 3 beside"});
    check_passed(explore_run(desk, {"--method", "random"}));
    desk.put("s.yaml", small_study + "  constraints: [conversion_steps < 0]\n");
    CHECK_THAT(explore_run(desk, {}).output,
               Contains("- No point holds `conversion_steps < 0`; the nearest: "));
}

TEST_CASE("Constraints: who breaks one is not on the front", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study + "  constraints: [adc_bits >= 3]\n");
    const Json r = report(desk);
    for (const Json& p : r.at("points")) {
        const bool breaks = p.at("figures").at("adc_bits") < 3;
        CHECK((p.at("state") == "constraint") == breaks);
        if (breaks) CHECK(p.at("front") == false);
    }
    CHECK(r.at("counts").at("break_constraint") == 4);
}

TEST_CASE("random and nsga2: so many points, the same for a seed", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study);
    for (const char* method : {"random", "nsga2"}) {
        const Words words = {"--method", method, "--runs", "5", "--seed", "3"};
        const Json r = report(desk, words);
        CHECK(r.at("points").size() == 5);
        CHECK(report(desk, words) == r);
    }
}

TEST_CASE("A point's label names its axes; a complete config stands beside it", "[run]") {
    const Desk desk;
    desk.put("s.yaml", small_study);
    const Json p = report(desk).at("points").at(1);
    CHECK(p.at("label") == "adc.bits=1, adc.step=2");
    desk.put("copied.yaml", p.at("config").get<std::string>());
    check_passed(desk.run({"check", "copied.yaml"}));
}

TEST_CASE("Points that cannot reach the front are not synthesized, and none of it is lost",
          "[run]") {
    if (!have("yosys")) return;
    const Desk desk;
    std::string text = with(small_study, "rtl: false, synth: false", "rtl: false, netlist: false");
    text = with(text, "conversion_steps: min", "area_kge: min");
    text = with(text, "adc.step: [1, 2, 77777]", "array.rows: [2, 64]");
    text = with(text, "to: 4", "to: 2");
    text = with(text, "when: [adc.step != 77777]", "set: {adc.step: 1}");
    desk.put("s.yaml", text);
    const Json spared = report(desk, {"-o", "out"});
    const Json& counts = spared.at("counts");
    INFO(counts.dump());
    CHECK(counts.at("dominated").get<int>() > 0);
    CHECK(counts.at("synthesized").get<int>() + counts.at("dominated").get<int>() == 4);
    // Every area after all: no bound lies above it, and who was spared is beaten indeed.
    for (const Json& p : spared.at("points")) {
        desk.put("one.yaml", p.at("config").get<std::string>());
        const auto design = generator::load_design_file(desk.at("one.yaml"));
        study::MeasureOptions options;
        options.folder = desk.path() / "out/synth";
        const study::Area area = study::Hardware(design, options).area();
        CHECK(double(area.flops) >= *explore::lower_bound("flops", design, options));
        CHECK(*area.ge / 1000 >= *explore::lower_bound("area_kge", design, options));
        if (p.at("state") != "dominated") continue;
        bool beaten = false;
        for (const Json& q : spared.at("points")) {
            if (q.at("figures").at("area_kge").is_null()) continue;
            const auto db = [](const Json& v) {
                return v.is_string() ? INFINITY : v.get<double>();
            };
            beaten = beaten || (q.at("figures").at("area_kge").get<double>() <= *area.ge / 1000 &&
                                db(q.at("figures").at("sqnr")) >= db(p.at("figures").at("sqnr")));
        }
        CHECK(beaten);
    }
}

TEST_CASE("Every ready config has at least the flip-flops that its bound says", "[run]") {
    if (!have("yosys")) return;
    const ScratchFolder scratch("cimrtl-bounds");
    study::MeasureOptions options;
    options.folder = scratch.path();
    std::size_t checked = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(CIMRTL_SOURCE_DIR) / "generator/configs")) {
        if (entry.path().extension() != ".yaml") continue;
        INFO(entry.path());
        // Small: what is claimed is the same on any number of rows.
        if (entry.path().stem().string().find("64x16") == std::string::npos) continue;
        const auto design =
            generator::load_design_file(entry.path().string(), {{"array.rows", "8"},
                                                                {"array.outputs", "2"},
                                                                {"array.active_rows", "8"},
                                                                {"adc.share", "1"}});
        CHECK(study::Hardware(design, options).area().flops >= explore::least_flops(design));
        ++checked;
    }
    CHECK(checked >= 5);
}
