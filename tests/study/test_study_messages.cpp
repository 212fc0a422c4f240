// SPDX-License-Identifier: Apache-2.0
// Rationale: what compare and explore say when something is wrong, and how small and absent figures
// are written. Each message names what the user wrote, says "error:" once, and promises nothing.
#include "study/columns.hpp"
#include "study_bench.hpp"

using namespace study_bench;

namespace {

std::size_t count(const std::string& text, const std::string& word) {
    std::size_t n = 0;
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++n;
    return n;
}

std::string shown(const char* column, const study::Measurements& m) {
    study::Row row;
    row.measured = m;
    return study::find_column(column)->shown(row, row);
}

}  // namespace

TEST_CASE("columns: small figures keep three digits, others those they had", "[columns]") {
    study::Measurements m;
    m.adc_bits = 10;
    const auto steps = [&](std::uint64_t conversions) {
        m.conversions = conversions;
        return shown("conversion_steps", m);
    };
    CHECK(steps(60) == "0.0614");
    CHECK(steps(600) == "0.614");
    CHECK(steps(6000) == "6.1");
    CHECK(steps(60000) == "61.4");
    CHECK(steps(0) == "0.0");
    m.power = study::Power{0.00012345, 12.34, 0.5};
    CHECK(shown("power_mw", m) == "0.000123");
    CHECK(shown("pj_per_vector", m) == "12.3");
}

TEST_CASE("columns: cycles a vector, and none of a network", "[columns]") {
    study::Measurements m;
    m.cycles = 45;
    CHECK(shown("cycles_per_vector", m) == "–");
    m.vectors = 10;
    CHECK(shown("cycles_per_vector", m) == "4.5");
    CHECK(study::find_column("cycles_per_vector")->on == study::On::layer);
    m.statistics = {{"rate_cycles_per_image", 1234.5}};
    CHECK(shown("rate_cycles_per_image", m) == "1234.5");
    CHECK(study::find_column("rate_cycles_per_image")->on == study::On::network);
}

TEST_CASE("compare: cycles a vector of the RTL", "[columns]") {
    if (!have_verilator()) return;
    const Desk desk;
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    desk.put("s.yaml",
             study_text("- {synth: false, label: a}\n") + "columns: [cycles, cycles_per_vector]\n");
    const auto r = desk.run({"compare", "--study", "s.yaml", "--json", "rows.json"});
    check_passed(r);
    const Json row = Json::parse(slurp(desk.at("rows.json"))).at("rows").at(0);
    CHECK(row.at("vectors") == 5);
    CHECK_THAT(r.output, Contains(fmt::format("{:.1f}", row.at("cycles").get<double>() / 5)));
}

TEST_CASE("compare: a scheme without adc.step has no step", "[columns]") {
    const Desk desk;
    desk.put("b.yaml",
             "name: b\nscheme: column_quant\narray: {rows: 8, outputs: 4}\n"
             "adc: {bits: 6}\ninput: {bits: 3}\nweight: {bits: 2}\naccumulator: {max_tiles: 2}\n");
    const Json rows = rows_of(desk, Words{"b.yaml", "mini.yaml", "--quantize"} + layer + quick);
    CHECK(rows.at(0).at("adc_step").is_null());
    CHECK(rows.at(1).at("adc_step") == Json({1, 1}));
}

TEST_CASE("compare: a setting of the command line is named as it was written", "[messages]") {
    const Desk desk;
    const auto failed = desk.run(Words{"compare", "mini.yaml,foo=1"} + layer + quick);
    check_failed(failed, {"mini.yaml,foo=1: error: foo: found an unknown key"});
    CHECK_THAT(failed.output, !Contains("-P"));
    check_failed(desk.run(Words{"compare", "mini.yaml", "-P", "foo=1"} + layer + quick),
                 {"-P foo: error: found an unknown key"});
    const auto r = desk.run(Words{"compare", "mini.yaml,adc.bits"} + layer + quick);
    CHECK(r.exit_code == 2);
    CHECK_THAT(r.output, Contains("mini.yaml,adc.bits: found `adc.bits`; expected key.path=value"));
}

