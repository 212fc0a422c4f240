// SPDX-License-Identifier: Apache-2.0
// Rationale: with `memory.factors: macro` the same words leave a memory in the order of their use
// instead of rings. The order depends on the scheme, on whose factors they are and on how the ADCs
// share lanes: several columns an ADC, one, whole outputs; several ADCs an output in turn and at
// once; one conversion a cycle, both holds. `sim` compares with golden, holds the rate law, lets
// ADCs take different times, and after its resets writes nothing again that a memory keeps: seen to
// matter by a reader that writes a word while it is reset.
#include "rtl_bench.hpp"
#include "sim/regress.hpp"

using namespace rtl_bench;

namespace {

struct Case {
    std::string what, yaml;
};

std::string column(const std::string& array, const std::string& adc, const std::string& own,
                   const std::string& accumulator = "max_tiles: 6") {
    return fmt::format(
        "scheme: column_quant\narray: {{{}}}\nadc: {{bits: 4, {}}}\naccumulator: {{{}}}\n"
        "input: {{bits: 4}}\nweight: {{bits: 4}}\ncolumn_quant: {{alpha_frac: 5, {}}}\n",
        array, adc, accumulator, own);
}

const std::vector<Case> cases = {
    {"columns_in_turn", column("rows: 6, outputs: 4, active_rows: 3, banks: 3, precharge: 1",
                               "share: 2, latency: 4", "dac_bits: 2, cell_bits: 2, scale_bits: 6")},
    {"columns_together",
     column("rows: 5, outputs: 3, banks: 2", "share: 1, latency: 2",
            "signing: twos_complement, dac_bits: 4, cell_bits: 1, scale_bits: 5",
            "max_tiles: 6, bits: 16, bias: true, chain: true")},
    {"a_column_a_cycle",
     column("rows: 5, outputs: 3, banks: 3", "share: 1, latency: 1",
            "signing: twos_complement, dac_bits: 4, cell_bits: 4, scale_bits: 5, range_bits: 2")},
    {"planes",
     column("rows: 6, outputs: 2, active_rows: 2, banks: 3, hold: none", "share: 2, latency: 3",
            "dac_bits: 2, cell_bits: 2, granularity: array, range_bits: 3")},
    {"planes_of_outputs", column("rows: 4, outputs: 6, banks: 2", "share: 12, latency: 1",
                                 "dac_bits: 2, cell_bits: 2, granularity: array")},
    {"one_scale", column("rows: 4, outputs: 3, banks: 2", "share: 2, latency: 2",
                         "dac_bits: 2, granularity: layer")},
    {"lines",
     "scheme: binsparx\narray: {rows: 12, outputs: 6, active_rows: 4, banks: 3}\n"
     "adc: {share: 3, latency: 2}\naccumulator: {max_tiles: 6, bits: 8, bias: true}\n"},
    {"a_line_a_cycle",
     "scheme: binsparx\narray: {rows: 5, outputs: 3, banks: 4}\n"
     "adc: {share: 1, latency: 1}\naccumulator: {max_tiles: 5, chain: true}\n"
     "binsparx: {weights: false, threshold: true}\n"}};

generator::Design design(const Case& c, const std::string& store) {
    return generator::elaborate(generator::load_config(
        fmt::format("name: {}\n{}memory: {{factors: {}}}\n", c.what, c.yaml, store), c.what));
}

RegressResult regress_with(const Case& c) {
    const generator::Design d = design(c, "macro");
    RegressOptions options;
    options.vectors = 6;
    options.seed = 3;
    return regress(d, build_rtl(d, false), options);
}

}  // namespace

TEST_CASE("memories: every order of words, and the rate", "[rtl]") {
    if (!have_verilator()) return;
    for (const Case& c : cases) {
        INFO(c.what);
        CHECK(design(c, "macro").memories.empty() == (c.what == "one_scale"));
        CHECK(design(c, "flops").memories.empty());
        const RegressResult r = regress_with(c);
        CHECK(r.failure == "");
        CHECK(r.conversions > 0);
    }
}

TEST_CASE("memories: a reset in mid-stream loses no word", "[rtl]") {
    if (!have_verilator()) return;
    const Case& lines = cases.at(6);
    const generator::Design d = design(lines, "macro");
    const RtlModel model = build_rtl(d, false);
    const golden::Operands o = random_operands(d, 4, 24, 6, 1);
    const Job job = make_job(d, o);
    RtlOptions options;
    options.keep_from = std::uint64_t{1} << d.port.index_bits;
    options.keep_to = 2 * options.keep_from;
    for (options.reset_after = 1; options.reset_after < 120; options.reset_after += 7) {
        INFO("reset after " << options.reset_after);
        const RtlAnswer kept = run_rtl(model, job, options);
        CHECK(kept.violations == 0);
        CHECK(assemble(job, kept, o).data == golden::run_fast(to_spec(d.config), o).outputs.data);
    }
    const Fault fault("cim_factor_reader", ".write_i(access_write_i),",
                      ".write_i(access_write_i | {Fields{!rst_ni}}),");
    const Variable variable("CIMRTL_RTL_OVERRIDE", fault.path());
    CHECK_THAT(regress_with(lines).failure, Contains("reset in the middle"));
}
