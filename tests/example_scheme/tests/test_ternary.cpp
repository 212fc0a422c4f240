// SPDX-License-Identifier: Apache-2.0
/// The example scheme of docs/how-to/add-a-scheme.md, from the outside: what a user of the tool's
/// libraries sees. Config: its keys and the words of its errors. Numbers: golden's reference, its
/// fast form and a formula written down here, on random products over ADC steps, clipping codes,
/// groups, tiles, biases and the output stage. RTL: lint of what is generated, and the regression
/// of `cimrtl sim` on an ADC for two outputs with biases and on one for each column with the output
/// stage; the front end's faults must make it fail.
#include <algorithm>
#include <catch2/catch.hpp>
#include <future>
#include <random>
#include <sstream>
#include <string>

#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "environment.hpp"
#include "generator/load.hpp"
#include "generator/render.hpp"
#include "generator/scheme.hpp"
#include "golden/golden.hpp"
#include "operands/operands.hpp"
#include "quantize_rounding.hpp"
#include "sim/regress.hpp"
#include "sim/run.hpp"

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ScratchFolder;
using test_environment::slurp;
using test_environment::Variable;

const fs::path folder = CIMRTL_EXAMPLE;
const std::string fault_configs = (folder / "flow/faults").string() + "/";

std::string message_of(const std::string& text) {
    try {
        generator::load_config(text, "f.yaml");
    } catch (const Error& e) {
        return e.what();
    }
    return "no error";
}

// ---------------------------------------------------------------- config

TEST_CASE("ternary: the ready config loads, and its numbers follow") {
    const auto design =
        generator::load_design_file((folder / "generator/configs/ternary_64x16.yaml").string());
    CHECK(design.config.scheme() == "ternary");
    CHECK(design.planes == 2);
    CHECK(design.steps == 8);
    CHECK(design.columns == 32);
    CHECK(design.adcs == 16);
    CHECK(design.adc.bits == 7);
    CHECK(design.frontend.module == "ternary_frontend");
    CHECK(design.backend.module == "cim_plain_backend");
    // What it writes is what it was.
    const std::string text = generator::to_yaml(design.config);
    CHECK(generator::to_yaml(generator::load_config(text, "f.yaml")) == text);
}

TEST_CASE("ternary: errors name the key and what would be right") {
    const std::string head = "name: t\nscheme: ternary\narray: {rows: 4, outputs: 2}\n";
    const std::string adc = "adc: {latency: 1}\n";
    CHECK(message_of(head + adc + "input: {bits: 3}\n") == "no error");
    CHECK(message_of(head + adc + "input: {bits: 9}\n") ==
          "f.yaml:5:15: error: input.bits: found 9; expected an integer from 1 to 8");
    CHECK_THAT(message_of(head + adc), Catch::Contains("input.bits"));
    CHECK_THAT(message_of(head + adc + "input: {bits: 3}\nweight: {bits: 2}\n"),
               Catch::StartsWith("f.yaml:6:10: error: weight.bits: found a key of schemes ") &&
                   Catch::EndsWith("expected no such key with scheme ternary: its weights are -1, "
                                   "0 and +1"));
    CHECK_THAT(message_of(head + "adc: {latency: 1, step: 1/60000}\ninput: {bits: 3}\n"),
               Catch::StartsWith("f.yaml:4:1: error: adc.bits: found auto, which needs 18 bits"));
}

// ---------------------------------------------------------------- numbers

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

/// Code of the rows first … last − 1 of one column, whose cells are 1 where a weight is `sign`.
std::int64_t code_of(const golden::Spec& s, int adc_bits, const golden::Operands& o, std::size_t v,
                     std::size_t m, std::size_t first, std::size_t last, int step, int sign) {
    std::int64_t count = 0;
    for (std::size_t k = first; k < last; ++k)
        count += (o.inputs(v, k) >> step & 1) != 0 && o.weights(k, m) == sign;
    const std::int64_t code = floor_div(s.step_den * count + s.step_num / 2, s.step_num);
    return std::min(code, (std::int64_t{1} << adc_bits) - 1);
}

