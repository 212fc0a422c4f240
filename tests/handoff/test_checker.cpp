// SPDX-License-Identifier: Apache-2.0
// Rationale: the checker is bound to an array of a user's own and must name each rule that is
// broken, first and with its cycle, and nothing where none is. own_array/ has such an array, a
// bench that drives it as the periphery would, and the list of rules, each broken by one of them.
// The rules of unknown values need four states, which Verilator has not. Then the generated
// periphery with the array's model, every corner of `sim`: there the checker has to be silent.
#include <sstream>

#include "base/process.hpp"
#include "handoff_bench.hpp"

namespace {

using namespace handoff_bench;

/// The first rule that is named; empty if none is.
std::string first_rule(const std::string& said) {
    static const std::string mark = "rule broken: ";
    const std::size_t at = said.find(mark);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + mark.size();
    return said.substr(begin, said.find_first_of(",\n", begin) - begin);
}

/// The words of a command, with settings.
std::vector<std::string> with_settings(std::vector<std::string> words,
                                       const std::vector<std::string>& settings) {
    for (const std::string& setting : settings) words.insert(words.end(), {"-P", setting});
    return words;
}

/// Puts the checker into the model's file, so that the harness of `sim` compiles both.
void bind_checker(const Desk& desk, const Case& c, const std::vector<std::string>& settings = {}) {
    const std::string name = c.design().config.name;
    const auto gen = with_settings({"gen", "-q", c.path(), "-o", "g"}, settings);
    REQUIRE(desk.run(gen).exit_code == 0);
    std::string text = slurp(desk.at("g/model/cim_array_model.sv"));
    std::vector<std::string> files = {"cim_array_checker", name + "_array_checker",
                                      name + "_array_bind"};
    if (fs::exists(desk.at("g/checker/cim_async_checker.sv")))
        files.insert(files.begin(), "cim_async_checker");
    for (const std::string& file : files) text += slurp(desk.at("g/checker/" + file + ".sv"));
    fs::create_directory(desk.at("over"));
    desk.put("over/cim_array_model.sv", text);
}

ProcessResult simulate(const Desk& desk, const Case& c,
                       const std::vector<std::string>& settings = {}) {
    const Variable over("CIMRTL_RTL_OVERRIDE", desk.at("over"));
    return desk.run(with_settings({"sim", "-q", c.path(), "--vectors", "12"}, settings));
}

}  // namespace

TEST_CASE("the checker names each rule that an own array or its driver breaks", "[checker]") {
    if (!have_verilator()) return;
    const Desk desk;
    const fs::path script = fs::path(CIMRTL_SOURCE_DIR) / "tests/handoff/own_array/run.sh";
    const ProcessResult said = run_in(desk.path(), {"sh", script.string(), CIMRTL_TOOL});
    INFO(said.output);
    CHECK(said.exit_code == 0);
}

TEST_CASE("the checker is lint-clean beside the array's model", "[checker]") {
    if (!have_verilator()) return;
    for (const Case& c : cases) {
        const Desk desk;
        REQUIRE(desk.run({"gen", "-q", c.path(), "-o", "g"}).exit_code == 0);
        const ProcessResult said = run_in(
            desk.path(), {"verilator", "--lint-only", "-Wall", "g/lint.vlt", "-F", "g/files_sim.f",
                          "-F", "g/files_check.f", "--top-module", c.design().config.name});
        INFO(c.file << ":\n" << said.output);
        CHECK(said.exit_code == 0);
        // Verilator 5.032 ends with a report, each line of it after a dash.
        std::istringstream lines(said.output);
        for (std::string line; std::getline(lines, line);) CHECK(line.starts_with("- "));
    }
}

TEST_CASE("the checker is silent on every scheme's periphery with the array's model", "[checker]") {
    if (!have_verilator()) return;
    for (const Case& c : few_cases) {
        const Desk desk;
        bind_checker(desk, c);
        const ProcessResult said = simulate(desk, c);
        INFO(c.file << ":\n" << said.output);
        CHECK(said.exit_code == 0);
        CHECK(first_rule(said.output) == "");
    }
}

TEST_CASE("the checker is silent without holds, and with ADCs that are out", "[checker]") {
    if (!have_verilator()) return;
    const std::vector<std::pair<Case, std::vector<std::string>>> all = {
        // An answer in the first cycle of a drive, whose values are still computed then.
        {{"async"}, {"array.hold=none", "adc.kind=response"}},
        {{"async"}, {"array.hold=none"}},
        {{"async"},
         {"array.hold=none", "array.precharge=2", "array.settle=1", "array.sample_gap=1"}},
        {{"observe"}, {"adc.kind=async"}}};
    for (const auto& [config, settings] : all) {
        const Desk desk;
        bind_checker(desk, config, settings);
        const ProcessResult said = simulate(desk, config, settings);
        INFO(config.file << ", " << settings.front() << ":\n" << said.output);
        CHECK(said.exit_code == 0);
    }
}

TEST_CASE("the checker names what a faulty periphery does to the array", "[checker]") {
    if (!have_verilator()) return;
    struct Fault {
        Case config;
        std::string from, to, rule;
    };
    const std::vector<Fault> faults = {
        {{"conventional"}, "DriveCycles - 1)", "DriveCycles - 2)", "early_sample"},
        {{"lanes"}, "(start && start_convert_o) || (hold_q", "(hold_q", "hold_low"},
        {{"gap"},
         "gap_q <= GapBits'(SampleGap);",
         "gap_q <= GapBits'(SampleGap - 1);",
         "sample_gap"},
        {{"bound"}, ".driving_i(state_q == StDrive)", ".driving_i(1'b0)", "drive_long"}};
    for (const Fault& fault : faults) {
        const Desk desk;
        bind_checker(desk, fault.config);
        std::string block = slurp(desk.at("g/rtl/cim_array_timing.sv"));
        const std::size_t at = block.find(fault.from);
        REQUIRE(at != std::string::npos);
        desk.put("over/cim_array_timing.sv", block.replace(at, fault.from.size(), fault.to));
        const ProcessResult said = simulate(desk, fault.config);
        INFO(fault.rule << ":\n" << said.output);
        CHECK(said.exit_code != 0);
        CHECK(first_rule(said.output) == fault.rule);
    }
}
