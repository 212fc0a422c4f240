// SPDX-License-Identifier: Apache-2.0
// Rationale: the ADCs are the scarce part, and a stall of one cycle per step would pass every
// comparison of results. Cycles are held against the formula of docs/spec/contract.md, worked out
// here from the config's own numbers (not by the generator's rate_bound), for whole and partial
// tiles; and the cost of one more vector, where the fill and the 64 cycles of grace cancel, so that
// an ADC that idles between conversions it has to do is seen. The same with gaps after samples, and
// the bound that narrow streams make of it.
#include <nlohmann/json.hpp>

#include "rtl_bench.hpp"
#include "sim/regress.hpp"

using namespace rtl_bench;

namespace {

struct Cost {
    std::int64_t cycles = 0;
    std::int64_t steps = 0;  ///< that hold a present row
};

std::int64_t div_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

/// Cycles of one step: contract, "Rate".
std::int64_t step_cycles(const Macro& m) {
    const std::int64_t convert = std::int64_t{m.share} * m.latency, array = m.precharge + m.settle;
    return m.column ? std::max(convert, array) : array + convert;
}

std::int64_t steps_of_vector(const Macro& m, int features) {
    std::int64_t groups = 0;
    for (int left = features; left > 0; left -= m.rows) {
        groups += div_up(std::min(left, m.rows), m.active);
    }
    return groups * m.steps();
}

Cost measure(const Macro& m, const generator::Design& d, const RtlModel& model, int vectors,
             int features) {
    const auto o =
        random_operands(d, std::size_t(vectors), std::size_t(features), std::size_t(m.outputs), 7);
    const RtlAnswer answer = run_equal(d, model, o);
    const Cost cost{static_cast<std::int64_t>(answer.cycles),
                    vectors * steps_of_vector(m, features)};
    CHECK(answer.conversions == static_cast<std::uint64_t>(cost.steps * m.outputs * m.planes()));
    return cost;
}

}  // namespace

TEST_CASE("rate law: no ADC idle cycle beyond the contract", "[rtl]") {
    if (!have_verilator()) return;
    build_all(macros);
    for (const Macro& m : macros) {
        const generator::Design d = m.design();
        const RtlModel model = build_rtl(d, false);
        const std::int64_t c = step_cycles(m);
        for (const int features : {m.rows, m.rows * m.banks, m.rows + 1, 1}) {
            INFO(m.name << ", K = " << features);
            const std::int64_t tiles = div_up(features, m.rows);
            const std::int64_t fill =
                div_up(m.rows, d.streams.in) + div_up(m.outputs, d.streams.out);
            const Cost few = measure(m, d, model, 5, features),
                       many = measure(m, d, model, 21, features);
            CHECK(few.cycles <= few.steps * c + 5 * tiles * 2 + fill + 64);
            CHECK(many.cycles <= many.steps * c + 21 * tiles * 2 + fill + 64);
            // 16 more vectors cost their steps and nothing else. Of the two cycles that the
            // contract grants: where a group's time is hardly that of a whole tile's beats, a
            // tile's hand-over is not hidden; where a vector's is hardly that of its result's
            // beats, the output register's is not (its state is registered on its way to the row
            // drive). A tile of one step stays in the load buffer until its drive begins.
            const std::int64_t held = m.steps() * m.rows == m.active ? m.precharge : 0;
            const bool brief = div_up(m.rows, d.streams.in) + 1 + held > m.steps() * c;
            const bool narrow =
                div_up(m.outputs, d.streams.out) + 3 > steps_of_vector(m, features) * c;
            const std::int64_t grace = 16 * ((brief ? tiles : 0) + (narrow ? 2 : 0));
            const std::int64_t spent = many.cycles - few.cycles,
                               work = (many.steps - few.steps) * c;
            CHECK(spent >= work);
            CHECK(spent <= work + grace);
        }
    }
}

TEST_CASE("rate law: auto streams are no wider than the rate needs", "[rtl]") {
    for (const Macro& m : macros) {
        INFO(m.name);
        const generator::Design d = m.design();
        // The time of the shortest tile, one group.
        const std::int64_t tile = m.steps() * step_cycles(m);
        const auto beats = [](std::int64_t n, std::int64_t beat) { return div_up(n, beat); };
        CHECK((beats(m.rows, d.streams.in) <= tile + 2 || d.streams.in == m.rows));
        CHECK((beats(m.outputs, d.streams.out) <= tile + 2 || d.streams.out == m.outputs));
        // One size narrower would slow down a whole tile after a short one, or a short vector.
        if (d.streams.in > 1) CHECK(beats(m.rows, d.streams.in / 2) >= tile);
        if (d.streams.out > 1) CHECK(beats(m.outputs, d.streams.out / 2) >= tile);
    }
}

