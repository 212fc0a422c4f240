// SPDX-License-Identifier: Apache-2.0
/// bfp_block_encoder: combinational; groups of one row, several groups, one group, sizes that are
/// no power of two; every number of present rows, values of every magnitude (so that each row may
/// be the one that decides, and absent rows hold more than the present ones), every mantissa
/// length. Expected: per group the shift of the OR of its present rows, per present row rounding in
/// real numbers. Mantissas of absent rows are not looked at.
#include "Vtb_bfp_block_encoder.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned rows, active, bits, mantissa;
};
constexpr Variant variants[] = {
    {1, 1, 2, 1}, {6, 3, 5, 3}, {4, 4, 8, 4}, {12, 12, 8, 8}, {5, 1, 8, 4}};

using Bench = bench::Bench<Vtb_bfp_block_encoder>;

/// OR of the present rows of the group that begins at row `first`.
unsigned range(const Variant& v, const std::vector<unsigned>& values, unsigned first,
               unsigned present) {
    unsigned any = 0;
    for (unsigned r = first; r < first + v.active && r < present; ++r) any |= values[r];
    return any;
}

void put(Bench& dut, unsigned n, const std::vector<unsigned>& values, unsigned present,
         unsigned m) {
    const Variant& v = variants[n];
    bench::Put in = dut.in(n);
    for (const unsigned value : values) in(value, v.bits);
    for (unsigned first = 0; first < v.rows; first += v.active)
        in(range(v, values, first, present), v.bits);
    in(m, bench::count_bits(v.mantissa))(bfp::mask(m), v.mantissa);
    dut.settle();
}

void check(Bench& dut, unsigned n, const std::vector<unsigned>& values, unsigned present,
           unsigned m) {
    const Variant& v = variants[n];
    bench::Get out = dut.out(n);
    std::vector<std::uint64_t> mantissas;
    for (unsigned r = 0; r < v.rows; ++r) mantissas.push_back(out(v.mantissa));
    for (unsigned first = 0; first < v.rows; first += v.active) {
        const unsigned shift = bfp::shift_of(range(v, values, first, present), m);
        bench::same(out(bench::index_bits(v.bits)), shift, "shift", n, first, present, m);
        for (unsigned r = first; r < first + v.active && r < present; ++r) {
            bench::same(mantissas[r], bfp::clamped(values[r], shift, m), "mantissa", n, r, present,
                        m, values[r]);
        }
    }
}

}  // namespace

TEST_CASE("bfp block encoder: every number of rows and mantissa length", "[bfp_block_encoder]") {
    Bench dut;
    bench::Random random(903);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        for (unsigned trial = 0; trial < 500 * v.mantissa; ++trial) {
            const unsigned m = 1 + trial % v.mantissa, present = 1 + trial / v.mantissa % v.rows;
            const auto below = static_cast<unsigned>(random.in(1, v.bits));
            std::vector<unsigned> values;
            for (unsigned r = 0; r < v.rows; ++r) {
                values.push_back(bfp::draw(random, r < present ? below : v.bits));
            }
            put(dut, n, values, present, m);
            check(dut, n, values, present, m);
        }
    }
}

TEST_CASE("bfp block encoder: worked values of the spec", "[bfp_block_encoder]") {
    Bench dut;
    put(dut, 2, {200, 31, 5, 0}, 4, 4);
    bench::Get out = dut.out(2);
    for (const unsigned want : {13u, 2u, 0u, 0u}) bench::same(out(4), want, "mantissa");
    bench::same(out(3), 4u, "shift");
}
