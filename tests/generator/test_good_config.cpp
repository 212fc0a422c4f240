// SPDX-License-Identifier: Apache-2.0
/// Rationale: what is right must load, with the right numbers. Covered: the ready configs, the
/// shared vectors (configs written apart from this project), each default and each derived
/// default, forms of YAML that people write, overrides, and that to_yaml() loses nothing.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>

#include "generator/design.hpp"
#include "generator/render.hpp"
#include "generator/scheme.hpp"
#include "generator/schemes/bfp/config.hpp"
#include "generator/schemes/binsparx/config.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"
#include "support.hpp"

namespace {

using namespace support;
using generator::load_config;

std::vector<fs::path> vector_configs() {
    const char* chosen = std::getenv("CIMRTL_VECTORS");
    const fs::path folder = chosen ? chosen : CIMRTL_VECTORS_DEFAULT;
    std::vector<fs::path> configs;
    REQUIRE(fs::is_directory(folder));
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::string scheme = entry.path().filename().string();
        if (scheme.starts_with("analog_")) scheme.erase(0, 7);
        const bool built = generator::find_scheme(scheme.substr(0, scheme.rfind('_'))) != nullptr;
        if (built) configs.push_back(entry.path() / "config.yaml");
    }
    return configs;
}

void check_round_trip(const generator::Config& config) {
    const std::string text = generator::to_yaml(config);
    INFO(text);
    CHECK(generator::to_yaml(load_config(text, "again.yaml")) == text);
}

TEST_CASE("a resolved config means the same: it writes the same files") {
    for (const fs::path& path : files_of(CIMRTL_CONFIG_DIR, ".yaml")) {
        INFO(path);
        const auto of = [](const generator::Config& config) {
            std::map<std::string, std::string> files;
            for (auto& f : generator::render(generator::elaborate(config)))
                files[f.path] = f.contents;
            return files;
        };
        const auto files = of(generator::load_config_file(path));
        CHECK(of(load_config(files.at("resolved.yaml"), "resolved.yaml")) == files);
    }
}

TEST_CASE("ready configs load and have their file's name") {
    const auto configs = files_of(CIMRTL_CONFIG_DIR, ".yaml");
    REQUIRE(configs.size() >= 4);
    for (const fs::path& path : configs) {
        INFO(path);
        const auto config = generator::load_config_file(path);
        CHECK(config.name == path.stem());
        check_round_trip(config);
    }
}

TEST_CASE("the reference cases load") {
    const auto configs = vector_configs();
    REQUIRE(!configs.empty());
    for (const fs::path& path : configs) {
        INFO(path);
        const auto config = generator::load_config_file(path);
        CHECK(config.name == path.parent_path().filename());
        check_round_trip(config);
    }
}

TEST_CASE("defaults are those of the contract") {
    const auto c = load_config(conventional_text, "f");
    CHECK(c.array.active_rows == 8);
    CHECK(c.array.banks == 16);
    CHECK(c.array.precharge == 0);
    CHECK(c.array.settle == 0);
    CHECK(c.array.hold == generator::Hold::column);
    CHECK(!c.adc.bits);
    CHECK(c.adc.step.num == 1);
    CHECK(c.adc.step.den == 1);
    CHECK(c.adc.share == 4);
    CHECK(c.adc.latency == 4);
    CHECK(c.accumulator.max_tiles == 16);
    CHECK(!c.accumulator.bits);
    CHECK(!c.accumulator.bias);
    CHECK(!c.accumulator.chain);
    CHECK((!c.stream.in && !c.stream.out && !c.stream.weight));
    CHECK(std::get<generator::conventional::Section>(c.section) ==
          generator::conventional::Section{4, false, 4});
    const auto z = load_config(zebra_text, "f");
    CHECK(std::get<generator::zebra::Section>(z.section) ==
          generator::zebra::Section{"option1", {0, 1, 2, 3}, 4});
    const auto b = load_config(binsparx_text, "f");
    CHECK(std::get<generator::binsparx::Section>(b.section) ==
          generator::binsparx::Section{true, true, false});
    CHECK(b.adc.step.num == 1);
    CHECK(b.adc.share == 1);
    const auto f = load_config(bfp_text, "f");
    CHECK(std::get<generator::bfp::Section>(f.section) == generator::bfp::Section{4, 4, 4, false});
    CHECK(f.adc.share == 4);
}