/// Y by the scheme's formula: sum of 2^t (code of w+ − code of w−), clamped behind each tile.
golden::Matrix formula(const golden::Spec& s, const golden::Operands& o) {
    const golden::Resolved r = golden::resolve(s);
    const std::int64_t half = std::int64_t{1} << (r.accumulator_bits - 1);
    const auto rows = std::size_t(s.rows), active = std::size_t(s.active_rows);
    golden::Matrix y{o.inputs.rows, o.weights.cols, {}};
    for (std::size_t v = 0; v < y.rows; ++v) {
        for (std::size_t m = 0; m < y.cols; ++m) {
            std::int64_t sum = s.bias ? o.bias[m] : 0;
            for (std::size_t tile = 0; tile < o.inputs.cols; tile += rows) {
                const std::size_t end = std::min(tile + rows, o.inputs.cols);
                for (std::size_t group = tile; group < end; group += active) {
                    const std::size_t last = std::min(group + active, end);
                    for (int t = 0; t < s.input_bits; ++t)
                        sum += (code_of(s, r.adc_bits, o, v, m, group, last, t, 1) -
                                code_of(s, r.adc_bits, o, v, m, group, last, t, -1))
                               << t;
                }
                sum = std::clamp(sum, -half, half - 1);
            }
            if (s.output.requant) {
                const std::int64_t shift = o.shift[m];
                sum = (sum * o.multiplier[m] + (std::int64_t{1} << (shift - 1))) >> shift;
                sum = std::clamp<std::int64_t>(sum + o.output.zero_point, 0,
                                               (std::int64_t{1} << s.output.bits) - 1);
            }
            y.data.push_back(sum);
        }
    }
    return y;
}

golden::Operands random_operands(const golden::Spec& s, std::size_t vectors, std::size_t features,
                                 std::size_t outputs, std::mt19937_64& random) {
    const auto draw = [&](std::int64_t lo, std::int64_t hi) {
        return std::uniform_int_distribution<std::int64_t>(lo, hi)(random);
    };
    golden::Operands o{{vectors, features, {}}, {features, outputs, {}}};
    for (std::size_t i = 0; i < vectors * features; ++i)
        o.inputs.data.push_back(draw(0, (1 << s.input_bits) - 1));
    for (std::size_t i = 0; i < features * outputs; ++i) o.weights.data.push_back(draw(-1, 1));
    const std::int64_t half = std::int64_t{1} << (golden::resolve(s).accumulator_bits - 1);
    for (std::size_t m = 0; m < outputs; ++m) {
        if (s.bias) o.bias.push_back(draw(-half, half - 1));
        if (!s.output.requant) continue;
        o.multiplier.push_back(draw(0, 65535));
        o.shift.push_back(draw(10, 18));
    }
    if (s.output.requant) o.output.zero_point = draw(-8, 8);
    return o;
}

golden::Spec random_spec(std::mt19937_64& random) {
    const auto one_of = [&](std::initializer_list<int> list) {
        return *(list.begin() + random() % list.size());
    };
    golden::Spec s;
    s.own = golden::ternary::Parameters{};
    s.active_rows = one_of({1, 3, 8, 40});
    s.rows = s.active_rows * one_of({1, 2, 3});
    s.outputs = one_of({1, 3, 20});
    s.input_bits = one_of({1, 2, 5, 8});
    s.step_num = one_of({1, 1, 3, 7});
    s.step_den = one_of({1, 2});
    if (random() % 2 == 0) s.adc_bits = one_of({1, 2, 3, 6});
    if (random() % 2 == 0) s.accumulator_bits = one_of({4, 9});
    s.bias = random() % 2 == 0;
    s.output.requant = random() % 3 == 0;
    return s;
}

TEST_CASE("ternary: reference, fast form and the formula agree") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random(seed);
        const golden::Spec spec = random_spec(random);
        const std::size_t features = 1 + random() % std::size_t(3 * spec.rows);
        const std::size_t outputs = 1 + random() % std::size_t(2 * spec.outputs);
        const golden::Operands operands = random_operands(spec, 5, features, outputs, random);
        const golden::Result reference = golden::run_reference(spec, operands);
        const golden::Result fast = golden::run_fast(spec, operands, 1);
        REQUIRE(reference.outputs.data == formula(spec, operands).data);
        REQUIRE(fast.outputs.data == reference.outputs.data);
        REQUIRE(fast.saturated == reference.saturated);
        REQUIRE(fast.conversions == reference.conversions);
        REQUIRE(fast.adc_clipped == reference.adc_clipped);
        REQUIRE(fast.outputs_clamped == reference.outputs_clamped);
    }
}

TEST_CASE("ternary: an ADC that never clips at step 1 gives the integer product") {
    std::mt19937_64 random(7);
    const auto config =
        generator::load_config_file((folder / "generator/configs/ternary_64x16.yaml").string());
    const golden::Spec spec = operands::to_spec(config);
    const golden::Operands o = random_operands(spec, 4, 100, 20, random);
    const golden::Result result = golden::run_fast(spec, o);
    for (std::size_t v = 0; v < 4; ++v) {
        for (std::size_t m = 0; m < 20; ++m) {
            std::int64_t product = 0;
            for (std::size_t k = 0; k < 100; ++k) product += o.inputs(v, k) * o.weights(k, m);
            REQUIRE(result.outputs(v, m) == product);
        }
    }
}