TEST_CASE("rate law: a gap after each sample is hidden or costs its cycles", "[rtl]") {
    if (!have_verilator()) return;
    struct Gap {
        std::string macro;
        int gap;
        std::int64_t cost;  ///< of a step, from the page on the array port
    };
    const std::vector<Gap> gaps = {{"every_cycle", 1, 2},
                                   {"slow_array", 2, 7},
                                   {"zebra_precharge", 3, 8},  // hidden: 4 + 1 + 3
                                   {"zebra_precharge", 5, 10},
                                   {"hold_in_place", 3, 13}};
    for (const Gap& g : gaps) {
        const Macro& m = macro(g.macro);
        INFO(g.macro << ", gap " << g.gap);
        const auto d = generator::elaborate(generator::load_config(
            m.yaml(), m.name, {{"array.sample_gap", std::to_string(g.gap)}}));
        CHECK(d.step_cycles == g.cost);
        CHECK(d.step_cycles <= step_cycles(m) + g.gap);  // the contract's bound
        const RtlModel model = build_rtl(d, false);
        const Cost few = measure(m, d, model, 5, m.rows), many = measure(m, d, model, 21, m.rows);
        const std::int64_t spent = many.cycles - few.cycles,
                           work = (many.steps - few.steps) * g.cost;
        CHECK(spent >= work);
        CHECK(spent <= work + 16);
    }
}

TEST_CASE("rate law: narrow streams cost what the bound says", "[rtl]") {
    if (!have_verilator()) return;
    struct Narrow {
        std::vector<generator::Override> keys;
        std::int64_t tile_wait, vector_wait;
    };
    // every_cycle: 5 inputs and 3 outputs in the 2 cycles of a tile.
    const std::vector<Narrow> all = {{{{"stream.in", "1"}}, 3, 0},
                                     {{{"stream.out", "1"}}, 0, 1},
                                     {{{"stream.in", "1"}, {"stream.out", "1"}}, 3, 1}};
    const Macro& m = macro("every_cycle");
    for (const Narrow& n : all) {
        const auto d = generator::elaborate(generator::load_config(m.yaml(), m.name, n.keys));
        INFO("stream.in " << d.streams.in << ", stream.out " << d.streams.out);
        CHECK(d.streams.tile_wait == n.tile_wait);
        CHECK(d.streams.vector_wait == n.vector_wait);
        const RtlModel model = build_rtl(d, false);
        const Cost few = measure(m, d, model, 5, m.rows), many = measure(m, d, model, 37, m.rows);
        // The pins alone: beats of the narrower stream are a vector's least time.
        const std::int64_t beats =
            std::max(div_up(m.rows, d.streams.in), div_up(m.outputs, d.streams.out));
        const std::int64_t spent = many.cycles - few.cycles;
        CHECK(spent >= 32 * beats);
        CHECK(spent <= 32 * (2 + 2 + n.tile_wait + n.vector_wait));
        CHECK(many.cycles <= generator::rate_bound(d, many.steps, 37, 1));
    }
}

TEST_CASE("rate law: a drive that ends while starting values arrive begins anew", "[rtl]") {
    if (!have_verilator()) return;
    // Found by the fuzzer: 64 beats of starting values and of results a vector, drives of at most
    // 40 cycles. Each vector's drive ends before its turn and costs its cycles once more.
    const std::string yaml =
        "name: redrive\nscheme: binsparx\n"
        "array: {rows: 2, outputs: 64, banks: 2, max_drive: 40, precharge: 1, settle: 3}\n"
        "adc: {step: 7}\naccumulator: {max_tiles: 1, bits: 15, bias: true, chain: true}\n"
        "stream: {out: 1}\nbinsparx: {threshold: true}\n";
    const auto design = [&](const std::string& max_drive) {
        return generator::elaborate(
            generator::load_config(yaml, "redrive", {{"array.max_drive", max_drive}}));
    };
    const generator::Design d = design("40");
    CHECK(d.streams.vector_wait == design("0").streams.vector_wait + 1 + 3);
    CHECK(design("200").streams.vector_wait == design("0").streams.vector_wait);
    RegressOptions options;
    options.vectors = 24;
    CHECK(regress(d, build_rtl(d, false), options).failure == "");
}