TEST_CASE("the smallest configs load, and every one by its table") {
    CHECK(smallest_text(*generator::find_scheme("conventional")) == conventional_text);
    CHECK(smallest_text(*generator::find_scheme("zebra")) == zebra_text);
    for (const auto& scheme : generator::schemes()) {
        const std::string text = smallest_text(*scheme);
        INFO(text);
        check_round_trip(load_config(text, "f"));
    }
}

TEST_CASE("zebra's positions are stored least significant first") {
    struct Row {
        std::string written;
        generator::zebra::Section section;
    };
    const std::vector<Row> rows = {
        {"option1", {"option1", {0, 1, 2, 3}, 4}},
        {"option2", {"option2", {0, 2, 4, 6}, 2}},
        {"option1_paired", {"option1_paired", {0, 1, 4, 5}, 4}},
        {"window2", {"window2", {0, 1, 2, 3}, 2}},
        {"{base: [7, 4, 1, 0], ratio: 1}", {"", {0, 1, 4, 7}, 1}},
        {"{ratio: 16, base: [3, 2, 1, 0]}", {"", {0, 1, 2, 3}, 16}},
        {"\n    base:\n    - 4\n    - 3\n    - 1\n    - 0\n    ratio: 8", {"", {0, 1, 3, 4}, 8}},
    };
    for (const Row& row : rows) {
        INFO(row.written);
        const auto c = load_config(zebra_text + "zebra:\n  pattern: " + row.written + "\n", "f");
        CHECK(std::get<generator::zebra::Section>(c.section) == row.section);
        check_round_trip(c);
    }
}

TEST_CASE("bfp's mantissa is 4 bits, or as long as its inputs") {
    const std::string text =
        "name: t\nscheme: bfp\narray: {rows: 8, outputs: 4}\nweight: {bits: 1}\n";
    for (const int bits : {2, 3, 4, 5, 8}) {
        const auto c = load_config(text + fmt::format("input: {{bits: {}}}\n", bits), "f");
        CHECK(std::get<generator::bfp::Section>(c.section).mantissa_bits == std::min(bits, 4));
        check_round_trip(c);
    }
    const auto c =
        load_config(text + "input: {bits: 6}\nbfp: {mantissa_bits: 6, block: dynamic}\n", "f");
    CHECK(std::get<generator::bfp::Section>(c.section) == generator::bfp::Section{6, 1, 6, true});
}

TEST_CASE("ranges of tensors follow the widths") {
    const auto range_of = [](const std::string& text) {
        const auto c = load_config(text, "f");
        const generator::Scheme& scheme = generator::scheme_of(c);
        const auto x = scheme.input_range(c), w = scheme.weight_range(c);
        return fmt::format("{}..{} {}..{}", x.min, x.max, w.min, w.max);
    };
    CHECK(range_of(conventional_text) == "0..15 -8..7");
    CHECK(range_of(conventional_text + "#") == "0..15 -8..7");
    CHECK(range_of("name: t\nscheme: conventional\narray: {rows: 1, outputs: 1}\n"
                   "input: {bits: 1, signed: true}\nweight: {bits: 1}") == "-1..0 -1..0");
    CHECK(range_of("name: t\nscheme: conventional\narray: {rows: 1, outputs: 1}\n"
                   "input: {bits: 8, signed: true}\nweight: {bits: 8}") == "-128..127 -128..127");
    CHECK(range_of(zebra_text) == "-255..255 -255..255");
    CHECK(range_of(bfp_text) == "0..15 -8..7");
    CHECK(range_of(binsparx_text) == "-1..1 -1..1");
    const generator::Scheme& binary = *generator::find_scheme("binsparx");
    const auto c = load_config(binsparx_text, "f");
    CHECK_FALSE(binary.input_range(c).holds(0));
    CHECK_FALSE(binary.weight_range(c).holds(0));
}

