// SPDX-License-Identifier: Apache-2.0
// Rationale: what bfp does at run time is what a comparison of one product cannot show. The
// mantissa register changes while vectors stream, and each vector must keep the value it began
// with, without the macro being drained for it. Steps are left out by the data, so the rate law is
// held against the steps really driven, with data that leave out almost everything: vectors without
// a step, single steps, one cycle a conversion, arrays slower than their conversions. The
// statistics are worked out by hand for the page's values.
#include <nlohmann/json.hpp>

#include "operands/settings.hpp"
#include "rtl_bench.hpp"
#include "sim/job.hpp"
#include "sim/regress.hpp"

using namespace rtl_bench;

namespace {

generator::Design design(const std::string& rest) {
    return generator::elaborate(generator::load_config("name: t\nscheme: bfp\n" + rest, "t"));
}

/// Each vector by itself, with its own mantissa.
golden::Matrix expected(const generator::Design& d, const golden::Operands& o,
                        const std::vector<Settings>& settings) {
    golden::Matrix y{o.inputs.rows, o.weights.cols, {}};
    for (std::size_t v = 0; v < o.inputs.rows; ++v) {
        golden::Operands one = o;
        const auto first = o.inputs.data.begin() + static_cast<std::ptrdiff_t>(v * o.inputs.cols);
        one.inputs = {
            1, o.inputs.cols, {first, first + static_cast<std::ptrdiff_t>(o.inputs.cols)}};
        golden::Spec spec = to_spec(d.config);
        spec.as<golden::bfp::Parameters>().mantissa = static_cast<int>(settings[v].front());
        const auto row = golden::run_reference(spec, one).outputs.data;
        y.data.insert(y.data.end(), row.begin(), row.end());
    }
    return y;
}

struct Timing {
    std::string name, array;
    int share, latency;
    std::int64_t step;  ///< cycles: contract, "Rate"
};
/// Cycles between two conversions: 1, an array that is slower, hidden and not.
const std::vector<Timing> timings = {
    {"every cycle", "rows: 4, outputs: 2", 1, 1, 1},
    {"groups every cycle", "rows: 6, outputs: 2, active_rows: 2", 1, 1, 1},
    {"slow array", "rows: 4, outputs: 2, precharge: 3, settle: 2", 1, 1, 5},
    {"overlap", "rows: 4, outputs: 2, precharge: 2", 2, 1, 2},
    {"hidden", "rows: 6, outputs: 2, active_rows: 3, precharge: 1, settle: 2", 2, 3, 6},
    {"in place", "rows: 4, outputs: 2, hold: none", 1, 1, 1},
    {"in place, slow", "rows: 6, outputs: 2, active_rows: 2, precharge: 2, settle: 1, hold: none",
     2, 1, 5},
};

using Pattern = std::int64_t (*)(std::size_t vector, std::size_t feature);
const std::vector<std::pair<std::string, Pattern>> patterns = {
    {"no step at all", [](std::size_t, std::size_t) -> std::int64_t { return 0; }},
    {"one step a vector", [](std::size_t, std::size_t k) -> std::int64_t { return k == 0; }},
    {"one step at the end", [](std::size_t, std::size_t k) -> std::int64_t { return k % 4 == 3; }},
    {"every other vector",
     [](std::size_t v, std::size_t) -> std::int64_t { return v % 2 ? 5 : 0; }},
    {"every other row",
     [](std::size_t v, std::size_t k) -> std::int64_t { return (v + k) % 2 * 13; }},
    {"all steps",
     [](std::size_t v, std::size_t k) -> std::int64_t { return (v * 5 + k * 7) % 16; }},
};

struct Cost {
    std::int64_t cycles = 0, steps = 0;
};

Cost measure(const generator::Design& d, const RtlModel& model, Pattern pattern,
             std::size_t vectors, std::size_t features) {
    golden::Operands o{{vectors, features, {}}, {features, 2, {}}};
    for (std::size_t v = 0; v < vectors; ++v) {
        for (std::size_t k = 0; k < features; ++k) o.inputs.data.push_back(pattern(v, k));
    }
    for (std::size_t i = 0; i < 2 * features; ++i) o.weights.data.push_back(i % 3 == 0 ? -1 : 1);
    const RtlAnswer answer = run_equal(d, model, o);
    return {static_cast<std::int64_t>(answer.cycles),
            static_cast<std::int64_t>(answer.conversions) / d.columns};
}

void check_rate(const Timing& t, const generator::Design& d) {
    const RtlModel model = build_rtl(d, false);
    const std::int64_t groups = d.config.array.rows / d.config.array.active_rows;
    const std::int64_t fill = (d.config.array.rows + d.streams.in - 1) / d.streams.in +
                              (d.config.array.outputs + d.streams.out - 1) / d.streams.out;
    for (const auto& [what, pattern] : patterns) {
        for (const std::int64_t tiles : {1, 2}) {
            INFO(t.name << ", " << what << ", " << tiles << " tile(s)\n"
                        << generator::to_yaml(d.config));
            const auto features = static_cast<std::size_t>(tiles * d.config.array.rows);
            const Cost few = measure(d, model, pattern, 6, features),
                       many = measure(d, model, pattern, 38, features);
            const std::int64_t tile = tiles * (2 + groups);
            CHECK(many.cycles <= many.steps * t.step + 38 * tile + fill + 64);
            const std::int64_t spent = many.cycles - few.cycles,
                               work = (many.steps - few.steps) * t.step;
            CHECK(spent <= work + 32 * tile);
            // With every step needed and time to hide behind, static blocks cost their steps alone.
            const bool dense = what == "all steps" && t.step >= 5;
            if (dense && generator::value_of(d.frontend, "Dynamic") == "1'b0") CHECK(spent <= work);
        }
    }
}

}  // namespace

