// SPDX-License-Identifier: Apache-2.0
// Rationale: tensors come from other people's scripts. Each way in which they may not fit has to
// end in exit 1 with a message that names the file and what was found (index and value where there
// is one), and must leave an older output as it was. The right product is checked once, so that
// "exit 0" means something.
#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// The desk, with an older y.npy that no failure may touch.
struct OlderOutput : Desk {
    OlderOutput() { put("y.npy", "older"); }
    void check_kept(const ProcessResult& r, const Words& parts) const {
        check_failed(r, parts);
        CHECK(slurp(at("y.npy")) == "older");
        for (const std::string& name : names()) CHECK_THAT(name, !Contains(".tmp"));
    }
    void fails(const Words& more, const Words& parts, const std::string& x = "x.npy",
               const std::string& w = "w.npy") const {
        Words words = {"--output", "y.npy"};
        words.insert(words.end(), more.begin(), more.end());
        check_kept(golden(words, x, w), parts);
    }
};

}  // namespace

TEST_CASE("run: the product, with statistics", "[cli]") {
    const Desk desk;
    check_passed(desk.golden({"--output", "y.npy", "--stats", "s.json"}));
    const auto x = read_npy_int(desk.at("x.npy")), w = read_npy_int(desk.at("w.npy"));
    const auto y = read_npy_int(desk.at("y.npy"));
    REQUIRE(y.shape == std::vector<std::size_t>{5, 3});
    for (std::size_t v = 0; v < 5; ++v) {
        for (std::size_t m = 0; m < 3; ++m) {
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < 6; ++k) sum += x.data[v * 6 + k] * w.data[k * 3 + m];
            CHECK(y.data[v * 3 + m] == sum);
        }
    }
    CHECK_THAT(slurp(desk.at("s.json")),
               Contains("\"engine\": \"golden\"") && Contains("\"macs\": 90"));
}

TEST_CASE("run: shapes that do not fit", "[cli]") {
    const OlderOutput desk;
    desk.put_npy("flat.npy", {6}, 4, 0);
    desk.put_npy("cube.npy", {2, 6, 1}, 4, 0);
    desk.put_npy("seven.npy", {7, 3}, 4, -2);
    desk.put_npy("no_vector.npy", {0, 6}, 4, 0);
    desk.put_npy("no_output.npy", {6, 0}, 4, 0);
    desk.put_npy("long.npy", {2, 13}, 4, 0);
    desk.put_npy("tall.npy", {13, 2}, 4, -2);
    desk.fails({}, {"flat.npy", "(6,)", "(V, K)"}, "flat.npy");
    desk.fails({}, {"cube.npy", "(2, 6, 1)"}, "cube.npy");
    desk.fails({}, {"flat.npy", "(K, M)"}, "x.npy", "flat.npy");
    desk.fails({}, {"seven.npy", "(7, 3)", "K = 6"}, "x.npy", "seven.npy");
    desk.fails({}, {"no_vector.npy", "(0, 6)"}, "no_vector.npy");
    desk.fails({}, {"no_output.npy", "(6, 0)"}, "x.npy", "no_output.npy");
    // 13 features on 4 rows are 4 tiles; max_tiles is 3.
    desk.fails({}, {"long.npy", "13", "4 tiles", "max_tiles = 3"}, "long.npy", "tall.npy");
}

TEST_CASE("run: values out of range name file, index and value", "[cli]") {
    const OlderOutput desk;
    auto x = read_npy_int(desk.at("x.npy"));
    x.data[2 * 6 + 4] = 8;
    write_npy(desk.at("high.npy"), x);
    x.data[2 * 6 + 4] = -1;
    write_npy(desk.at("low.npy"), x);
    auto w = read_npy_int(desk.at("w.npy"));
    w.data[5 * 3 + 1] = 2;
    write_npy(desk.at("heavy.npy"), w);
    w.data[5 * 3 + 1] = INT64_MIN;
    write_npy(desk.at("huge.npy"), w);
    desk.fails({}, {"high.npy", "[2, 4]", "found 8", "0 to 7"}, "high.npy");
    desk.fails({}, {"low.npy", "[2, 4]", "found -1"}, "low.npy");
    desk.fails({}, {"heavy.npy", "[5, 1]", "found 2", "-2 to 1"}, "x.npy", "heavy.npy");
    desk.fails({}, {"huge.npy", "[5, 1]", "found -9223372036854775808"}, "x.npy", "huge.npy");
}

