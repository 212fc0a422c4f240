// SPDX-License-Identifier: Apache-2.0
// Rationale: an array that is not ideal is described by a section, measured by files and corrected
// by registers; each way in which these do not fit has to end in exit 1 and say why. That a chip
// given back is the chip that was drawn, and that a calibration takes offsets away on data that it
// did not see, is checked on results; the law itself has its own tests in golden.
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// real.yaml: mini with every effect, share 1 (4 ADCs), corrections of 5 bits. ideal.yaml: the same
/// without the section.
struct AnalogDesk : Desk {
    AnalogDesk() {
        std::string text = mini_config;
        text.replace(text.find("  latency: 1\n"), 13,
                     "  latency: 1\n  share: 1\n  bits: 6\n  correction_bits: 5\n");
        put("ideal.yaml", text);
        put("real.yaml", text +
                             "analog: {seed: 5, noise: 0.4, mismatch: 0.1, ir_drop: 0.001,\n"
                             "         adc_offset: 1.5, adc_gain: 0.05}\n");
    }
    ProcessResult golden(const std::string& config, const Words& more = {}) const {
        Words words = {"run",      config,  "--engine",  "golden",
                       "--inputs", "x.npy", "--weights", "w.npy"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    nlohmann::json stats(const std::string& config, const Words& more = {}) const {
        Words words = {"--stats", "s.json"};
        words.insert(words.end(), more.begin(), more.end());
        check_passed(golden(config, words));
        std::ifstream in(at("s.json"));
        return nlohmann::json::parse(in);
    }
};

}  // namespace

TEST_CASE("run, analog: a chip given back is the chip that was drawn", "[cli]") {
    const AnalogDesk desk;
    check_passed(desk.run({"chip", "real.yaml", "-o", "chip"}));
    CHECK(desk.names("chip") ==
          std::set<std::string>{"adc_gain.npy", "adc_inl.npy", "adc_offset.npy", "cell_gain.npy"});
    CHECK(read_npy_int(desk.at("chip/cell_gain.npy")).shape == std::vector<std::size_t>{2, 4, 4});
    CHECK(read_npy_int(desk.at("chip/adc_inl.npy")).shape == std::vector<std::size_t>{4, 64});
    const Words chip = {"--cell-gain", "chip/cell_gain.npy", "--adc-offset", "chip/adc_offset.npy",
                        "--adc-gain",  "chip/adc_gain.npy",  "--adc-inl",    "chip/adc_inl.npy"};
    check_passed(desk.golden("real.yaml", {"--output", "drawn.npy"}));
    Words given = chip;
    given.insert(given.end(), {"--output", "given.npy"});
    check_passed(desk.golden("real.yaml", given));
    CHECK(read_npy_int(desk.at("given.npy")).data == read_npy_int(desk.at("drawn.npy")).data);
    // Without the section they work too: no noise and no wire, so other results.
    given.back() = "measured.npy";
    check_passed(desk.golden("ideal.yaml", given));
    CHECK(read_npy_int(desk.at("measured.npy")).data != read_npy_int(desk.at("drawn.npy")).data);
    check_passed(desk.run({"chip", "real.yaml", "-o", "more", "--mem"}));
    CHECK(desk.names("more").size() == 8);
}

TEST_CASE("run, analog: csnr_db", "[cli]") {
    const AnalogDesk desk;
    CHECK(desk.stats("ideal.yaml")["csnr_db"].is_null());
    check_passed(desk.golden("ideal.yaml", {"--output", "y0.npy"}));
    const nlohmann::json real = desk.stats("real.yaml", {"--output", "y.npy"});
    const auto y = read_npy_int(desk.at("y.npy")), y0 = read_npy_int(desk.at("y0.npy"));
    double signal = 0, noise = 0;
    for (std::size_t i = 0; i < y.data.size(); ++i) {
        signal += std::pow(static_cast<double>(y0.data[i]), 2);
        noise += std::pow(static_cast<double>(y.data[i] - y0.data[i]), 2);
    }
    CHECK(real["csnr_db"].get<double>() == Approx(10 * std::log10(signal / noise)));
}

TEST_CASE("run, analog: a wire that takes more than half is said", "[cli]") {
    const AnalogDesk desk;
    desk.put("long.yaml",
             "name: long\nscheme: conventional\narray: {rows: 200, outputs: 1}\n"
             "input: {bits: 1}\nweight: {bits: 1}\nanalog: {ir_drop: 0.01}\n");
    desk.put_npy("xl.npy", {1, 200}, 1, 1);
    desk.put_npy("wl.npy", {200, 1}, 1, -1);
    const auto r = desk.run(
        {"run", "long.yaml", "--engine", "golden", "--inputs", "xl.npy", "--weights", "wl.npy"});
    check_passed(r);
    CHECK_THAT(r.output, Contains("1 conversion in which a column lost more than half"));
    CHECK_THAT(desk.golden("real.yaml").output, !Contains("lost more than half"));
}

TEST_CASE("run, analog: measured files that do not fit", "[cli]") {
    const AnalogDesk desk;
    desk.put_npy("gain3.npy", {3, 4, 4}, 1, 65536);
    desk.put_npy("gain_rows.npy", {2, 5, 4}, 1, 65536);
    desk.put_npy("gain_flat.npy", {32}, 1, 65536);
    desk.put_npy("gain_big.npy", {1, 4, 4}, 1, 1 << 18);
    desk.put_npy("four.npy", {4}, 1, 0);
    desk.put_npy("five.npy", {5}, 1, 0);
    desk.put_npy("far.npy", {4}, 1, (1 << 22) + 1);
    desk.put_npy("low.npy", {4}, 1, -(1 << 15) - 1);
    desk.put_npy("inl.npy", {4, 32}, 1, 0);
    const auto bad = [&](const Words& more, const Words& parts) {
        check_failed(desk.golden("real.yaml", more), parts);
    };
    bad({"--cell-gain", "gain3.npy"}, {"gain3.npy", "(3, 4, 4)", "(2, 4, 4)", "dimension 0 is 3"});
    bad({"--cell-gain", "gain_rows.npy"}, {"(2, 5, 4)", "dimension 1 is 5 in the file and 4 in"});
    bad({"--cell-gain", "gain_flat.npy"}, {"(32,)", "(banks or 1, rows, outputs*planes)"});
    bad({"--cell-gain", "gain_big.npy"}, {"gain_big.npy", "[0, 0, 0]", "262144", "0 to 262143"});
    bad({"--adc-offset", "five.npy"}, {"five.npy", "(5,)", "(4,)"});
    bad({"--adc-offset", "far.npy"}, {"far.npy", "4194305", "-4194304 to 4194304"});
    bad({"--adc-gain", "low.npy"}, {"low.npy", "-32769", "-32768 to 32768"});
    bad({"--adc-inl", "inl.npy"}, {"inl.npy", "(4, 32)", "(4, 64)", "dimension 1 is 32"});
    desk.put_npy("inl_adcs.npy", {8, 64}, 1, 0);
    desk.put_npy("inl_far.npy", {4, 64}, 1, -(1 << 22) - 1);
    desk.put_npy("gain_negative.npy", {2, 4, 4}, 1, -1);
    desk.put_npy("gain_columns.npy", {1, 4, 8}, 1, 65536);
    bad({"--adc-inl", "inl_adcs.npy"}, {"(8, 64)", "dimension 0 is 8"});
    bad({"--adc-inl", "inl_far.npy"}, {"inl_far.npy", "[0, 0]", "-4194305"});
    bad({"--cell-gain", "gain_negative.npy"}, {"gain_negative.npy", "-1", "0 to 262143"});
    bad({"--cell-gain", "gain_columns.npy"}, {"(1, 4, 8)", "dimension 2 is 8"});
    desk.put("nan.npy", encode_npy(Tensor<float>{{4}, {0, NAN, 0, 0}}));
    bad({"--adc-gain", "nan.npy"}, {"nan.npy", "integer"});
    bad({"--adc-gain", "missing.npy"}, {"missing.npy"});
    desk.put("float.npy", encode_npy(Tensor<float>{{4}, {0, 0, 0, 0}}));
    bad({"--adc-offset", "float.npy"}, {"float.npy", "integer"});
    check_passed(desk.golden("real.yaml", {"--adc-offset", "four.npy"}));
}

TEST_CASE("run, analog: a chip of another config", "[cli]") {
    const AnalogDesk desk;
    const auto refused = [&](const std::string& change, const std::string& file,
                             const Words& parts) {
        check_passed(desk.run({"chip", "real.yaml", "-P", change, "-o", "other"}));
        const std::string option =
            "--" + file.substr(0, file.find('_')) + "-" + file.substr(file.find('_') + 1);
        check_failed(desk.golden("real.yaml", {option, "other/" + file + ".npy"}), parts);
    };
    refused("array.banks=3", "cell_gain", {"(3, 4, 4)", "dimension 0 is 3 in the file"});
    refused("array.rows=8", "cell_gain", {"(2, 8, 4)", "dimension 1 is 8 in the file and 4 in"});
    refused("adc.share=2", "adc_offset", {"(2,)", "(4,)", "(ADCs,)"});
    refused("adc.share=2", "adc_gain", {"(2,)", "(4,)", "(ADCs,)"});
    refused("adc.bits=5", "adc_inl", {"(4, 32)", "(4, 64)", "dimension 1 is 32 in the file"});
}

TEST_CASE("chip: one gain for all banks is written for each to the model's file", "[cli]") {
    const AnalogDesk desk;
    check_passed(
        desk.run({"chip", "real.yaml", "-P", "analog.mismatch_per=unit", "-o", "unit", "--mem"}));
    const auto gains = read_npy_int(desk.at("unit/cell_gain.npy"));
    CHECK(gains.shape == std::vector<std::size_t>{1, 4, 4});
    std::ifstream in(desk.at("unit/cell_gain.mem"));
    std::vector<std::int64_t> words;
    for (std::string line; std::getline(in, line);) words.push_back(std::stoll(line, nullptr, 16));
    REQUIRE(words.size() == 2 * gains.data.size());
    for (std::size_t i = 0; i < words.size(); ++i) CHECK(words[i] == gains.data[i % 16]);
}

TEST_CASE("chip: what it cannot do", "[cli]") {
    const AnalogDesk desk;
    desk.put("file", "");
    check_failed(desk.run({"chip", "real.yaml", "-o", "file"}), {"file"});
    check_failed(desk.run({"chip", "real.yaml", "-P", "analog.noise=65", "-o", "c"}),
                 {"analog.noise", "65", "0 to 64"});
    check_failed(desk.run({"chip", "real.yaml", "-P", "analog.noise=nan", "-o", "c"}),
                 {"analog.noise", "nan"});
    CHECK_FALSE(fs::exists(desk.at("c")));
}

TEST_CASE("run, analog: corrections need bits, and their range", "[cli]") {
    const AnalogDesk desk;
    desk.put_npy("c.npy", {4}, 1, 15);
    desk.put_npy("wide.npy", {4}, 1, 16);
    check_passed(desk.golden("real.yaml", {"--correction", "c.npy"}));
    check_failed(desk.golden("real.yaml", {"--correction", "wide.npy"}), {"wide.npy", "-16 to 15"});
    desk.put_npy("low.npy", {4}, 1, -17);
    desk.put_npy("three.npy", {3}, 1, 0);
    check_failed(desk.golden("real.yaml", {"--correction", "low.npy"}), {"-17", "-16 to 15"});
    check_failed(desk.golden("real.yaml", {"--correction", "three.npy"}), {"(3,)", "(4,)"});
    check_failed(desk.golden("mini.yaml", {"--correction", "c.npy"}),
                 {"--correction", "not taken", "adc.correction_bits: 0"});
}

TEST_CASE("calibrate: offsets go away on data that it did not use", "[cli]") {
    const AnalogDesk desk;
    // Offsets of whole steps on an ADC with room above and below: what is left is the noise.
    desk.put("chip.yaml",
             "name: chip\nscheme: zebra\narray: {rows: 16, outputs: 2, banks: 1}\n"
             "adc: {bits: 12, share: 1, correction_bits: 6}\n"
             "analog: {adc_offset: 2, noise: 0.3, seed: 3}\n");
    const auto first = desk.run({"calibrate", "chip.yaml", "-o", "c.npy"});
    check_passed(first);
    CHECK_THAT(first.output, Contains("before: mean") && Contains("after: mean"));
    check_passed(desk.run({"calibrate", "chip.yaml", "-o", "again.npy"}));
    const auto c = read_npy_int(desk.at("c.npy"));
    CHECK(c.data == read_npy_int(desk.at("again.npy")).data);
    check_passed(desk.run({"chip", "chip.yaml", "-o", "chip"}));
    const auto offsets = read_npy_int(desk.at("chip/adc_offset.npy"));
    REQUIRE(c.shape == offsets.shape);
    std::set<std::int64_t> found;
    for (std::size_t a = 0; a < c.data.size(); ++a) {
        CHECK(std::abs(static_cast<double>(offsets.data[a]) / 65536 -
                       static_cast<double>(c.data[a])) < 0.55);
        found.insert(c.data[a]);
    }
    CHECK(found.size() > 2);
}

TEST_CASE("calibrate: what it cannot do", "[cli]") {
    const AnalogDesk desk;
    desk.put_npy("five.npy", {5}, 1, 0);
    check_failed(desk.run({"calibrate", "mini.yaml", "-o", "c.npy"}), {"adc.correction_bits", "0"});
    check_failed(desk.run({"calibrate", "real.yaml", "-P", "adc.bits=1", "-o", "c.npy"}),
                 {"ADC 0", "end of the range 0 to 1"});
    check_failed(desk.run({"calibrate", "real.yaml", "--adc-offset", "five.npy", "-o", "c.npy"}),
                 {"five.npy", "(4,)"});
    check_failed(desk.run({"calibrate", "real.yaml", "-o", "none/c.npy"}), {"none"});
    check_failed(desk.run({"calibrate", "real.yaml", "--correction", "old.npy", "-o", "c.npy"}),
                 {"--correction", "old.npy", "without any"});
    desk.put("cq.yaml",
             "name: cq\nscheme: column_quant\narray: {rows: 4, outputs: 2}\n"
             "adc: {bits: 4, correction_bits: 3}\ninput: {bits: 2}\nweight: {bits: 2}\n");
    check_failed(desk.run({"calibrate", "cq.yaml", "-o", "c.npy"}), {"--alpha", "missing"});
    CHECK_FALSE(fs::exists(desk.at("c.npy")));
}
