// SPDX-License-Identifier: Apache-2.0
/// bfp_rounder: combinational; every mantissa length, every value and every shift that the block
/// takes (value < 2^(m + s); with Own the element's own), in all variants. Expected: rounding in
/// real numbers with the cases of docs/spec/bfp.md.
#include "Vtb_bfp_rounder.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned bits, mantissa;
    bool own;
};
constexpr Variant variants[] = {{8, 4, false}, {8, 4, true}, {5, 3, true},  {8, 8, true},
                                {2, 1, false}, {8, 1, true}, {3, 3, false}, {6, 5, true}};

}  // namespace

TEST_CASE("bfp rounder: every value, shift and mantissa length", "[bfp_rounder]") {
    bench::Bench<Vtb_bfp_rounder> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        for (unsigned m = 1; m <= v.mantissa; ++m) {
            for (unsigned value = 0; value < 1u << v.bits; ++value) {
                const unsigned least = bfp::shift_of(value, m);
                for (unsigned s = least; s <= (v.own ? least : v.bits - m); ++s) {
                    const unsigned shift_bits = bench::index_bits(v.bits);
                    dut.in(n)(value, v.bits)(s, shift_bits)(bfp::mask(m), v.mantissa);
                    dut.settle();
                    const bfp::Code want = v.own ? bfp::own(value, v.bits, m)
                                                 : bfp::Code{bfp::clamped(value, s, m), s};
                    bench::Get out = dut.out(n);
                    bench::same(out(shift_bits), want.shift, "shift", n, m, value, s);
                    bench::same(out(v.mantissa), want.mantissa, "mantissa", n, m, value, s);
                }
            }
        }
    }
}