TEST_CASE("other spellings of the same YAML mean the same") {
    const std::string plain = generator::to_yaml(load_config(zebra_text, "f"));
    const std::vector<std::string> spellings = {
        "{name: t, scheme: zebra, array: {rows: 8, outputs: 4}}",
        "---\n# comment\nscheme: 'zebra'\narray: {outputs: 4, rows: 8}\nname: \"t\"\n...\n",
        "name: t\r\nscheme: zebra\r\narray:\r\n  rows: 8\r\n  outputs: 4\r\n",
        "\xef\xbb\xbfname: t\nscheme: zebra\narray:\n  rows: 8\n  outputs: 4",
        "name: t\nscheme: zebra\narray:\n  rows: &n 8\n  outputs: 4\n  active_rows: *n\n",
        zebra_text + "adc:\n  step: \"1/1\"\n  bits: \"auto\"\n",
    };
    for (const std::string& text : spellings) {
        INFO(text);
        CHECK(generator::to_yaml(load_config(text, "f")) == plain);
    }
}

TEST_CASE("a step is kept as it is written") {
    for (const std::string step : {"7", "18/10", "1/65535", "65535/1"}) {
        auto config = load_config(zebra_text + "adc: {bits: 8, step: " + step + "}", "f");
        const auto again = load_config(generator::to_yaml(config), "f");
        CHECK(fmt::format("{}/{}", again.adc.step.num, again.adc.step.den) ==
              (step.find('/') == std::string::npos ? step + "/1" : step));
    }
    const auto whole = load_config(binsparx_text + "adc: {step: 65535}", "f");
    CHECK(load_config(generator::to_yaml(whole), "f").adc.step.num == 65535);
}

TEST_CASE("names that YAML readers take for something else survive") {
    for (const std::string name : {"\"true\"", "\"false\"", "no", "on", "y", "off"}) {
        const auto config = load_config(zebra_text, "f", {{"name", name}});
        check_round_trip(config);
        CHECK_THAT(generator::to_yaml(config),
                   Catch::StartsWith("name: \"" + config.name + "\"\n"));
    }
}

TEST_CASE("overrides win over the file, and the last one wins") {
    const auto c = load_config(zebra_text + "adc:\n  latency: 9\n", "f",
                               {{"array.rows", "4"},
                                {"adc.latency", "nonsense"},
                                {"adc.latency", "3"},
                                {"array.hold", "none"},
                                {"stream.in", "2"},
                                {"zebra.pattern", "{base: [5, 4, 3, 0], ratio: 2}"}});
    CHECK(c.array.rows == 4);
    CHECK(c.array.active_rows == 4);
    CHECK(c.adc.latency == 3);
    CHECK(c.array.hold == generator::Hold::none);
    CHECK(c.stream.in == 2);
    CHECK(std::get<generator::zebra::Section>(c.section).base == std::array{0, 3, 4, 5});
}

TEST_CASE("an override repairs a wrong value in the file") {
    const auto c = load_config(zebra_text + "adc:\n  latency: 900\n", "f", {{"adc.latency", "3"}});
    CHECK(c.adc.latency == 3);
}

TEST_CASE("resolved numbers take the place of auto only") {
    const auto c = load_config(zebra_text, "f", {{"stream.in", "2"}});
    const auto text = generator::to_yaml(c, {{"adc.bits", "9"}, {"stream.in", "8"}});
    const auto resolved = load_config(text, "f");
    CHECK(resolved.adc.bits == 9);
    CHECK(resolved.stream.in == 2);
    CHECK(!resolved.stream.out);
}

TEST_CASE("limits themselves are allowed") {
    // 2^28 cells exactly, the largest share, the widest beats.
    const auto c = load_config(zebra_text, "f",
                               {{"array.rows", "1024"},
                                {"array.outputs", "1024"},
                                {"array.banks", "64"},
                                {"adc.share", "256"},
                                {"adc.bits", "16"},
                                {"stream.in", "1024"},
                                {"stream.out", "1024"},
                                {"stream.weight", "4096"}});
    CHECK(c.adc.share == 256);
}

}  // namespace