TEST_CASE("bfp: the mantissa changes in mid-stream", "[rtl]") {
    if (!have_verilator()) return;
    for (const std::string block : {"static", "dynamic"}) {
        const generator::Design d = design(
            "array: {rows: 6, active_rows: 3, outputs: 2, banks: 3, settle: 1}\n"
            "adc: {latency: 4}\ninput: {bits: 7}\nweight: {bits: 3}\n"
            "bfp: {mantissa_bits: 6, block: " +
            block + "}");
        for (const std::size_t features : {5, 17}) {  // a vector is one tile; three
            INFO(block << ", K = " << features);
            const auto o = random_operands(d, 24, features, 2, 11);
            std::vector<Settings> settings;
            for (std::size_t v = 0; v < 24; ++v) settings.push_back({std::int64_t(1 + v * 5 % 6)});
            const RtlModel model = build_rtl(d, false);
            const auto answer_of = [&](const std::vector<Settings>& s, Job& job) {
                job = make_job(d, o, {.settings = s});
                return run_rtl(model, job, {});
            };
            Job job, steady;
            const RtlAnswer answer = answer_of(settings, job);
            CHECK(answer.mismatches == 0);
            CHECK(assemble(job, answer, o).data == expected(d, o, settings).data);
            // The test would see a value that comes too early or too late.
            std::vector<Settings> late = settings;
            std::rotate(late.begin(), late.begin() + 1, late.end());
            CHECK(expected(d, o, late).data != expected(d, o, settings).data);
            // No drain: a write takes a beat's time at the input, which conversions hide.
            const std::int64_t groups = features == 5 ? 2 : 6, tiles = features == 5 ? 1 : 3;
            const auto steps = static_cast<std::int64_t>(answer.conversions) / d.columns;
            CHECK(static_cast<std::int64_t>(answer.cycles) <=
                  steps * d.step_cycles + 24 * groups + 64);
            CHECK(24 * tiles == static_cast<std::int64_t>(24 * ((features + 5) / 6)));
        }
    }
}

