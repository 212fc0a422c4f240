// SPDX-License-Identifier: Apache-2.0
// Rationale: the real array's law is exact integers, so that each of its parts is checked by
// numbers: the page's worked values, the corners of each formula, and n, whose order a run shows
// only through the noise. The public cases (test_vectors.cpp) join all of it.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "cases.hpp"
#include "golden/array.hpp"
#include "golden/steps.hpp"

using namespace golden_test;
using golden::Chip;
using golden::Operands;
using golden::Result;
using golden::Spec;

namespace {

constexpr std::int64_t fixed_one = 65536;

/// One conversion of a conventional array of `rows` rows, ADC step p/q, codes 0 … 15.
struct Bench {
    explicit Bench(std::size_t rows) : drive(rows, 1), cells(rows, 1) {
        chip.form.rows = chip.form.active_rows = rows;
        chip.form.banks = 2;
        chip.form.columns = 1;
    }
    golden::Sample convert(golden::Site site = {}) const {
        return golden::convert(golden::StepTransfer(adc), chip, site, drive, cells);
    }
    std::int64_t code() const { return convert().code; }

    Chip chip;
    golden::Adc adc{1, 1, 0, 15};
    std::vector<std::int64_t> drive, cells;
};

}  // namespace

TEST_CASE("analog: the page's worked values") {
    CHECK(golden::draw_key(1, 0) == 0x5692161d100b05e5);
    CHECK(golden::draw_z(1, 0, 0) == 330);
    CHECK(golden::draw_z(1, 0, 1) == 45);
    CHECK(golden::draw_z(1, 0, 16384) == 167);
    CHECK(golden::gauss(11338, 330) == 17900);
    const std::vector<std::int64_t> ones(4, 1);
    CHECK(golden::kept_by_wire(4294967, ones, 0) == 65048);
    CHECK((262144 * std::int64_t{65048} >> 16) == 260192);
}

TEST_CASE("analog: draws are normal in the mean, the spread and the tails") {
    const int draws = 200000;
    double sum = 0, squares = 0, cubes = 0, fourths = 0;
    int beyond[4] = {};
    for (int i = 0; i < draws; ++i) {
        const double z = static_cast<double>(golden::draw_z(7, 0, i)) / 209.02;
        sum += z;
        squares += z * z;
        cubes += z * z * z;
        fourths += z * z * z * z;
        for (int s = 1; s < 4; ++s) beyond[s] += std::abs(z) > s;
        REQUIRE(std::abs(z) < 4.9);
    }
    CHECK(std::abs(sum / draws) < 0.01);
    CHECK(std::abs(squares / draws - 1) < 0.01);
    CHECK(std::abs(cubes / draws) < 0.03);
    // The sum of eight uniform bytes has a kurtosis of 3 − 6/(5·8).
    CHECK(std::abs(fourths / draws - 2.85) < 0.05);
    CHECK(std::abs(beyond[1] / double(draws) - 0.3173) < 0.01);
    CHECK(std::abs(beyond[2] / double(draws) - 0.0455) < 0.005);
    // ... which takes from the tails: by its Edgeworth series 0.0017 where a normal one has 0.0027.
    CHECK(std::abs(beyond[3] / double(draws) - 0.0017) < 0.0003);
}

TEST_CASE("analog: gains scale products of their bank, row and column") {
    Bench b(3);
    b.chip.gain_of_bank = true;
    b.chip.cell_gain = {0,         fixed_one, fixed_one, 2 * fixed_one,
                        fixed_one, fixed_one};  // (2 banks, 3 rows, 1 column)
    CHECK(b.convert({.tile = 0}).code == 2);
    CHECK(b.convert({.tile = 1}).code == 4);
    CHECK(b.convert({.tile = 2}).code == 2);   // bank = tile mod banks
    CHECK(b.convert({.tile = 1}).value == 3);  // the ideal one
    b.chip.gain_of_bank = false;
    CHECK(b.convert({.tile = 1}).code == 2);
}

