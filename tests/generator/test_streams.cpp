// SPDX-License-Identifier: Apache-2.0
/// Rationale: `auto` of the streams is a width of the interface; stream.max_bits bounds its bits,
/// never below one element, and an explicit width not at all. Expected widths are worked out by
/// hand from docs/spec/contract.md.
#include <catch2/catch.hpp>

#include "generator/design.hpp"
#include "support.hpp"

namespace {

/// 64 inputs of 8 bits and 32 outputs in 8 steps of one cycle: 8 and, of the 8 cycles, 4 a beat.
generator::Design design(const std::vector<generator::Override>& keys) {
    const std::string text =
        "name: t\nscheme: conventional\narray: {rows: 64, outputs: 32, banks: 2}\n"
        "adc: {share: 1, latency: 1}\ninput: {bits: 8}\nweight: {bits: 2}\n";
    return generator::load_design(text, "t.yaml", keys);
}

}  // namespace

TEST_CASE("streams: max_bits bounds auto") {
    const generator::Design whole = design({});
    CHECK(whole.streams.in == 8);  // 64 bits: within 128
    CHECK(whole.streams.free_in == 8);
    CHECK(whole.streams.tile_wait == 0);
    const int out_bits = whole.output.bits;
    CHECK(whole.streams.free_out == 4);
    CHECK(whole.streams.out == std::min(4, 128 / out_bits));

    const generator::Design bounded = design({{"stream.max_bits", "39"}});
    CHECK(bounded.streams.in == 4);  // of 8 bits
    CHECK(bounded.streams.free_in == 8);
    CHECK(bounded.streams.tile_wait == 16 - 8);
    CHECK(bounded.streams.out == std::max(1, 39 / out_bits));
    CHECK(bounded.streams.vector_wait > 0);
    const std::int64_t more = 3 * (2 * bounded.streams.tile_wait + bounded.streams.vector_wait);
    const auto fill = [](const generator::Design& d) {
        return (64 + d.streams.in - 1) / d.streams.in + (32 + d.streams.out - 1) / d.streams.out;
    };
    CHECK(generator::rate_bound(bounded, 48, 3, 2) - fill(bounded) ==
          generator::rate_bound(whole, 48, 3, 2) - fill(whole) + more);

    CHECK(design({{"stream.max_bits", "8"}}).streams.in == 1);
    CHECK(design({{"stream.max_bits", "8"}}).streams.out == 1);  // wider than 8 bits: one
    CHECK(design({{"stream.max_bits", "8"}, {"stream.in", "64"}}).streams.in == 64);
    CHECK(design({{"stream.max_bits", "4096"}}).streams.in == 8);
}
