// SPDX-License-Identifier: Apache-2.0
/// Study files: what they say becomes rows, and each thing that is wrong is said with its place.
#include "generator/load.hpp"
#include "study/measure.hpp"
#include "study/study_file.hpp"
#include "study_bench.hpp"
#include "study_keys.hpp"

using namespace study_bench;

namespace {

/// What load_study says of a text; empty if it takes it.
std::string complaint(const std::string& text) {
    try {
        study::load_study(text, "s.yaml");
    } catch (const Error& e) {
        return e.what();
    }
    return {};
}

}  // namespace

TEST_CASE("Axes are multiplied out, the last one fastest; labels name their values",
          "[study_file]") {
    const auto s =
        study::load_study(study_text("- heading: of {adc.bits}\n"
                                     "  axes: {adc.bits: [2, 3]}\n"
                                     "  rows:\n"
                                     "  - label: a {adc.step}\n"
                                     "    axes: {adc.step: [1, \"3/2\"]}\n"
                                     "  - {label: b, rtl: false, quantize: {one_alpha: true}}\n"),
                          "folder/s.yaml");
    REQUIRE(s.rows.size() == 6);
    const auto value = [&](int row, const char* path) {
        return study::find_setting(s.rows[row].settings, path)->value;
    };
    CHECK(value(0, "adc.bits") + value(0, "adc.step") == "21");
    CHECK(value(1, "adc.bits") + value(1, "adc.step") == "2\"3/2\"");
    CHECK(value(3, "adc.bits") + value(3, "adc.step") == "31");
    CHECK(s.rows[2].label == "b");
    CHECK_FALSE(s.rows[2].engines.rtl);
    CHECK(s.rows[2].quantization.options.one_alpha);
    CHECK(s.rows[3].engines.rtl);
    CHECK(s.data.at(0).weights == "folder/w.npy");
}

TEST_CASE("A study is run, its headings and the columns that hold something are shown",
          "[study_file]") {
    const Desk desk;
    desk.put("s.yaml", "title: Bits\ncolumns: [sqnr, adc_clipped, stat.nothing]\n" +
                           study_text("- heading: ADC of {adc.bits}\n"
                                      "  label: step {adc.step}\n"
                                      "  rtl: false\n"
                                      "  synth: false\n"
                                      "  axes: {adc.bits: [2], adc.step: [1, fit]}\n"));
    const auto r = desk.run({"compare", "--study", "s.yaml"});
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    CHECK_THAT(r.output, StartsWith("**Bits**\n\n| row | SQNR (dB) | clipped | = golden |"));
    CHECK_THAT(r.output, Contains("| **ADC of 2** |") && Contains("| step 1 |") &&
                             Contains("| step fit |") && Contains("| golden only |"));
}

TEST_CASE("fit: the step of highest SQNR among p/q with q to 4", "[study_file]") {
    const Desk desk;
    desk.put_npy("w.npy", {6, 3}, 2, 0);  // many rows add up: an ADC of one bit clips
    const auto design = generator::load_design(mini_config, "mini", {{"adc.bits", "1"}});
    const auto candidates = study::step_candidates(design);
    REQUIRE(candidates.size() > 8);
    CHECK(double(candidates.back().num) / candidates.back().den == 1);
    std::string steps = "[fit";
    for (const auto& s : candidates) {
        CHECK(s.den <= 4);
        steps += fmt::format(", \"{}/{}\"", s.num, s.den);
    }
    desk.put("s.yaml", study_text("- {rtl: false, synth: false, label: \"{adc.step}\",\n"
                                  "   axes: {adc.bits: [1], adc.step: " +
                                  steps + "]}}\n"));
    const Json rows = rows_of(desk, {"--study", "s.yaml"});
    double best = -1e9, worst = 1e9;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const double db = rows[i]["sqnr_db"];
        best = std::max(best, db);
        worst = std::min(worst, db);
    }
    CHECK(best > worst + 1);
    CHECK(rows.at(0).at("sqnr_db").get<double>() == best);
}

