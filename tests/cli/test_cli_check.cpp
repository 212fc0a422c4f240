// SPDX-License-Identifier: Apache-2.0
// Rationale: `check` is where a user learns what the tool makes of a config. What it takes from the
// rate, and what it changes, is said in the line that calls the config valid; nothing is said where
// the config stands as it is. Numbers by hand.
#include "cli_bench.hpp"

namespace {

using namespace cli_bench;

TEST_CASE("usage: check says what the handshake of an ADC with its own clock costs", "[cli]") {
    const Desk desk;
    const ProcessResult own = desk.run(
        {"check", "mini.yaml", "-P", "adc.kind=async", "-P", "adc.latency=4", "-P", "adc.share=2"});
    check_passed(own);
    CHECK_THAT(own.output,
               Contains("adc.kind async: a conversion takes up to 10 cycles, 6 of them its "
                        "handshake; the rate bound counts 20 a step"));
    CHECK_THAT(desk.run({"check", "mini.yaml"}).output, !Contains("handshake"));
}

TEST_CASE("usage: one of a kind is said in the singular", "[cli]") {
    const Desk desk;
    desk.put("one.yaml",
             "name: one\nscheme: binsparx\narray: {rows: 8, outputs: 1}\nadc: {latency: 1}\n");
    const ProcessResult check = desk.run({"check", "one.yaml"});
    check_passed(check);
    CHECK_THAT(check.output, Contains("(8 rows x 1 output, 1 plane, 1 ADC of "));
    desk.put_npy("x1.npy", {1, 8}, 1, 1);
    desk.put_npy("w1.npy", {8, 1}, 1, 1);
    const ProcessResult run = desk.run(
        {"run", "one.yaml", "--engine", "golden", "--inputs", "x1.npy", "--weights", "w1.npy"});
    check_passed(run);
    CHECK_THAT(run.output, Contains("1 vector, 1 output, 1 conversion"));
    CHECK_THAT(desk.run({"check", "mini.yaml"}).output, Contains(" outputs, "));
}

TEST_CASE("usage: check says the bound of a drive that counts", "[cli]") {
    const Desk desk;
    const auto check = [&](std::vector<std::string> keys) {
        std::vector<std::string> words = {"check", "mini.yaml"};
        for (std::string& key : keys) words.insert(words.end(), {"-P", std::move(key)});
        const ProcessResult said = desk.run(words);
        check_passed(said);
        return said.output;
    };
    // max(settle, 1) + sample_gap + 64 + 16; with a clock of its own an ADC takes 6 cycles more.
    CHECK_THAT(check({"array.max_drive=1", "adc.latency=64"}),
               Contains("; array.max_drive 1 -> 81: a drive that waits for a conversion (64 "
                        "cycles) needs max(settle, 1) + sample_gap + conversion + 16\n"));
    CHECK_THAT(
        check({"array.max_drive=80", "adc.latency=60", "array.settle=3", "array.sample_gap=2",
               "adc.kind=async"}),
        Contains("array.max_drive 80 -> 87: a drive that waits for a conversion (66 cycles)"));
    CHECK_THAT(check({"array.max_drive=81", "adc.latency=64"}), !Contains("max_drive"));
    CHECK_THAT(check({"array.max_drive=0", "adc.latency=64"}), !Contains("max_drive"));
    CHECK_THAT(check({"array.max_drive=1", "array.hold=none"}),
               Contains("; array.max_drive 1 has no effect with array.hold none"));
}

TEST_CASE("usage: check says what stream.max_bits costs", "[cli]") {
    const Desk desk;
    // 64 inputs of 3 bits in 6 cycles: 16 a beat, of which 8 bits hold 2.
    const ProcessResult bound =
        desk.run({"check", "mini.yaml", "-P", "array.rows=64", "-P", "stream.max_bits=8"});
    check_passed(bound);
    CHECK_THAT(bound.output,
               Contains("stream.max_bits 8 bounds stream.in to 2 (the rate needs 16): up to 26 "
                        "cycles more a tile"));
    const ProcessResult free = desk.run({"check", "mini.yaml", "-P", "array.rows=64"});
    check_passed(free);
    CHECK_THAT(free.output, !Contains("max_bits"));
    const ProcessResult chosen =
        desk.run({"check", "mini.yaml", "-P", "stream.in=1", "-P", "stream.max_bits=8"});
    CHECK_THAT(chosen.output, !Contains("stream.in"));
}

}  // namespace