TEST_CASE("run: a bias where it belongs", "[cli]") {
    const OlderOutput desk;
    const Words biased = {"-P", "accumulator.bias=true", "-P", "accumulator.bits=9"};
    const auto with = [&](const std::string& file) {
        Words words = biased;
        words.insert(words.end(), {"--bias", file});
        return words;
    };
    write_npy(desk.at("b.npy"), Tensor<std::int64_t>{{3}, {1, -2, 3}});
    write_npy(desk.at("large.npy"), Tensor<std::int64_t>{{3}, {0, 255, 256}});
    write_npy(desk.at("short.npy"), Tensor<std::int64_t>{{2}, {0, 0}});
    write_npy(desk.at("row.npy"), Tensor<std::int64_t>{{1, 3}, {0, 0, 0}});
    desk.fails({"--bias", "b.npy"}, {"--bias", "accumulator.bias: false"});
    desk.fails(biased, {"--bias", "missing", "accumulator.bias: true"});
    desk.fails(with("large.npy"), {"large.npy", "[2]", "found 256", "-256 to 255"});
    desk.fails(with("short.npy"), {"short.npy", "(2,)", "(3,)"});
    desk.fails(with("row.npy"), {"row.npy", "(1, 3)"});
    desk.fails(with("none.npy"), {"none.npy"});

    check_passed(desk.golden({"--output", "plain.npy"}));
    Words words = with("b.npy");
    words.insert(words.end(), {"--output", "biased.npy"});
    check_passed(desk.golden(words));
    const auto plain = read_npy_int(desk.at("plain.npy")),
               sum = read_npy_int(desk.at("biased.npy"));
    for (std::size_t i = 0; i < 15; ++i) {
        CHECK(sum.data[i] == plain.data[i] + (i % 3 == 0 ? 1 : i % 3 == 1 ? -2 : 3));
    }
}

TEST_CASE("run: files that are no tensors", "[cli]") {
    const OlderOutput desk;
    write_npy(desk.at("float.npy"), Tensor<double>{{5, 6}, std::vector<double>(30, 1.0)});
    const std::string whole = slurp(desk.at("x.npy"));
    desk.put("short.npy", whole.substr(0, whole.size() - 3));
    desk.put("head.npy", whole.substr(0, 20));
    desk.put("empty.npy", "");
    desk.put("over.npy", whole + "x");
    desk.put("text.npy", "1 2 3\n");
    fs::create_directory(desk.at("folder.npy"));
    for (const std::string name : {"float.npy", "short.npy", "head.npy", "empty.npy", "over.npy",
                                   "text.npy", "folder.npy", "absent.npy"}) {
        INFO(name);
        desk.fails({}, {name}, name);
        desk.fails({}, {name}, "x.npy", name);
    }
    check_failed(desk.run({"run", "absent.yaml", "--inputs", "x.npy", "--weights", "w.npy"}),
                 {"absent.yaml"});
}

TEST_CASE("run: what was clipped or saturated is said, and the run goes on", "[cli]") {
    const Desk desk;
    const ProcessResult r =
        desk.golden({"-P", "adc.bits=1", "-P", "accumulator.bits=3", "--output", "y.npy"});
    check_passed(r);
    CHECK_THAT(r.output, Contains("codes clipped at an ADC") && Contains("saturated accumulator"));
    CHECK(fs::exists(desk.at("y.npy")));
    CHECK_THAT(desk.golden().output, !Contains("clipped") && !Contains("saturated"));
}
