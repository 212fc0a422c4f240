// SPDX-License-Identifier: Apache-2.0
// Rationale: in column_quant the tool decides what is stored where (digits in cells, factors and
// centres in registers by granularity, factors and trims in the array model) and how the lanes
// share their datapath; both are pinned down here by numbers worked out by hand. That they are
// right together is for the co-simulations.
#include "rtl_bench.hpp"
#include "sim/regress.hpp"

using namespace rtl_bench;

namespace {

generator::Design design(const std::string& adc, const std::string& rest, const std::string& own) {
    return generator::elaborate(generator::load_config(
        "name: t\nscheme: column_quant\ninput: {bits: 4}\nweight: {bits: 4}\nadc: {bits: 3, " +
            adc + "}\n" + rest + "\ncolumn_quant: {" + own + "}\n",
        "t"));
}

const generator::Scheme& scheme() { return *generator::find_scheme("column_quant"); }

/// Operand values that say where they come from: 1000 alpha, 100·plane + output + 1; centre 10 +
/// plane.
generator::TileView tile_of(std::size_t outputs, bool with_center) {
    generator::TileView tile;
    tile.outputs = outputs;
    tile.has_operand = [with_center](std::string_view name) {
        return name != "center" || with_center;
    };
    tile.operand = [outputs](std::string_view name, std::size_t plane, std::size_t output) {
        if (name == "center") return static_cast<std::int64_t>(10 + plane);
        if (output >= outputs) return std::int64_t{0};
        const auto value = static_cast<std::int64_t>(100 * plane + output + 1);
        return name == "alpha" ? value * 64 : value;
    };
    return tile;
}

std::vector<std::uint32_t> cells(const generator::Design& d, std::int64_t weight) {
    bool clipped = false;
    auto list = scheme().weight_cells(d, weight, clipped);
    CHECK_FALSE(clipped);
    return list;
}

std::string lanes(const std::string& adc, const std::string& rest, const std::string& own) {
    const generator::Design d = design(adc, rest, own);
    return fmt::format("{} lanes of {} ADCs and {} outputs, {} visits of {}", d.lane.count,
                       d.lane.adcs, d.lane.outputs, generator::value_of(d.backend, "Visits"),
                       generator::value_of(d.backend, "Terms"));
}

using Cells = std::vector<std::uint32_t>;
using Values = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("column_quant: digits of the weights") {
    const std::string rest = "array: {rows: 4, outputs: 2}";
    const auto pair = design("share: 1", rest, "cell_bits: 2");
    CHECK(cells(pair, 13) == Cells{1, 3, 0, 0});
    CHECK(cells(pair, -13) == Cells{0, 0, 1, 3});
    CHECK(cells(pair, 0) == Cells{0, 0, 0, 0});
    CHECK(pair.plane_negate == std::vector<bool>{false, false, true, true});
    const auto two = design("share: 1", rest, "cell_bits: 2, signing: twos_complement");
    CHECK(cells(two, -8) == Cells{0, 2});
    CHECK(cells(two, -1) == Cells{3, 3});
    CHECK(two.array.signed_planes == std::vector<bool>{false, true});
    CHECK(two.plane_pos == std::vector<int>{0, 2});
}

TEST_CASE("column_quant: registers and the array's columns by granularity") {
    const std::string rest = "array: {rows: 4, outputs: 2, banks: 3}";
    const std::string own = "cell_bits: 2, signing: twos_complement, range_bits: 3, granularity: ";
    const auto column = design("share: 2", rest, own + "column");
    // The second output is not used: alpha, scale and trim 0.
    const auto one = tile_of(1, true);
    CHECK(scheme().register_values(column, "scale", one) == Values{1, 101, 0, 0});
    CHECK(scheme().register_values(column, "center", one) == Values{10, 11});
    CHECK(scheme().register_values(column, "trim", tile_of(2, true)) == Values{0, 0, 0, 0});
    CHECK(scheme().array_parameters(column, one) ==
          Cells{64 | 10 << 16, 6464 | 11 << 16, 10 << 16, 11 << 16});
    CHECK(column.array.trim_entries == 2);
    CHECK(column.array.trim_by_adc);
    const auto array = design("share: 2", rest, own + "array, center: -3");
    CHECK(scheme().register_values(array, "scale", one) == Values{1, 101});
    CHECK(scheme().register_values(array, "center", tile_of(2, false)) == Values{-3, -3});
    CHECK(array.array.trim_entries == 2);
    CHECK_FALSE(array.array.trim_by_adc);
    const auto layer = design("share: 2", rest, own + "layer");
    CHECK(scheme().register_values(layer, "scale", one) == Values{1});
    CHECK(layer.registers.size() == 3);
    CHECK(layer.registers[0].entries == 1);
}

TEST_CASE("column_quant: a bank is a field of the address") {
    const auto d = design("share: 3", "array: {rows: 4, outputs: 3, banks: 5}",
                          "cell_bits: 4, signing: twos_complement");
    const generator::RegisterFile& scale = d.registers[0];
    CHECK(scale.entries == 15);
    CHECK(scale.line_stride == 4);
    CHECK(generator::region_word(scale, 4) == 5);  // bank 1, column 1
    CHECK(generator::region_words(scale) == 20);
    CHECK(d.registers[1].line_stride == 1);  // one plane
}

TEST_CASE("column_quant: one scale for all is multiplied at the output, if nothing saturates") {
    const std::string rest = "array: {rows: 4, outputs: 2}",
                      own = "granularity: layer, scale_bits: 8";
    const auto plain = design("share: 8", rest, own);
    CHECK(generator::value_of(plain.backend, "ScaleAtOutput") == "1'b1");
    // Codes of -4..3, planes 2^0..2^3 of both signs, no centre: they cancel.
    CHECK(plain.accumulator.register_bits == generator::signed_bits(-16 * 7 * 15, 16 * 7 * 15));
    CHECK(plain.registers.size() == 1);
    const auto biased = design("share: 8", rest + "\naccumulator: {bias: true}", own);
    CHECK(generator::value_of(biased.backend, "ScaleAtOutput") == "1'b0");
    const auto two = design("share: 4", rest, own + ", signing: twos_complement");
    CHECK(two.registers.size() == 2);
}

TEST_CASE("column_quant: how the lanes share their datapath") {
    const std::string rest = "array: {rows: 4, outputs: 6}", own = "cell_bits: 2";
    CHECK(lanes("share: 4, latency: 4", rest, own) ==
          "2 lanes of 3 ADCs and 3 outputs, 3 visits of 1");
    CHECK(lanes("share: 4, latency: 1", rest, own) ==
          "6 lanes of 1 ADCs and 1 outputs, 1 visits of 1");
    CHECK(lanes("share: 2, latency: 4", rest, own) ==
          "3 lanes of 4 ADCs and 2 outputs, 4 visits of 1");
    CHECK(lanes("share: 1, latency: 2", rest, own) ==
          "6 lanes of 4 ADCs and 1 outputs, 1 visits of 4");
    CHECK(lanes("share: 1, latency: 4", rest, own + ", dac_bits: 1") ==
          "6 lanes of 4 ADCs and 1 outputs, 4 visits of 1");
    CHECK(lanes("share: 1, latency: 2", rest, own + ", dac_bits: 1") ==
          "6 lanes of 4 ADCs and 1 outputs, 2 visits of 2");
    CHECK(lanes("share: 12, latency: 4", rest, own) ==
          "2 lanes of 1 ADCs and 3 outputs, 1 visits of 1");
    CHECK(lanes("share: 4, latency: 64", "array: {rows: 4, outputs: 64}", own) ==
          "2 lanes of 32 ADCs and 32 outputs, 32 visits of 1");
}

TEST_CASE("column_quant: a scale for all waits until the last result scaled with it has left",
          "[rtl]") {
    if (!have_verilator()) return;
    // The scale is multiplied as results leave, beat by beat: the write of the second column
    // block's comes while the first block's last vector is still behind a stalled output.
    const generator::Design d =
        design("share: 2, latency: 2", "array: {rows: 4, outputs: 3}\nstream: {out: 1}",
               "granularity: layer, scale_bits: 8, alpha_frac: 4");
    REQUIRE(generator::value_of(d.backend, "ScaleAtOutput") == "1'b1");
    auto o = random_operands(d, 3, 4, 6, 5);
    const auto planes = static_cast<std::size_t>(d.planes);
    for (const std::string name : {"alpha", "scale"}) {
        auto& values = *find_operand(o, name);
        for (std::size_t i = 0; i < planes * 6; ++i) {
            values.push_back(name == "alpha" ? 7 : i % 6 < 3 ? 3 : 200);
        }
    }
    const RtlModel model = build_rtl(d, false);
    const auto outputs = [&](const RtlModel& built, std::uint64_t seed) {
        RtlOptions options;
        options.seed = seed;
        options.stall_percent = 70;
        const Job job = make_job(d, o);
        return assemble(job, run_rtl(built, job, options), o).data;
    };
    const auto want = golden::run_fast(to_spec(d.config), o).outputs.data;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) CHECK(outputs(model, seed) == want);
    // A write that does not wait is seen.
    const Fault fault("cim_config_port", "block_vector_q && vector_quiet_i", "1'b1");
    const Variable in_place("CIMRTL_RTL_OVERRIDE", fault.path());
    const RtlModel hasty = build_rtl(d, false);
    bool seen = false;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) seen |= outputs(hasty, seed) != want;
    CHECK(seen);
}

// Three ADCs in turn take as long as a conversion at its longest: shorter ones fill the places for
// codes, and the drive must end with the last code all the same.
TEST_CASE("column_quant: without holds no drive outlasts its conversions", "[rtl]") {
    if (!have_verilator()) return;
    const generator::Design d =
        design("share: 4, latency: 3", "array: {rows: 3, outputs: 3, settle: 4, hold: none}",
               "cell_bits: 2, scale_bits: 4, dac_bits: 4");
    const RegressResult r = regress(d, build_rtl(d, false), {.vectors = 12});
    INFO(r.failure);
    CHECK(r.failure.empty());
}
