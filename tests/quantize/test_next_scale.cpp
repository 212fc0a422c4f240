// SPDX-License-Identifier: Apache-2.0
// Rationale: `quantize --next-scale` writes each ratio as M / 2^S. The page promises an error of at
// most 2^-multiplier_bits of the ratio and the largest M; out of reach is an error that names the
// output.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "base/error.hpp"
#include "generator/load.hpp"
#include "quantize/next_scale.hpp"

using Catch::Matchers::Contains;

namespace {

generator::Config config(int bits, bool is_signed, int multiplier_bits) {
    generator::Config c = generator::load_config(
        "name: q\nscheme: conventional\narray: {rows: 4, outputs: 4}\ninput: {bits: 4}\n"
        "weight: {bits: 4}\noutput: {mode: requant}\n",
        "q.yaml");
    c.output = {true, bits, is_signed, multiplier_bits};
    return c;
}

}  // namespace

TEST_CASE("next scale: the ratio's error is below the multiplier's resolution") {
    std::mt19937_64 random(5);
    for (int bits = 1; bits <= 24; ++bits) {
        for (int n = 0; n < 200; ++n) {
            const double ratio =
                std::ldexp(1 + std::ldexp(static_cast<double>(random() >> 12), -52),
                           -static_cast<int>(random() % 36) - 2);
            const auto r =
                quantize::requantization(config(8, false, bits), {ratio}, 1, {1, 0, false});
            const double found =
                std::ldexp(static_cast<double>(r.multiplier[0]), -static_cast<int>(r.shift[0]));
            INFO(bits << " bits, " << ratio);
            REQUIRE(std::abs(found - ratio) <= std::ldexp(ratio, -bits));
            REQUIRE(r.multiplier[0] < (std::int64_t{1} << bits));
            // One more shift would need a larger M than there is.
            REQUIRE(std::floor(std::ldexp(ratio, static_cast<int>(r.shift[0]) + 1) + 0.5) >=
                    std::ldexp(1, bits));
        }
    }
}

TEST_CASE("next scale: powers of two and the top of the range are exact") {
    const auto r =
        quantize::requantization(config(8, false, 16), {0.25, 0.5, 32767.5, 1.0}, 4, {1, 0, false});
    CHECK(r.multiplier == std::vector<std::int64_t>{32768, 32768, 65535, 32768});
    CHECK(r.shift == std::vector<std::int64_t>{17, 16, 1, 15});
}

TEST_CASE("next scale: one scale stands for all outputs; relu and zero point make the clamp") {
    const auto r = quantize::requantization(config(8, true, 8), {0.5}, 3, {2, -3, true});
    CHECK(r.multiplier == std::vector<std::int64_t>(3, 128));
    CHECK(r.shift == std::vector<std::int64_t>(3, 9));
    CHECK(r.clamp == std::pair<std::int64_t, std::int64_t>{-3, 127});
    CHECK(r.zero_point == -3);
}

TEST_CASE("next scale: what is out of reach names the output, all of them") {
    const auto message = [](const generator::Config& c, const std::vector<double>& scales,
                            const quantize::NextLayer& next) {
        try {
            quantize::requantization(c, scales, scales.size(), next);
        } catch (const base::Error& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    };
    const auto c = config(8, false, 16);
    const std::string both = message(c, {1e6, 1, 1e-30}, {1, 0, false});
    CHECK_THAT(both, Contains("output 0: found the ratio 1e+06") && Contains("output 2") &&
                         !Contains("output 1:"));
    CHECK_THAT(message(c, {1}, {0, 999, false}),
               Contains("--next-scale: found 0; expected a positive number") &&
                   Contains("--next-zero-point: found 999; expected -256 to 255"));
    CHECK_THAT(message(c, {1}, {-1, 0, false}), Contains("found -1"));
    CHECK_THAT(message(config(4, true, 8), {1}, {1, 9, true}), Contains("expected at most 7"));
    generator::Config raw = c;
    raw.output.requant = false;
    CHECK_THAT(message(raw, {1}, {1, 0, false}), Contains("expected output.mode: requant"));
}