TEST_CASE("analog: a group's rows lie where they lie on the wire") {
    // One driven row out of four, κ as in the worked values: D = row + 1.
    const std::vector<std::int64_t> one{1};
    for (std::size_t row = 0; row < 4; ++row) {
        const std::int64_t b = 4294967 * static_cast<std::int64_t>(row + 1) / 65536;
        const std::int64_t f = fixed_one * (5 * fixed_one + b) / (5 * fixed_one + 6 * b);
        CHECK(golden::kept_by_wire(4294967, one, row) == f);
    }
}

TEST_CASE("analog: the wire at its worst needs more than 64 bits") {
    const std::vector<std::int64_t> most(1024, 255 * 15);
    const long double v = 1024.0L * 255 * 15, d = v * v / 3 * 1024;  // D of a full line, nearly
    const long double y = 0.01L * d / v;
    const auto kept = static_cast<long double>(golden::kept_by_wire(42949673, most, 0)) / fixed_one;
    CHECK(std::abs(kept - (5 + y) / (5 + 6 * y)) < 0.001L);
    Bench b(1024);
    b.chip.analog.ir_drop = 42949673;
    b.adc = {1024, 1, 0, 15};
    CHECK(b.convert().lost_half);
    b.chip.analog.ir_drop = 1;
    CHECK_FALSE(b.convert().lost_half);
}

TEST_CASE("analog: gain error, offset, INL and noise enter in this order") {
    Bench b(8);
    b.chip.adc_gain = {-fixed_one / 4};
    CHECK(b.code() == 6);
    b.chip.adc_offset = {fixed_one / 2 - 1};
    CHECK(b.code() == 6);
    b.chip.adc_offset = {fixed_one / 2};
    CHECK(b.code() == 7);
    b.chip.adc_inl.resize(16);
    b.chip.adc_inl[7] = 2 * fixed_one;  // the entry of code(off)
    CHECK(b.code() == 9);
    b.chip.adc_inl[7] = 9 * fixed_one;
    CHECK(b.code() == 15);
    CHECK(b.convert().clipped);
    b.chip.adc_offset = {-100 * fixed_one};  // clamped codes look up their end's entry
    b.chip.adc_inl[0] = 96 * fixed_one;
    CHECK(b.code() == 2);
}

TEST_CASE("analog: noise in steps stays out of the INL's look-up, noise in v does not") {
    Bench b(8);
    b.chip.analog = {.noise = 3 * fixed_one};
    b.chip.adc_inl.resize(16);
    const std::int64_t nz = golden::gauss(3 * fixed_one, 330);  // 4.7 steps
    CHECK(b.code() == (8 * fixed_one + nz + fixed_one / 2) / fixed_one);
    b.chip.adc_inl[8] = -fixed_one;
    CHECK(b.code() == (7 * fixed_one + nz + fixed_one / 2) / fixed_one);
    b.chip.analog.noise_in_v = true;
    CHECK(b.code() == (8 * fixed_one + nz + fixed_one / 2) / fixed_one);
    b.adc.step_num = 2;
    CHECK(b.code() == (8 * fixed_one + nz + fixed_one) / (2 * fixed_one));
}

TEST_CASE("analog: drawn chips") {
    Spec spec = conventional(3, 1, 2);
    spec.outputs = 2;
    spec.banks = 2;
    spec.adc_share = 1;
    spec.analog = {
        .seed = 5, .mismatch = 6554, .adc_offset = 64 * fixed_one, .adc_gain = fixed_one / 2};
    const auto resolved = golden::resolve(spec);
    const Chip cells = golden::make_chip(spec, resolved, {});
    CHECK(cells.cell_gain.size() == 2 * 3 * 4);
    CHECK(cells.gain(1, 2, 3) ==
          fixed_one + golden::gauss(6554, golden::draw_z(5, 1, ((1024 + 2) << 14) + 3)));
    CHECK(cells.adc_offset.size() == 4);
    for (std::int64_t a = 0; a < 4; ++a) {
        const std::int64_t off = golden::gauss(64 * fixed_one, golden::draw_z(5, 2, a));
        CHECK(cells.adc_offset[a] == std::clamp<std::int64_t>(off, -(1 << 22), 1 << 22));
        const std::int64_t gain = golden::gauss(fixed_one / 2, golden::draw_z(5, 3, a));
        CHECK(cells.adc_gain[a] == std::clamp<std::int64_t>(gain, -(1 << 15), 1 << 15));
    }
    spec.analog.per_unit = true;
    spec.analog.lognormal = true;
    const Chip unit = golden::make_chip(spec, resolved, {});
    CHECK(unit.cell_gain.size() == 3 * 4);
    const auto z = static_cast<double>(golden::draw_z(5, 1, (2 << 14) + 3));
    CHECK(static_cast<double>(unit.gain(1, 2, 3)) ==
          std::floor(65536 * std::exp(6554 * z * 20547966 / 0x1p48) + 0.5));
    Operands measured;
    measured.adc_offset = {1, 2, 3, 4};
    CHECK(golden::make_chip(spec, resolved, measured).adc_offset == measured.adc_offset);
    CHECK(golden::make_chip(spec, resolved, measured).adc_gain == unit.adc_gain);
}

