// SPDX-License-Identifier: Apache-2.0
// Rationale: scripts go by exit codes, newcomers by --help. All commands by one list: help and
// version succeed, a wrong line is exit 2 and writes nothing, bad input is exit 1; overrides,
// quiet, several configs, and a schema that is JSON.
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

const Words commands = {"gen", "check", "run", "sim", "synth", "quantize", "schema"};

}  // namespace

TEST_CASE("usage: help and version of the program and of each command", "[cli]") {
    const Desk desk;
    const ProcessResult help = desk.run({"--help"});
    check_passed(help);
    for (const std::string& command : commands) CHECK_THAT(help.output, Contains("  " + command));
    CHECK_THAT(help.output,
               Contains("conventional") && Contains("zebra") && Contains("Exit codes"));
    const ProcessResult version = desk.run({"--version"});
    check_passed(version);
    CHECK_THAT(version.output, StartsWith("cimrtl "));
    for (const std::string& command : commands) {
        INFO(command);
        const ProcessResult one = desk.run({command, "--help"});
        check_passed(one);
        CHECK_THAT(one.output, Contains("cimrtl " + command));
        for (const char* option : {"--quiet", "--version", "--help"})
            CHECK_THAT(one.output, Contains(option));
        // A schema has no config whose values could be others.
        CHECK((one.output.find("--param") != std::string::npos) == (command != "schema"));
        const ProcessResult own = desk.run({command, "--version"});
        check_passed(own);
        CHECK(own.output == version.output);
    }
    CHECK(desk.names() == std::set<std::string>{"mini.yaml", "w.npy", "x.npy"});
}

