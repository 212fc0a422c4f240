// SPDX-License-Identifier: Apache-2.0
// Rationale: the mantissa of a run is an option that only bfp takes, between 1 and its config's
// m_max; each way in which it does not fit ends in exit 1 with what would be right. Its default is
// m_max, and a shorter one is another product: both are checked on values worked out by hand. The
// summary names the ratio to conventional.
#include <nlohmann/json.hpp>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// b.yaml (8 bits, m_max 4), x.npy = 200, 31, 5, 0 in one vector, w.npy a column of ones.
struct BlockDesk : Desk {
    BlockDesk() {
        put("b.yaml",
            "name: b\nscheme: bfp\narray: {rows: 4, outputs: 1}\ninput: {bits: 8}\nweight: {bits: 2}\n");
        write_npy(at("x.npy"), Tensor<std::int64_t>{{1, 4}, {200, 31, 5, 0}});
        write_npy(at("w.npy"), Tensor<std::int64_t>{{4, 1}, {1, 1, 1, 1}});
    }
    ProcessResult golden(const Words& more, const std::string& x = "x.npy") const {
        Words words = {"run", "b.yaml",    "--engine", "golden",   "--inputs",
                       x,     "--weights", "w.npy",    "--output", "y.npy"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    std::int64_t result() const { return read_npy_int(at("y.npy")).data.at(0); }
};

}  // namespace

TEST_CASE("run, bfp: the mantissa, and what does not need one", "[cli]") {
    const BlockDesk desk;
    const auto check = [&](const Words& more, std::int64_t expected) {
        const ProcessResult r = desk.golden(more);
        check_passed(r);
        CHECK(desk.result() == expected);
        return r.output;
    };
    // m = 4: (13 + 2) << 4 in four of conventional's eight steps. m = 2: (3 + 0) << 6; m = 1: 1 <<
    // 7, since 200 / 128 = 1.56 would be 2.
    CHECK_THAT(check({}, 240), Contains("0.500 of conventional's"));
    check({"--mantissa", "4"}, 240);
    check({"--mantissa", "2"}, 192);
    check({"--mantissa", "1"}, 128);
    check({"-P", "bfp.block=dynamic"}, 208 + 32 + 5);
    check({"-P", "bfp.block=dynamic", "--mantissa", "3"}, 192 + 32 + 5);
    check({"-P", "bfp.mantissa_bits=8"}, 236);
}

TEST_CASE("run, bfp: a mantissa that does not fit, or is not taken", "[cli]") {
    const BlockDesk desk;
    check_failed(desk.golden({"--mantissa", "5"}), {"--mantissa", "found 5", "1 to 4"});
    check_failed(desk.golden({"--mantissa", "0"}), {"--mantissa", "found 0", "1 to 4"});
    check_failed(desk.run({"run", "mini.yaml", "--engine", "golden", "--inputs", "x.npy",
                           "--weights", "w.npy", "--mantissa", "2"}),
                 {"--mantissa", "not taken by scheme conventional"});
    CHECK(desk.golden({"--mantissa", "two"}).exit_code == 2);
    write_npy(desk.at("negative.npy"), Tensor<std::int64_t>{{1, 4}, {1, -1, 0, 0}});
    check_failed(desk.golden({}, "negative.npy"),
                 {"negative.npy", "[0, 1]", "found -1", "0 to 255"});
    check_failed(desk.run({"check", "b.yaml", "-P", "input.signed=true"}),
                 {"input.signed", "zero point folded into the bias"});
}

TEST_CASE("quantize, bfp: negative inputs through a zero point and a bias", "[cli]") {
    const BlockDesk desk;
    write_npy(desk.at("xf.npy"), Tensor<double>{{2, 4}, {-1, -0.5, 0.25, 1, 0.5, 0, -0.25, 0.75}});
    write_npy(desk.at("wf.npy"), Tensor<double>{{4, 1}, {1, -1, 1, -1}});
    const Words words = {"quantize", "b.yaml", "--weights", "wf.npy",
                         "--inputs", "xf.npy", "-o",        "q"};
    check_failed(desk.run(words), {"inputs", "[0, 0]", "accumulator.bias: true"});
    Words with_bias = words;
    with_bias.insert(with_bias.end(), {"-P", "accumulator.bias=true"});
    check_passed(desk.run(with_bias));
    const auto scales = nlohmann::json::parse(slurp(desk.at("q/scales.json")));
    CHECK(scales.at("input_zero_point") > 0);
    CHECK(read_npy_int(desk.at("q/bias.npy")).data.size() == 1);
    check_passed(desk.run({"run", "b.yaml", "-P", "accumulator.bias=true", "--engine", "golden",
                           "--inputs", "q/inputs.npy", "--weights", "q/weights.npy", "--bias",
                           "q/bias.npy", "--output", "y.npy"}));
    // The first product of the floats is -1 + 0.5 + 0.25 - 1; each input is within a step of 1/8.
    const double unit = scales.at("output_scale")[0];
    CHECK(unit * double(desk.result()) == Approx(-1.25).margin(0.5));
}
