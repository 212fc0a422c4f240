// SPDX-License-Identifier: Apache-2.0
/// bfp_leading_one: combinational; every value with every mantissa length. Expected: the least
/// shift with which the value has at most m bits.
#include "Vtb_bfp_leading_one.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned bits, mantissa;
};
constexpr Variant variants[] = {{8, 4}, {8, 8}, {2, 1}, {5, 3}, {7, 1}, {4, 4}};

}  // namespace

TEST_CASE("bfp leading one: every value and mantissa length", "[bfp_leading_one]") {
    bench::Bench<Vtb_bfp_leading_one> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        for (unsigned m = 1; m <= v.mantissa; ++m) {
            for (unsigned value = 0; value < 1u << v.bits; ++value) {
                dut.in(n)(value, v.bits)(m, bench::count_bits(v.mantissa));
                dut.settle();
                bench::same(dut.out(n)(bench::index_bits(v.bits)), bfp::shift_of(value, m), "shift",
                            n, m, value);
            }
        }
    }
}