TEST_CASE("fit of a layer: signs and tiles", "[study_file]") {
    const Desk desk;
    desk.put_npy("x.npy", {5, 6}, 8, -4);
    desk.put_npy("w.npy", {6, 3}, 4, -2);
    desk.put("s.yaml", study_text("- {rtl: false, synth: false, set: {input.signed: fit, "
                                  "accumulator.max_tiles: fit, array.banks: fit}}\n"));
    const Json row = rows_of(desk, {"--study", "s.yaml"}).at(0);
    CHECK(row.at("sqnr_db") == "exact");
    const auto config = row.at("config").get<std::string>();
    CHECK_THAT(config,
               Contains("signed: true") && Contains("max_tiles: 16") && Contains("banks: 16"));
}

TEST_CASE("A bad study file: every finding with its place", "[study_file]") {
    const auto [text, expected] = GENERATE(table<std::string, Words>({
        {"", {"s.yaml:1:1: error: found nothing; expected a map of title"}},
        {"[1]", {"s.yaml:1:1: error: found a list"}},
        {"groups: {", {"s.yaml:1:", "invalid YAML"}},
        {"title: x\n", {"s.yaml:1:1: error: groups: missing"}},
        {"groups: []\n", {"s.yaml:1:9: error: groups: found an empty list; expected maps"}},
        {"groups: [{}]\nrow: 1\n", {"s.yaml:2:1: error: row: found an unknown key"}},
        {"groups: [{}]\ngroups: [{}]\n", {"s.yaml:2:1: error: groups: found a second time"}},
        {"groups: [{rtl: 1, set: 3, axes: {adc.bits: 4}}]\n",
         {"s.yaml:1:16: error: groups.rtl: found 1 (an integer); expected true or false",
          "s.yaml:1:24: error: groups.set: found 3 (an integer); expected a map of config keys",
          "s.yaml:1:44: error: groups.axes.adc.bits: found 4 (an integer); expected a list of values"}},
        {"groups: [{}]\ndata: {weights: w.npy, vectors: 0}\n",
         {"s.yaml:2:33: error: data.vectors: found 0", "s.yaml:2:7: error: data.inputs: missing"}},
        {"groups: [{}]\ncolumns: [snr]\nplots: [{x: sqnr}]\n",
         {"s.yaml:2:11: error: columns: found \"snr\"; expected one of sqnr, adc_bits",
          "s.yaml:3:9: error: plots.y: missing"}},
        {"groups: [{quantize: {alpha: true}}]\n", {"groups.quantize.alpha: found an unknown key"}},
        {"groups: [{set: {adc: {bits: 1, bits: 2}}}]\n",
         {"s.yaml:1:32: error: groups.set.adc.bits: found a second time"}},
    }));
    const std::string said = complaint(text);
    INFO(text << "\n" << said);
    for (const std::string& part : expected) CHECK_THAT(said, Contains(part));
}

TEST_CASE("What is wrong with a row's config is said at the study's line", "[study_file]") {
    const Desk desk;
    desk.put("s.yaml", study_text("- set: {zebra.pattern: option1}\n"
                                  "- axes:\n"
                                  "    adc.bits: [3, 77]\n"
                                  "    adc.step: [fit]\n"
                                  "- {label: \"{adc.bits}\"}\n"
                                  "- set:\n"
                                  "    adc: {step: fit}\n"));
    const auto r = desk.run(Words{"compare", "--study", "s.yaml"} + quick);
    check_failed(r,
                 {"s.yaml:9:24: error: zebra.pattern: found a key of scheme",
                  "s.yaml:11:19: error: adc.bits: found 77", "s.yaml:13:3: error: found {adc.bits}",
                  "s.yaml:14:3: error: adc.step: found fit beside adc.bits: auto"});
}

TEST_CASE("A key of another scheme is said once a line of rows, whatever its values",
          "[study_file]") {
    const Desk desk;
    desk.put("s.yaml", study_text("- axes: {zebra.pattern: [option1, option2, window2]}\n"
                                  "  rows: [{label: a}, {label: b}]\n"));
    const auto r = desk.run(Words{"compare", "--study", "s.yaml"} + quick);
    check_failed(r, {"s.yaml:9:26: error: zebra.pattern: found a key of scheme zebra"});
    INFO(r.output);
    // Both rows have the cause in one place, and one place is named once.
    CHECK(std::ranges::count(r.output, '\n') == 1);
}