TEST_CASE("analog: n runs through blocks, sets, vectors, tiles, groups, passes and steps") {
    Rng rng(11);
    for (int i = 0; i < 200; ++i) {
        Spec spec = random_spec(rng, scheme_names[i % 5]);
        spec.banks = static_cast<int>(draw(rng, 1, 2));
        spec.chain = draw(rng, 0, 1) == 1;
        if (spec.scheme() == "binsparx") binsparx_of(spec).threshold = false;
        const Operands operands = random_operands(rng, spec);
        INFO(describe(spec, operands));
        const std::size_t vectors = operands.inputs.rows, outputs = operands.weights.cols;
        const std::size_t columns = spec.outputs * golden::resolve(spec).planes;
        const std::size_t blocks = (outputs + spec.outputs - 1) / spec.outputs;
        const std::size_t banks = spec.chain ? spec.banks : 1000;
        const std::size_t sets =
            (operands.inputs.cols + spec.rows * banks - 1) / (spec.rows * banks);
        std::vector<std::uint64_t> first;
        std::uint64_t n = 0;
        for (std::size_t block = 0; block < blocks; ++block) {
            for (std::size_t set = 0; set < sets; ++set) {
                for (std::size_t v = 0; v < vectors; ++v) {
                    first.push_back(n);
                    std::size_t count = 0;
                    for (const auto& c : golden::trace(spec, operands, v, block))
                        count += c.tile / banks == set;
                    n += count / columns;
                }
            }
        }
        CHECK(golden::first_steps(spec, operands) == first);
        spec.analog.first_step = 1000;
        for (auto& f : first) f += 1000;
        CHECK(golden::first_steps(spec, operands) == first);
    }
}

TEST_CASE("analog: a run draws the noise of its n, a trace the same") {
    Spec spec = conventional(2, 2, 1);
    spec.active_rows = 1;
    spec.banks = 1;
    spec.chain = true;
    spec.adc_bits = 6;
    spec.analog = {.seed = 9, .noise = 3 * fixed_one, .noise_stream = 17, .first_step = 5};
    const Operands operands{matrix({{3, 3, 3}, {3, 3, 3}}), matrix({{-1, -1}, {-1, -1}, {-1, -1}})};
    // Two blocks; two sets of 2 and 1 groups; two vectors; two steps a group.
    const std::uint64_t first[2][2][2] = {{{5, 9}, {13, 15}}, {{17, 21}, {25, 27}}};
    const Result run = golden::run_reference(spec, operands);
    CHECK(golden::run_fast(spec, operands).outputs.data == run.outputs.data);
    for (std::size_t v = 0; v < 2; ++v) {
        for (std::size_t block = 0; block < 2; ++block) {
            std::int64_t sum = 0;
            for (const auto& c : golden::trace(spec, operands, v, block)) {
                const std::uint64_t n = first[block][c.tile][v] + 2 * c.group + c.step;
                const std::int64_t nz =
                    golden::gauss(3 * fixed_one, golden::draw_z(9, 17, n << 14));
                const std::int64_t code =
                    std::clamp<std::int64_t>((fixed_one + nz + fixed_one / 2) >> 16, 0, 63);
                CHECK(c.code == code);
                sum -= code << c.step;
            }
            CHECK(run.outputs(v, block) == sum);
        }
    }
}

