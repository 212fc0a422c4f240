// SPDX-License-Identifier: Apache-2.0
/// cim_shift_add: combinational. One ADC per lane: every code, column, position and sign (at most
/// 15 bits) for one column, one output, two outputs a lane (6 columns of 3 planes) and the top
/// plane negative. Several ADCs: every input of 4 ADCs of one 3-bit column (19 bits), random ones
/// where an ADC has several columns or the codes are wide, each with corners (all codes at an
/// extreme). Expected: the sum of ±code · 2^plane · 2^step in 64-bit integers, modulo 2^Bits.
#include "Vtb_shift_add.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned adcs, share, planes, code_bits;
    bool is_signed;
    unsigned stride, negate, step_pos_bits, bits;
};
constexpr Variant variants[] = {
    {1, 1, 1, 3, false, 1, 0x01, 2, 12}, {1, 4, 4, 5, true, 2, 0x00, 3, 20},
    {1, 6, 3, 4, false, 1, 0x04, 3, 13}, {1, 8, 8, 7, false, 1, 0x80, 3, 24},
    {4, 1, 4, 3, false, 1, 0x08, 2, 11}, {2, 2, 4, 4, true, 2, 0x00, 3, 20},
    {2, 3, 6, 6, false, 1, 0x20, 3, 22}, {8, 1, 8, 9, false, 1, 0x80, 3, 40}};

struct Lane {
    unsigned pos = 0;
    bool negate = false;
    std::vector<bool> valid;
    std::vector<std::uint64_t> code;
    std::vector<unsigned> column;
};

std::int64_t expected_term(const Variant& v, const Lane& lane) {
    std::int64_t sum = 0;
    for (unsigned a = 0; a < v.adcs; ++a) {
        const unsigned plane = (a * v.share + lane.column[a]) % v.planes;
        std::int64_t number = v.is_signed ? bench::to_signed(lane.code[a], v.code_bits)
                                          : static_cast<std::int64_t>(lane.code[a]);
        if (v.negate >> plane & 1) number = -number;
        if (lane.negate) number = -number;
        if (lane.valid[a]) sum += number * (1 << plane * v.stride) * (1 << lane.pos);
    }
    return sum;
}

void trial(bench::Bench<Vtb_shift_add>& dut, unsigned n, const Lane& lane) {
    const Variant& v = variants[n];
    bench::Put in = dut.in(n);
    in(lane.pos, v.step_pos_bits)(lane.negate, 1);
    for (const bool valid : lane.valid) in(valid, 1);
    for (const std::uint64_t c : lane.code) in(c, v.code_bits);
    for (const unsigned c : lane.column) in((c + 1) % v.share, bench::index_bits(v.share));
    dut.settle();
    bench::Get out = dut.out(n);
    const std::uint64_t term = out(v.bits), carry = out(1);
    const bool first = out.flag(), last = out.flag();
    bench::same(bench::wrap(static_cast<std::int64_t>(term + carry), v.bits),
                bench::wrap(expected_term(v, lane), v.bits), "term", n, lane.code[0],
                lane.column[0], lane.pos, lane.negate);
    if (v.adcs > 1) return;
    const unsigned plane = lane.column[0] % v.planes;
    bench::same(first, plane == 0, "first plane", n, lane.column[0]);
    bench::same(last, plane + 1 == v.planes, "last plane", n, lane.column[0]);
}

/// Takes the fields of a lane from the bits of x; returns what is left of x.
std::uint64_t take(std::uint64_t x, const Variant& v, Lane& lane) {
    const auto next = [&x](unsigned width) {
        const std::uint64_t field = x & ((std::uint64_t{1} << width) - 1);
        x >>= width;
        return field;
    };
    lane = {static_cast<unsigned>(next(v.step_pos_bits)), next(1) != 0, {}, {}, {}};
    for (unsigned a = 0; a < v.adcs; ++a) {
        lane.valid.push_back(next(1));
        lane.code.push_back(next(v.code_bits));
        lane.column.push_back(
            static_cast<unsigned>(next(v.share > 1 ? bench::index_bits(v.share) : 0)));
    }
    return x;
}

}  // namespace

TEST_CASE("shift-add: every input of the small variants", "[shift_add]") {
    bench::Bench<Vtb_shift_add> dut;
    for (const unsigned n : {0u, 1u, 2u, 3u, 4u}) {
        Lane lane;
        for (std::uint64_t x = 0; take(x, variants[n], lane) == 0; ++x) {
            if (lane.column[0] < variants[n].share) trial(dut, n, lane);
        }
    }
}

TEST_CASE("shift-add: several ADCs, random and extreme codes", "[shift_add]") {
    bench::Bench<Vtb_shift_add> dut;
    bench::Random random(30);
    for (const unsigned n : {5u, 6u, 7u}) {
        const Variant& v = variants[n];
        for (int i = 0; i < 40000; ++i) {
            Lane lane{
                static_cast<unsigned>(random.bits(v.step_pos_bits)), random.chance(50), {}, {}, {}};
            const bool extreme = random.chance(20);
            const std::uint64_t ends[] = {0, bench::wrap(-1, v.code_bits), 1u << (v.code_bits - 1),
                                          (1u << (v.code_bits - 1)) - 1};
            for (unsigned a = 0; a < v.adcs; ++a) {
                lane.valid.push_back(random.chance(80));
                lane.code.push_back(extreme ? ends[random.in(0, 3)] : random.bits(v.code_bits));
                lane.column.push_back(static_cast<unsigned>(random.in(0, v.share - 1)));
            }
            trial(dut, n, lane);
        }
    }
}