TEST_CASE("A study without data takes the command line's; -P goes over its settings",
          "[study_file]") {
    const Desk desk;
    std::string text = study_text("- {rtl: false, synth: false}\n");
    text.erase(0, text.find('\n') + 1);
    desk.put("s.yaml", text);
    check_failed(desk.run({"compare", "--study", "s.yaml"}), {"s.yaml: error: data: missing"});
    const Json rows = rows_of(desk, Words{"--study", "s.yaml", "-P", "adc.bits=4"} + layer);
    CHECK(rows.at(0).at("adc_bits") == 4);
}

TEST_CASE("Files that are not there are said together, at their place", "[study_file]") {
    const Desk desk;
    fs::create_directory(desk.at("folder"));
    std::string text = study_text("- {rtl: false, synth: false}\n");
    text.replace(0, text.find('\n'),
                 "data:\n"
                 "- {weights: none/w.npy, inputs: x.npy}\n"
                 "- weights: w.npy\n"
                 "  inputs: folder\n"
                 "  operands: {threshold: t.npy}");
    desk.put("s.yaml", text + "explore: {objectives: {sqnr: max}}\n");
    const Words expected = {
        "s.yaml:2:13: error: data.weights: found no file none/w.npy; expected a file that can be",
        "s.yaml:4:11: error: data.inputs: found the folder folder;",
        "s.yaml:5:25: error: data.operands.threshold: found no file t.npy;"};
    check_failed(desk.run(Words{"compare", "--study", "s.yaml"}), expected);
    auto of_search = expected;
    of_search.insert(of_search.begin(), "found 2 data sets; expected one");
    check_failed(desk.run(Words{"explore", "s.yaml"}), of_search);
    // The command line's are in their place.
    check_passed(desk.run(Words{"compare", "--study", "s.yaml"} + layer));
    check_passed(desk.run(Words{"explore", "s.yaml"} + layer));

    text.replace(0, text.find("base:"), "network: {model: m.onnx, data: x.npy, labels: l.npy}\n");
    desk.put("n.yaml", text + "explore: {objectives: {accuracy: max}}\n");
    const Words of_network = {"n.yaml:1:18: error: network.model: found no file m.onnx;",
                              "n.yaml:1:47: error: network.labels: found no file l.npy;"};
    check_failed(desk.run(Words{"compare", "--study", "n.yaml"}), of_network);
    check_failed(desk.run(Words{"explore", "n.yaml"}), of_network);
    check_passed(desk.run(Words{"compare", "--study", "n.yaml"} + layer));
    if (geteuid() == 0) return;  // may read everything
    fs::permissions(desk.at("w.npy"), fs::perms::none);
    check_failed(desk.run(Words{"compare", "--study", "s.yaml"}),
                 {"s.yaml:3:12: error: data.weights: found Permission denied for w.npy"});
}

TEST_CASE("Two data sets: every row on each", "[study_file]") {
    const Desk desk;
    desk.put_npy("v.npy", {6, 2}, 3, -1);
    std::string text = study_text("- {rtl: false, synth: false}\n");
    text.replace(
        0, text.find('\n'),
        "data: [{name: a, weights: w.npy, inputs: x.npy}, {name: b, weights: v.npy, inputs: x.npy}]");
    desk.put("s.yaml", text);
    const Json rows = rows_of(desk, {"--study", "s.yaml"});
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).at("heading") == "a");
    CHECK(rows.at(1).at("heading") == "b");
    CHECK(rows.at(0).at("conversions") != rows.at(1).at("conversions"));
}

TEST_CASE("The schema has every key of the table, and the studies keep to it", "[study_file]") {
    const Json schema = Json::parse(study::study_schema());
    for (const study::StudyKey& key : study::study_keys()) {
        const Json& section =
            key.section == "study" ? schema : schema.at("$defs").at(std::string(key.section));
        CHECK(section.at("properties").contains(std::string(key.name)));
        CHECK(section.at("additionalProperties") == false);
    }
    std::size_t studies = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(CIMRTL_SOURCE_DIR) / "flow/studies")) {
        if (entry.path().extension() != ".yaml") continue;
        INFO(entry.path());
        const auto s = study::load_study_file(entry.path().string());
        base::Findings findings;
        for (const auto& files : s.data) {
            const auto own = std::make_shared<study::Layer>(study::read_layer(files));
            for (const auto& row : s.rows) CHECK(study::make_task(row, own, findings));
        }
        CHECK_NOTHROW(findings.finish());
        ++studies;
    }
    CHECK(studies >= 5);
}
