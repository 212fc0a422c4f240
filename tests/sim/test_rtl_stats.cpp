// SPDX-License-Identifier: Apache-2.0
// Rationale: users compare schemes by these figures, and golden and RTL could count the same wrong
// thing. A brute-force count in the test, written from docs/spec/contract.md for two cases that
// need no code tables (conventional; zebra with -1, 0, 1), is held against both engines:
// conversions, products, codes clipped at an ADC, vectors that saturated. Clipping and saturation
// occur, but not always.
#include <nlohmann/json.hpp>
#include <set>

#include "rtl_bench.hpp"

using namespace rtl_bench;
using nlohmann::json;

namespace {

/// Adds one code's share: the ADC law of docs/spec/contract.md with p/q.
struct Adc {
    std::int64_t p, q, lo, hi;
    std::uint64_t clipped = 0;
    std::int64_t code(std::int64_t v) {
        const std::int64_t scaled = q * v + p / 2;
        const std::int64_t ideal = scaled >= 0 ? scaled / p : -((-scaled + p - 1) / p);
        clipped += ideal < lo || ideal > hi;
        return std::min(std::max(ideal, lo), hi);
    }
};

std::int64_t saturate(std::int64_t value, int bits, bool& flag) {
    const std::int64_t half = std::int64_t{1} << (bits - 1);
    const std::int64_t kept = std::min(std::max(value, -half), half - 1);
    flag = flag || kept != value;
    return kept;
}

struct Count {
    std::uint64_t clipped = 0;
    std::set<std::size_t> saturated;
};

/// conventional, 2-bit signed inputs, 2-bit weights, all rows at once.
Count brute_conventional(const golden::Operands& o, std::size_t rows, Adc adc, int bits) {
    Count count;
    const auto bit = [](std::int64_t v, int t) { return v >> t & 1; };
    for (std::size_t v = 0; v < o.inputs.rows; ++v) {
        for (std::size_t m = 0; m < o.weights.cols; ++m) {
            std::int64_t acc = 0;
            bool flag = false;
            for (std::size_t first = 0; first < o.inputs.cols; first += rows) {
                std::int64_t tile = 0;
                for (int t = 0; t < 2; ++t) {
                    for (int j = 0; j < 2; ++j) {
                        std::int64_t sum = 0;
                        for (std::size_t k = first; k < std::min(first + rows, o.inputs.cols);
                             ++k) {
                            sum += bit(o.inputs(v, k), t) * bit(o.weights(k, m), j);
                        }
                        tile += adc.code(sum) * (t == 1 ? -2 : 1) * (j == 1 ? -2 : 1);
                    }
                }
                acc = saturate(acc + tile, bits, flag);
            }
            if (flag) count.saturated.insert(v);
        }
    }
    count.clipped = adc.clipped;
    return count;
}

json stats(const generator::Design& d, const golden::Operands& o, Engine engine) {
    const RunResult r = run_macro(d, o, engine, false);
    CHECK(r.mismatch.empty());
    return json::parse(stats_json(r));
}

}  // namespace

TEST_CASE("stats: conventional against a brute-force count", "[rtl]") {
    if (!have_verilator()) return;
    const Macro m{"counted",
                  6,
                  3,
                  6,
                  4,
                  0,
                  0,
                  true,
                  2,
                  2,
                  "conventional",
                  "adc: {share: 2, latency: 2, bits: 1, step: \"3/2\"}\n"
                  "accumulator: {bits: 4, max_tiles: 3}\n"};
    const generator::Design d = m.design();
    const std::size_t vectors = 12, features = 17, outputs = 5;  // 3 tiles, 2 column blocks
    const golden::Operands o = random_operands(d, vectors, features, outputs, 3);
    const Count want = brute_conventional(o, 6, {3, 2, 0, 1}, 4);
    REQUIRE(want.clipped > 0);
    REQUIRE(want.saturated.size() > 0);
    REQUIRE(want.saturated.size() < vectors);
    for (const Engine engine : {Engine::golden, Engine::rtl, Engine::both}) {
        const json s = stats(d, o, engine);
        CHECK(s["vectors"] == vectors);
        CHECK(s["macs"] == vectors * features * outputs);
        CHECK(s["adc_clipped"] == want.clipped);
        CHECK(s["saturated_vectors"] == want.saturated.size());
        CHECK(s["conversions"] == vectors * 2 * 3 * 2 * 6);  // blocks, tiles, steps, columns
        CHECK(s["wall_seconds"].get<double>() > 0);
        CHECK(s.contains("cycles") == (engine != Engine::golden));
        CHECK(s.contains("adc_busy_cycles") == (engine != Engine::golden));
        if (engine != Engine::golden) CHECK(s["adc_busy_cycles"] == vectors * 2 * 3 * 2 * 6 * 2);
        CHECK(s["engine"] == (engine == Engine::golden ? "golden"
                              : engine == Engine::rtl  ? "rtl"
                                                       : "both"));
    }
}

TEST_CASE("stats: zebra's clipped codes and clipped operands", "[rtl]") {
    if (!have_verilator()) return;
    const Macro m{"counted_zebra",
                  5,
                  2,
                  5,
                  1,
                  0,
                  0,
                  true,
                  4,
                  1,
                  "zebra",
                  "adc: {share: 4, latency: 1, bits: 2}\n"};
    const generator::Design d = m.design();
    golden::Operands o = random_operands(d, 9, 5, 2, 5);
    for (auto* matrix : {&o.inputs, &o.weights}) {
        for (std::int64_t& x : matrix->data) x = x % 3 == 0 ? 0 : x > 0 ? 1 : -1;
    }
    // Only bit 0 of either is ever 1, so one conversion of sixteen is not 0.
    std::uint64_t clipped = 0;
    for (std::size_t v = 0; v < 9; ++v) {
        for (std::size_t out = 0; out < 2; ++out) {
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < 5; ++k) sum += o.inputs(v, k) * o.weights(k, out);
            clipped += sum < -2 || sum > 1;
        }
    }
    REQUIRE(clipped > 0);
    for (const Engine engine : {Engine::golden, Engine::rtl}) {
        const json s = stats(d, o, engine);
        CHECK(s["adc_clipped"] == clipped);
        CHECK(s["conversions"] == 9 * 4 * 8);
        CHECK(s["inputs_clipped"] == 0);
    }
    // Above option1's largest level, 60.
    o.inputs.data[3] = 61;
    o.inputs.data[7] = -255;
    o.weights.data[1] = 90;
    for (const Engine engine : {Engine::golden, Engine::rtl}) {
        const json s = stats(d, o, engine);
        CHECK(s["inputs_clipped"] == 2);
        CHECK(s["weights_clipped"] == 1);
    }
}