TEST_CASE("analog: first_steps may be given, for vectors that are no run") {
    Rng rng(12);
    for (int i = 0; i < 50; ++i) {
        Spec spec = random_spec(rng, scheme_names[i % 5]);
        spec.analog.noise = fixed_one;
        Operands operands = random_operands(rng, spec);
        const auto all = golden::run_reference(spec, operands);
        const auto numbers = golden::first_steps(spec, operands);
        const std::size_t vectors = operands.inputs.rows, features = operands.inputs.cols;
        Operands last = operands;  // the last vector by itself
        last.inputs = {
            1, features, {operands.inputs.data.end() - features, operands.inputs.data.end()}};
        last.first_steps.clear();
        for (std::size_t at = vectors - 1; at < numbers.size(); at += vectors)
            last.first_steps.push_back(numbers[at]);
        const auto part = golden::run_reference(spec, last);
        INFO(describe(spec, operands));
        CHECK(part.outputs.data ==
              std::vector<std::int64_t>(all.outputs.data.end() - operands.weights.cols,
                                        all.outputs.data.end()));
    }
}

TEST_CASE("analog: a correction is subtracted where a code is used, and only there") {
    Spec spec = bfp(2, 3, 2, 3, false);
    spec.outputs = 1;
    spec.adc_share = 1;
    spec.correction_bits = 3;
    Operands operands{matrix({{5, 0}, {0, 0}}), matrix({{1}, {1}})};
    operands.correction = {-4, 3};
    const Result run = golden::run_reference(spec, operands);
    CHECK(golden::run_fast(spec, operands).outputs.data == run.outputs.data);
    // Steps 0 and 2 are driven: codes 1 + 4 in plane 0, 0 − 3 in plane 1 (factor −2). Step 1 and
    // the all-zero vector are skipped.
    CHECK(run.outputs.data == std::vector<std::int64_t>{5 * 5 + 5 * 6, 0});
    CHECK(golden::trace(spec, operands, 0, 0)[0].code == 1);  // as delivered
    CHECK_THROWS_AS((operands.correction = {4, 0}, golden::run_reference(spec, operands)),
                    golden::Error);
    spec.correction_bits = 0;
    CHECK_THROWS_AS(golden::run_reference(spec, operands), golden::Error);
}

TEST_CASE("analog: accumulators reckon with corrected codes") {
    Spec spec = conventional(1, 1, 1);  // tile sum: −code
    spec.adc_bits = 2;
    CHECK(golden::resolve(spec).accumulator_bits == 7);  // −48 … 0
    spec.correction_bits = 4;                            // codes −7 … 11: −176 … 112
    CHECK(golden::resolve(spec).accumulator_bits == 9);
    Spec binary = binsparx(4);  // codes 0 … 3: 4·3 + 4 = 16
    CHECK(golden::resolve(binary).accumulator_bits == 10);
    binary.correction_bits = 8;  // codes −127 … 131: the lower end decides, −508 − 4
    binary.adc_bits = 1;         // −127 … 129, 4·129 + 4 = 520
    CHECK(golden::resolve(binary).accumulator_bits == 15);
}

TEST_CASE("analog: what is out of range is refused") {
    const auto bad = [](auto change) {
        Spec spec = conventional(2, 1, 1);
        change(spec.analog);
        CHECK_THROWS_AS(golden::resolve(spec), golden::Error);
    };
    bad([](auto& a) { a.noise = 64 * fixed_one + 1; });
    bad([](auto& a) { a.mismatch = fixed_one / 2 + 1; });
    bad([](auto& a) { a.ir_drop = 42949674; });
    bad([](auto& a) { a.adc_offset = -1; });
    bad([](auto& a) { a.adc_gain = fixed_one / 2 + 1; });
    Spec signed_sum = zebra(2, "option1");
    signed_sum.analog.ir_drop = 1;
    CHECK_THROWS_AS(golden::resolve(signed_sum), golden::Error);
}