TEST_CASE("ternary: golden refuses what is out of range") {
    golden::Spec spec;
    spec.own = golden::ternary::Parameters{};
    spec.rows = spec.active_rows = spec.outputs = 2;
    spec.input_bits = 9;
    CHECK_THROWS_WITH(golden::resolve(spec), "golden: input.bits must be 1 to 8");
    spec.input_bits = 2;
    golden::Operands o{{1, 2, {3, 4}}, {2, 1, {1, -2}}};
    CHECK_THROWS_WITH(golden::run_reference(spec, o), Catch::Contains("weights[1, 0] = -2"));
}

TEST_CASE("ternary: quantize knows its integers") {
    const auto config =
        generator::load_config_file((folder / "generator/configs/ternary_64x16.yaml").string());
    const quantize::SchemeRounding rounding = quantize::rounding_of(config);
    CHECK(rounding.weights.levels == std::vector<int>{-1, 0, 1});
    CHECK(rounding.inputs.levels.size() == 256);
    CHECK(rounding.inputs.zero_point);
}

// ---------------------------------------------------------------- RTL

bool have_verilator() {
    if (base::find_program("verilator")) return true;
    WARN("verilator is not installed: this test is skipped");
    return false;
}

sim::RegressResult regress(const std::string& config) {
    const generator::Design design = generator::load_design_file(fault_configs + config + ".yaml");
    sim::RegressOptions options;
    options.vectors = 8;
    return sim::regress(design, sim::build_rtl(design, false), options);
}

TEST_CASE("ternary: the generated RTL is lint-clean", "[rtl]") {
    if (!have_verilator()) return;
    for (const std::string config : {"ternary", "ternary_requant"}) {
        const generator::Design design =
            generator::load_design_file(fault_configs + config + ".yaml");
        const ScratchFolder out("cimrtl-test");
        for (const base::OutFile& file : generator::render(design))
            out.write(file.path, file.contents);
        base::Command lint;
        lint.argv = {"verilator", "--lint-only",   "-Wall",        "lint.vlt",
                     "-F",        "files_synth.f", "--top-module", design.config.name};
        lint.cwd = out.path();
        const base::ProcessResult result = base::run_process(lint);
        INFO(result.output);
        CHECK(result.exit_code == 0);
    }
}

TEST_CASE("ternary: the RTL computes what golden computes", "[rtl]") {
    if (!have_verilator()) return;
    // Most of the time is compilers': two at once.
    auto requant = std::async(std::launch::async, regress, "ternary_requant");
    const sim::RegressResult results[] = {regress("ternary"), requant.get()};
    for (const sim::RegressResult& result : results) {
        CHECK(result.failure == "");
        CHECK(result.trials >= 16);
        CHECK(result.conversions > 0);
    }
}

/// The fields of a line of flow/faults/faults.txt: module, config, text, replacement, what it is.
std::vector<std::string> fields_of(std::string line) {
    std::vector<std::string> fields;
    const std::string mark = " @@ ";
    for (std::size_t at; (at = line.find(mark)) != std::string::npos;) {
        fields.push_back(line.substr(0, at));
        line.erase(0, at + mark.size());
    }
    fields.push_back(line);
    return fields;
}

TEST_CASE("ternary: each fault of the front end makes the regression fail", "[rtl]") {
    if (!have_verilator()) return;
    std::istringstream lines(slurp(folder / "rows/faults.txt"));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        INFO(line);
        const std::vector<std::string> fields = fields_of(line);
        REQUIRE(fields.size() == 5);
        std::string text = slurp(folder / "rtl_templates/schemes/ternary" / (fields[0] + ".sv"));
        const std::size_t at = text.find(fields[2]);
        REQUIRE(at != std::string::npos);
        REQUIRE(text.find(fields[2], at + 1) == std::string::npos);
        const ScratchFolder faulty("cimrtl-fault");
        faulty.write(fields[0] + ".sv", text.replace(at, fields[2].size(), fields[3]));
        const Variable variable("CIMRTL_RTL_OVERRIDE", faulty.path().string());
        CHECK_THAT(regress(fields[1]).failure, Catch::Contains("mismatch"));
    }
    CHECK(count > 0);
}

}  // namespace