TEST_CASE("compare: one error: a line; what cannot be kept names the folder's options",
          "[messages]") {
    const Desk desk;
    desk.put_npy("bad.npy", {5, 6}, 100, 0);
    const auto bad = desk.run(
        Words{"compare", "mini.yaml", "--weights", "w.npy", "--inputs", "bad.npy"} + quick);
    check_failed(bad, {"mini.yaml: error: mini: bad.npy"});
    CHECK(count(bad.output, "error:") == 1);
    desk.put("cache", "a file");
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    const auto kept = desk.run(Words{"compare", "mini.yaml"} + layer + quick);
    check_failed(kept, {"CIMRTL_CACHE", "-o"});
    CHECK(count(kept.output, "error:") == 1);
    CHECK_THAT(kept.output, !Contains("kept; the same command goes on"));
}

TEST_CASE("compare and explore: -q prints errors only", "[messages]") {
    const Desk desk;
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    const auto r =
        desk.run(Words{"compare", "-q", "mini.yaml", "--json", "rows.json"} + layer + quick);
    CHECK(r.output.empty());
    CHECK(fs::exists(desk.at("rows.json")));
    desk.put("s.yaml", study_text("- {rtl: false, synth: false, axes: {adc.bits: [2, 3]}}\n") +
                           "explore:\n  objectives: {sqnr: max, conversion_steps: min}\n");
    CHECK(desk.run({"explore", "-q", "s.yaml"}).output.empty());
}

TEST_CASE("a value that stands twice in an axis is an error at its place", "[messages]") {
    const Desk desk;
    desk.put("s.yaml",
             study_text("- {rtl: false, synth: false,\n   axes: {adc.bits: [4, 4, 8]}}\n") +
                 "explore:\n  objectives: {sqnr: max, conversion_steps: min}\n");
    check_failed(
        desk.run({"explore", "s.yaml"}),
        {"s.yaml:10:25: error:", "adc.bits: found 4 a second time; expected each value once"});
}

TEST_CASE("explore: a search that fails without a row leaves nothing", "[messages]") {
    const Desk desk;
    const auto study = [](const std::string& inputs, const std::string& bits) {
        return "data: {weights: w.npy, inputs: " + inputs + "}\n" +
               study_text("- {rtl: false, synth: false, axes: {adc.bits: [" + bits + "]}}\n")
                   .substr(study_text("").find("base:")) +
               "explore:\n  objectives: {sqnr: max, conversion_steps: min}\n";
    };
    desk.put("s.yaml", study("none.npy", "2, 3"));
    CHECK(desk.run({"explore", "s.yaml", "-o", "deep/out"}).exit_code == 1);
    CHECK(!fs::exists(desk.at("deep")));
    desk.put("s.yaml", study("x.npy", "99, 98"));
    CHECK(desk.run({"explore", "s.yaml", "-o", "deep/out"}).exit_code == 1);
    CHECK(!fs::exists(desk.at("deep")));
    desk.put("s.yaml", study("x.npy", "2, 3"));
    check_passed(desk.run({"explore", "s.yaml", "-o", "deep/out"}));
    CHECK(fs::exists(desk.at("deep/out/study.sha256")));
    check_passed(desk.run({"explore", "s.yaml", "-o", "deep/out", "--resume"}));
}

TEST_CASE("explore: Slurm that does not answer is said, and leaves nothing", "[messages]") {
    const Desk desk;
    fs::create_directory(desk.at("bin"));
    for (const char* name : {"bin/sbatch", "bin/squeue"}) {
        desk.put(name,
                 "#!/bin/sh\necho 'sbatch: Unable to contact slurm controller' >&2\nexit 1\n");
        fs::permissions(desk.at(name), fs::perms::owner_all);
    }
    const Variable path("PATH", desk.at("bin") + ":" + std::getenv("PATH"));
    desk.put("s.yaml", study_text("- {rtl: false, synth: false, axes: {adc.bits: [2, 3]}}\n") +
                           "explore:\n  objectives: {sqnr: max, conversion_steps: min}\n");
    check_failed(desk.run({"explore", "s.yaml", "-o", "out", "--slurm", ""}),
                 {"error: --slurm: sbatch failed", "Unable to contact slurm controller"});
    CHECK(!fs::exists(desk.at("out")));
}