TEST_CASE("bfp: the rate law with the steps really driven", "[rtl]") {
    if (!have_verilator()) return;
    for (const std::string block : {"static", "dynamic"}) {
        for (const Timing& t : timings) {
            const generator::Design d = design(fmt::format(
                "array: {{{}, banks: 2}}\nadc: {{share: {}, latency: {}}}\ninput: {{bits: 4}}\n"
                "weight: {{bits: 2}}\nbfp: {{mantissa_bits: 2, block: {}}}\n",
                t.array, t.share, t.latency, block));
            check_rate(t, d);
        }
    }
}

TEST_CASE("bfp: a set of settings for each vector, no more and no fewer", "[rtl]") {
    const generator::Design d = design(
        "array: {rows: 4, outputs: 2}\ninput: {bits: 4}\nweight: {bits: 2}\n"
        "bfp: {mantissa_bits: 2}\nanalog: {noise: 1}\n");
    const golden::Operands o{{2, 4, std::vector<std::int64_t>(8, 3)},
                             {4, 2, std::vector<std::int64_t>(8, 1)}};
    CHECK(operands::count_steps(d, o, {{2}, {1}}).size() == 2);
    for (const std::size_t count : {1U, 3U}) {
        const std::vector<operands::Settings> settings(count, {2});
        CHECK_THROWS_AS(operands::count_steps(d, o, settings), base::Error);
        CHECK_THROWS_AS(operands::run_golden(d, o, settings), base::Error);
    }
    if (!have_verilator()) return;
    // The rate law's second, shorter run: once it was numbered with the settings of the whole one.
    const sim::RtlModel model = sim::build_rtl(d, false);
    CHECK(sim::regress(d, model, {.vectors = 16, .seed = 1}).failure == "");
}

TEST_CASE("bfp: statistics of the page's values") {
    const std::string base = "array: {rows: 4, outputs: 2}\ninput: {bits: 8}\nweight: {bits: 3}\n";
    // All weights 1: v is the number of rows with a 1.
    const golden::Operands o{{2, 4, {200, 31, 5, 0, 0, 0, 0, 0}},
                             {4, 2, std::vector<std::int64_t>(8, 1)}};
    const auto stats = [&](const std::string& block) {
        const auto r =
            run_macro(design(base + "bfp: {block: " + block + "}"), o, Engine::golden, false);
        return nlohmann::json::parse(stats_json(r));
    };
    // r = 13, 2, 0, 0 under s = 4: four steps, one row each. The zero vector makes no pass.
    const auto s = stats("static");
    CHECK(s.at("steps_driven") == 4);
    CHECK(s.at("steps_skipped") == 0);
    CHECK(s.at("passes") == 1);
    CHECK(s.at("max_active_rows") == 1);
    CHECK(s.at("adc_bits_no_clip") == 1);
    CHECK(s.at("conversions") == 4 * 6);
    CHECK(s.at("conversions_conventional") == 2 * 8 * 6);
    CHECK(s.at("conversions_ratio") == 0.25);
    // 13 << 4 takes three steps, 8 << 2 one, 5 << 0 two.
    const auto d = stats("dynamic");
    CHECK(d.at("steps_driven") == 6);
    CHECK(d.at("steps_skipped") == 6);
    CHECK(d.at("passes") == 3);
    CHECK(d.at("conversions_ratio") == 0.375);
}

TEST_CASE("bfp: what the RTL alone can tell", "[rtl]") {
    if (!have_verilator()) return;
    const generator::Design d = design(
        "array: {rows: 4, outputs: 2, banks: 2}\nadc: {latency: 1}\ninput: {bits: 4}\n"
        "weight: {bits: 2}\nbfp: {mantissa_bits: 2}\n");
    const auto o = random_operands(d, 5, 7, 3, 2);
    const auto want = nlohmann::json::parse(stats_json(run_macro(d, o, Engine::golden, false)));
    const auto found = nlohmann::json::parse(stats_json(run_macro(d, o, Engine::rtl, false)));
    CHECK(found.at("steps_driven") == want.at("steps_driven"));
    CHECK(found.at("conversions_ratio") == want.at("conversions_ratio"));
    CHECK_FALSE(found.contains("passes"));
}
