// SPDX-License-Identifier: Apache-2.0
/// bfp_element_encoder: combinational; every value with every mantissa length in all variants, and
/// the worked values of the specification. Expected: rounding in real numbers.
#include "Vtb_bfp_element_encoder.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned bits, mantissa;
};
constexpr Variant variants[] = {{8, 4}, {8, 8}, {2, 2}, {2, 1}, {5, 3}, {7, 6}};

void put(bench::Bench<Vtb_bfp_element_encoder>& dut, unsigned n, unsigned value, unsigned m) {
    const Variant& v = variants[n];
    dut.in(n)(value, v.bits)(m, bench::count_bits(v.mantissa))(bfp::mask(m), v.mantissa);
    dut.settle();
}

}  // namespace

TEST_CASE("bfp element encoder: every value and mantissa length", "[bfp_element_encoder]") {
    bench::Bench<Vtb_bfp_element_encoder> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        for (unsigned m = 1; m <= v.mantissa; ++m) {
            for (unsigned value = 0; value < 1u << v.bits; ++value) {
                put(dut, n, value, m);
                const bfp::Code want = bfp::own(value, v.bits, m);
                bench::Get out = dut.out(n);
                bench::same(out(v.mantissa), want.mantissa, "mantissa", n, m, value);
                bench::same(out(bench::index_bits(v.bits)), want.shift, "shift", n, m, value);
            }
        }
    }
}

TEST_CASE("bfp element encoder: worked values of the spec", "[bfp_element_encoder]") {
    struct Worked {
        unsigned m, value, mantissa, shift;
    };
    constexpr Worked worked[] = {{4, 13, 13, 0},  {4, 29, 15, 1},  {4, 31, 8, 2},
                                 {4, 100, 13, 3}, {4, 200, 13, 4}, {4, 255, 15, 4},
                                 {4, 0, 0, 0},    {3, 100, 6, 4},  {3, 29, 7, 2}};
    bench::Bench<Vtb_bfp_element_encoder> dut;
    for (const Worked& w : worked) {
        put(dut, 0, w.value, w.m);
        bench::Get out = dut.out(0);
        bench::same(out(4), w.mantissa, "mantissa", w.m, w.value);
        bench::same(out(3), w.shift, "shift", w.m, w.value);
    }
}
