/// Rationale: σ are decimals that become integers, exactly: a binary fraction in between would
/// round some of them to the other side. And the section must leave no trace below rtl/.
#include <catch2/catch.hpp>
#include <map>

#include "generator/design.hpp"
#include "generator/render.hpp"
#include "support.hpp"

namespace {

using namespace support;
using generator::load_config;

const std::string zebra_array = zebra_text + "analog:\n";
const std::string array_text = conventional_text + "analog:\n";

generator::AnalogConfig analog(const std::string& lines) {
    return load_config(array_text + lines, "f.yaml").analog;
}
std::int64_t noise(const std::string& text) { return analog("  noise: " + text + "\n").noise; }

std::map<std::string, std::string> rtl_of(const std::string& text) {
    std::map<std::string, std::string> files;
    for (auto& f : generator::render(generator::load_design(text, "f.yaml"))) {
        if (f.path.starts_with("rtl/")) files[f.path] = f.contents;
    }
    return files;
}

TEST_CASE("analog: decimals go to the nearest multiple of 2^-16, half up") {
    CHECK(noise("0.173") == 11338);
    CHECK(noise("5e-5") == 3);
    CHECK(noise("5E-5") == 3);
    CHECK(noise(".5") == 32768);
    CHECK(noise("64") == 64 * 65536);
    CHECK(noise("64.000") == 64 * 65536);
    CHECK(noise("0.64e2") == 64 * 65536);
    CHECK(noise("+1.") == 65536);
    CHECK(noise("-0.0") == 0);
    // 2^-17 is half a unit, and the next digit decides.
    CHECK(noise("0.00000762939453125") == 1);
    CHECK(noise("0.0000076293945312499999999999999999") == 0);
    CHECK(noise("1e-300") == 0);
    CHECK(noise("0e99") == 0);
    CHECK(analog("  ir_drop: 0.001\n").ir_drop == 4294967);
    CHECK(analog("  ir_drop: 1e-2\n").ir_drop == 42949673);
    CHECK(analog("  mismatch: 0.5\n").mismatch == 32768);
}

TEST_CASE("analog: choices and defaults") {
    const generator::AnalogConfig none = load_config(conventional_text, "f.yaml").analog;
    CHECK(none.seed == 1);
    CHECK_FALSE(none.has_effect());
    const auto all = analog(
        "  seed: 4294967295\n  noise_unit: v\n  mismatch_kind: lognormal\n  mismatch_per: unit\n"
        "  adc_offset: 2\n  adc_gain: 0.25\n");
    CHECK(all.seed == 4294967295);
    CHECK(all.noise_in_v);
    CHECK(all.lognormal);
    CHECK(all.per_unit);
    CHECK(all.adc_offset == 131072);
    CHECK(all.adc_gain == 16384);
    CHECK(all.has_effect());
}

TEST_CASE("analog: the resolved config writes the value taken") {
    const auto config = load_config(array_text + "  noise: 0.3108\n  ir_drop: 1.97e-05\n", "f");
    const std::string text = generator::to_yaml(config);
    CHECK_THAT(text, Catch::Contains("noise: 0.3108062744140625\n"));
    CHECK_THAT(text, Catch::Contains("ir_drop: 0.00001970003359019756317138671875\n"));
    CHECK(load_config(text, "again").analog.ir_drop == config.analog.ir_drop);
    CHECK(generator::to_yaml(load_config(text, "again")) == text);
}

TEST_CASE("analog: nothing below rtl/ depends on it, the model does") {
    for (const auto& scheme : generator::schemes()) {
        const std::string plain = smallest_text(*scheme);
        INFO(plain);
        const std::string real = plain +
                                 "analog: {seed: 7, noise: 0.5, noise_unit: v,"
                                 " mismatch: 0.1, adc_offset: 1, adc_gain: 0.1}\n";
        CHECK(rtl_of(plain) == rtl_of(real));
        const auto design = generator::load_design(real, "f.yaml");
        CHECK(generator::config_hash(design) ==
              generator::config_hash(generator::load_design(plain, "f.yaml")));
        CHECK(design.real_array);
    }
}

TEST_CASE("analog: accumulators reckon with what a correction can make of a code") {
    const auto bits = [](const std::string& text, const std::string& more) {
        return generator::load_design(text + more, "f.yaml").accumulator.bits;
    };
    const std::string one =
        "name: t\nscheme: conventional\narray: {rows: 1, outputs: 1}\n"
        "input: {bits: 1}\nweight: {bits: 1}\n";
    CHECK(bits(one, "adc: {bits: 2}\n") == 7);                      // −3 · 16 … 0
    CHECK(bits(one, "adc: {bits: 2, correction_bits: 4}\n") == 9);  // −11 · 16 … 7 · 16
}

}  // namespace
