// SPDX-License-Identifier: Apache-2.0
// Rationale: K beyond the array and M beyond the outputs are bookkeeping of the tool and of the RTL
// together: tiles in banks, reloads, sets joined through the chain, biases that count once, column
// blocks, absent rows. Each shape's edge is run against the reference form of the golden model,
// which knows no banks and no sets; narrow accumulators make a wrong order of additions visible.
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

/// Banks 2, 8 tiles at most; accumulators so narrow that some vectors saturate.
Macro with(const std::string& name, const std::string& accumulator, int active = 5) {
    return {name,
            5,
            3,
            active,
            2,
            0,
            1,
            true,
            2,
            1,
            "conventional",
            "adc: {share: 2, latency: 1}\naccumulator: {max_tiles: 8" + accumulator + "}\n"};
}

std::size_t compare(const Macro& m, std::size_t vectors, std::size_t features,
                    std::size_t outputs) {
    const generator::Design d = m.design();
    const golden::Operands o =
        random_operands(d, vectors, features, outputs, features * 1000 + outputs);
    const golden::Result want = golden::run_reference(to_spec(d.config), o);
    const RunResult got = run_macro(d, o, Engine::rtl, false);
    INFO(m.name << ": V " << vectors << ", K " << features << ", M " << outputs);
    CHECK(got.outputs.rows == vectors);
    CHECK(got.outputs.cols == outputs);
    CHECK(got.outputs.data == want.outputs.data);
    CHECK(got.conversions == want.conversions);
    CHECK(got.adc_clipped == want.adc_clipped);
    std::size_t saturated = 0;
    for (const auto flag : want.saturated) saturated += flag;
    CHECK(got.saturated_vectors == saturated);
    return saturated;
}

}  // namespace

TEST_CASE("tiles: resident, reloaded and joined through the chain", "[rtl]") {
    if (!have_verilator()) return;
    const std::vector<Macro> kinds = {with("plain", ""), with("reload", ", bits: 4, bias: true"),
                                      with("chained", ", bits: 4, bias: true, chain: true")};
    build_all(kinds);
    for (const Macro& m : kinds) {
        std::size_t saturated = 0;
        // One feature; a whole tile; two resident ones, the last partial; T = banks; T > banks with
        // a whole and a partial last set; max_tiles.
        for (const std::size_t features : {1, 5, 6, 10, 11, 20, 23, 40}) {
            saturated += compare(m, 4, features, 3);
        }
        CHECK((saturated > 0) == (m.name != "plain"));
    }
}

TEST_CASE("tiles: column blocks, with the outputs past M", "[rtl]") {
    if (!have_verilator()) return;
    const Macro m = with("chained", ", bits: 4, bias: true, chain: true");
    for (const std::size_t outputs : {1, 2, 4, 7, 9}) {
        compare(m, 3, 4, outputs);
        compare(m, 3, 13, outputs);
    }
    compare(with("reload", ", bits: 4, bias: true"), 2, 13, 8);
    compare(with("plain", ""), 1, 7, 5);
}

TEST_CASE("tiles: a set's saturation flags reach the result through the chain alone", "[rtl]") {
    if (!have_verilator()) return;
    const generator::Design d = with("chained", ", bits: 4, bias: true, chain: true").design();
    const golden::Operands o = random_operands(d, 24, 20, 1, 20001);  // two sets
    const std::uint64_t sound = run_macro(d, o, Engine::both, false).saturated_vectors;
    const Fault fault("cim_chain_input", "saturated_i[e] || over", "over");
    const Variable variable("CIMRTL_RTL_OVERRIDE", fault.path());
    const RunResult lost = run_macro(d, o, Engine::both, false);
    CHECK(lost.saturated_vectors < sound);
    CHECK_THAT(lost.mismatch, Contains("vectors that saturated"));
}

TEST_CASE("tiles: groups without a present row are not driven", "[rtl]") {
    if (!have_verilator()) return;
    const Macro& m = macro("groups");  // 6 rows in groups of 2
    for (const std::size_t features : {1, 2, 3, 6, 7, 9, 23}) compare(m, 3, features, 4);
    compare(macro("zebra_in_place"), 3, 8, 3);  // 6 rows in groups of 3
}

TEST_CASE("tiles: one bank, every vector reloads it", "[rtl]") {
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
    compare(m, 5, 14, 3);
}

// Rationale: tiles, rows, banks and outputs that change places are the faults that a sum over
// uniform data could hide. Each swap changes what the RTL is given, never what golden is given.
TEST_CASE("tiles: swapped rows, outputs, tiles and inputs are seen", "[rtl]") {
    if (!have_verilator()) return;
    const generator::Design d = with("plain", "").design();
    const golden::Operands o = random_operands(d, 4, 12, 3, 99);
    const auto want = golden::run_reference(to_spec(d.config), o).outputs.data;
    const auto run = [&](const golden::Operands& changed) {
        return run_macro(d, changed, Engine::rtl, false).outputs.data;
    };
    const auto swap_weight_rows = [&](std::size_t a, std::size_t b, std::size_t count) {
        golden::Operands changed = o;
        for (std::size_t i = 0; i < count * 3; ++i) {
            std::swap(changed.weights.data[a * 3 + i], changed.weights.data[b * 3 + i]);
        }
        return run(changed);
    };
    CHECK(run(o) == want);
    CHECK(swap_weight_rows(0, 1, 1) != want);
    CHECK(swap_weight_rows(0, 5, 5) != want);
    golden::Operands outputs = o;
    for (std::size_t k = 0; k < 12; ++k) std::swap(outputs.weights(k, 1), outputs.weights(k, 2));
    CHECK(run(outputs) != want);
}