TEST_CASE("usage: a wrong command line is exit 2 and writes nothing", "[cli]") {
    const Desk desk;
    const std::vector<Words> lines = {
        {},
        {"generate"},
        {"gen"},
        {"gen", "mini.yaml", "another.yaml"},
        {"gen", "mini.yaml", "-o"},
        {"check"},
        {"run", "mini.yaml"},
        {"run", "mini.yaml", "--weights", "w.npy"},
        {"run", "mini.yaml", "--inputs", "x.npy"},
        {"run", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy", "--engine", "verilog"},
        {"sim"},
        {"sim", "mini.yaml", "--vectors", "0"},
        {"sim", "mini.yaml", "--vectors", "many"},
        {"sim", "mini.yaml", "--seed", "-1"},
        {"synth"},
        {"synth", "mini.yaml", "--clock-ps", "0"},
        {"quantize", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy"},
        {"schema", "mini.yaml"},
        {"schema", "-P", "array.rows=8"},
        {"gen", "mini.yaml", "-o", ""},
        {"gen", ""},
        {"run", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy", "--output", ""},
        {"net", "m.onnx", "--list", "mini.yaml"},
        {"net", "m.onnx", "--list", "--digital", "a"},
        {"net", "m.onnx", "--list", "-o", "out"},
        {"net", "m.onnx", "--list", "-P", "array.rows=8"},
        {"gen", "mini.yaml", "-P"},
        {"gen", "mini.yaml", "-P", "array.rows"},
        {"gen", "mini.yaml", "-P", "=8"},
    };
    for (const Words& line : lines) {
        std::string text;
        for (const std::string& word : line) text += " " + word;
        const ProcessResult r = desk.run(line);
        INFO("cimrtl" << text << "\n" << r.output);
        CHECK(r.exit_code == 2);
        CHECK(!r.output.empty());
    }
    for (const std::string& command : commands) {
        const ProcessResult r = desk.run({command, "mini.yaml", "--no-such-option"});
        INFO(command << "\n" << r.output);
        CHECK(r.exit_code == 2);
        CHECK_THAT(r.output, Contains("--"));
    }
    CHECK(desk.names() == std::set<std::string>{"mini.yaml", "w.npy", "x.npy"});
}

TEST_CASE("usage: an unknown command and a seed beyond 64 bits are named", "[cli]") {
    const Desk desk;
    const auto refused = [&](const Words& words, const Words& parts) {
        const ProcessResult r = desk.run(words);
        INFO(r.output);
        CHECK(r.exit_code == 2);
        CHECK(r.output.size() < 300);
        for (const std::string& part : parts) CHECK_THAT(r.output, Contains(part));
    };
    refused(
        {"frob"},
        {"found frob",
         "gen, check, run, sim, synth, compare, explore, quantize, chip, calibrate, characterize, net, schema"});
    refused({"frob", "mini.yaml", "-q"}, {"found frob"});
    refused({}, {"subcommand is required"});
    for (const std::string seed : {"18446744073709551616", "-1", "1.5", "0x10", "", "1 "}) {
        refused({"sim", "mini.yaml", "--seed", seed},
                {"--seed", "found " + seed, "0 to 18446744073709551615"});
    }
}

TEST_CASE("usage: a part of a key is not overridden by itself", "[cli]") {
    const Desk desk;
    desk.put("z.yaml", "name: z\nscheme: zebra\narray: {rows: 4, outputs: 4}\n");
    check_failed(desk.run({"check", "z.yaml", "-P", "zebra.pattern.ratio=2"}),
                 {"-P zebra.pattern.ratio: error:", "found a part of zebra.pattern",
                  "-P 'zebra.pattern=VALUE'", "{base: [p3, p2, p1, p0], ratio: n}"});
    check_passed(
        desk.run({"check", "z.yaml", "-P", "zebra.pattern={base: [3, 2, 1, 0], ratio: 2}"}));
}

TEST_CASE("usage: -P overrides", "[cli]") {
    const Desk desk;
    const ProcessResult good =
        desk.run({"check", "mini.yaml", "-P", "array.rows=16", "-P", "weight.bits=5"});
    check_passed(good);
    CHECK_THAT(good.output, Contains("16 rows") && Contains("5 planes"));
    check_failed(desk.run({"check", "mini.yaml", "-P", "array.depth=3"}),
                 {"-P array.depth: error:"});
    check_failed(desk.run({"check", "mini.yaml", "-P", "array.rows=0"}),
                 {"-P array.rows: error:", "found 0", "1"});
    check_failed(desk.run({"check", "mini.yaml", "-P", "array.rows=many"}),
                 {"-P array.rows: error:", "many"});
    check_failed(desk.run({"check", "mini.yaml", "-P", "array.rows="}), {"-P array.rows: error:"});
    // One that would do and one that would not: nothing is done.
    check_failed(
        desk.run({"gen", "mini.yaml", "-P", "array.rows=8", "-P", "zebra.pattern=option1"}),
        {"-P zebra.pattern: error:"});
    CHECK(!fs::exists(desk.at("gen_out")));
}

TEST_CASE("usage: quiet prints errors only", "[cli]") {
    const Desk desk;
    for (const Words& line : std::vector<Words>{{"check", "-q", "mini.yaml"},
                                                {"gen", "mini.yaml", "--quiet"},
                                                {"gen", "-q", "mini.yaml", "-o", "other"}}) {
        const ProcessResult r = desk.run(line);
        check_passed(r);
        CHECK(r.output.empty());
    }
    const ProcessResult run = desk.golden({"-q", "--output", "y.npy"});
    check_passed(run);
    CHECK(run.output.empty());
    CHECK(fs::exists(desk.at("y.npy")));
    check_failed(desk.run({"check", "-q", "missing.yaml"}), {"missing.yaml"});
    // Aloud, each of them says something.
    CHECK(!desk.run({"check", "mini.yaml"}).output.empty());
    CHECK(!desk.run({"gen", "mini.yaml"}).output.empty());
    CHECK(!desk.golden().output.empty());
}

TEST_CASE("usage: check tells every error of every config", "[cli]") {
    const Desk desk;
    desk.put("one.yaml",
             "name: one\nscheme: conventional\narray: {rows: 0, outputs: 9999}\n"
             "input: {bits: 3}\nweight: {bits: 2}\n");
    desk.put("two.yaml",
             "name: two\nscheme: zebra\narray: {rows: 4, outputs: 4}\nzebra: {pattern: x}\n");
    const ProcessResult r =
        desk.run({"check", "one.yaml", "mini.yaml", "missing.yaml", "two.yaml"});
    check_failed(r, {"one.yaml:3:15: error: array.rows:", "one.yaml:3:27: error: array.outputs:",
                     "mini.yaml: valid", "missing.yaml", "two.yaml:4:18: error: zebra.pattern:"});
    CHECK(desk.run({"check", "mini.yaml", "mini.yaml"}).exit_code == 0);
}

TEST_CASE("usage: schema is JSON with every section, and a full device is noticed", "[cli]") {
    const Desk desk;
    const ProcessResult r = desk.run({"schema"});
    check_passed(r);
    const auto schema = nlohmann::json::parse(r.output, nullptr, false);
    REQUIRE(schema.is_object());
    CHECK(schema.contains("$schema"));
    const std::string text = schema.dump();
    for (const char* key : {"array", "adc", "accumulator", "stream", "input", "weight", "zebra"}) {
        CHECK_THAT(text, Contains(std::string("\"") + key + "\""));
    }
    if (!fs::exists("/dev/full")) return;
    for (const std::string words : {"schema", "check mini.yaml"}) {
        Command full;
        full.argv = {"/bin/sh", "-c", fmt::format("'{}' {} > /dev/full", CIMRTL_TOOL, words)};
        full.cwd = desk.path();
        check_failed(run_process(full), {"No space left on device"});
    }
}

TEST_CASE("usage: small words of messages", "[cli]") {
    const Desk desk;
    check_failed(desk.run({"check", "mini.yaml", "-P", "accumulator.bias=True"}),
                 {"found True; expected true or false, in lower case"});
    desk.put("b.yaml",
             "name: b\nscheme: bfp\narray: {rows: 4, outputs: 2}\ninput: {bits: 4}\n"
             "weight: {bits: 2}\nbfp: {block: dynamic, mantissa_bits: 2}\n");
    for (const std::string number :
         {"99999999999999999999", "-99999999999999999999", "9223372036854775808"}) {
        check_failed(desk.run({"run", "b.yaml", "--weights", "w.npy", "--inputs", "x.npy",
                               "--engine", "golden", "--mantissa", number}),
                     {"--mantissa: found " + number + "; expected 1 to "});
    }
}

TEST_CASE("usage: - is a config on standard input", "[cli]") {
    const Desk desk;
    const auto shell = [&](const std::string& line) {
        Command c;
        c.argv = {"/bin/sh", "-c", fmt::format("'{}' {}", CIMRTL_TOOL, line)};
        c.cwd = desk.path();
        return run_process(c);
    };
    check_passed(shell("check - < mini.yaml"));
    check_passed(shell("gen - -o here < mini.yaml"));
    CHECK(fs::exists(desk.at("here/manifest.json")));
    check_failed(shell("check -P array.rows=0 - < mini.yaml"), {"-P array.rows"});
    check_failed(shell("check - < w.npy"), {"<stdin>:1:1: error: "});
    check_failed(shell("check - < /dev/null"), {"<stdin>"});
    check_failed(shell("check - <&-"), {"<stdin>"});
}

TEST_CASE("usage: net --list writes what --json asks for", "[cli]") {
    const Desk desk;
    const std::string model =
        std::string(CIMRTL_SOURCE_DIR) + "/tests/network/models/products.onnx";
    const ProcessResult r = desk.run({"net", model, "--list", "--json", "list.json"});
    check_passed(r);
    CHECK_THAT(r.output, Contains("**2 layers**"));
    const auto j = nlohmann::json::parse(base::bytes_of(desk.at("list.json")));
    CHECK(j.at("layers").size() == 2);
    CHECK(j.at("layers").at(1).at("K") == 24);
    CHECK(j.at("layers").at(1).at("M") == 20);
}
