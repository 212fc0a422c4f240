// SPDX-License-Identifier: Apache-2.0
/// binsparx_row_driver: combinational; every input of 1 and of 5 rows, random ones of 60. Expected,
/// row by row: a' = a or its opposite, and 0 for a row that is not enabled, whatever the inversion
/// says.
#include "Vtb_binsparx_row_driver.h"
#include "bench.hpp"

namespace {

constexpr unsigned rows_of[] = {1, 5, 60};

void trial(bench::Bench<Vtb_binsparx_row_driver>& dut, unsigned n, bool flip, std::uint64_t bits,
           std::uint64_t enabled) {
    dut.in(n)(flip, 1)(bits, rows_of[n])(enabled, rows_of[n]);
    dut.settle();
    bench::Get out = dut.out(n);
    for (unsigned r = 0; r < rows_of[n]; ++r) {
        const bool a = bits >> r & 1, present = enabled >> r & 1;
        bench::same(out.flag(), present ? (flip ? !a : a) : false, "drive", n, r, flip, bits,
                    enabled);
    }
}

}  // namespace

TEST_CASE("binsparx row driver: inverted rows, absent ones 0", "[binsparx_row_driver]") {
    bench::Bench<Vtb_binsparx_row_driver> dut;
    for (unsigned n = 0; n < 2; ++n) {
        const unsigned rows = rows_of[n];
        for (std::uint64_t x = 0; x >> (2 * rows + 1) == 0; ++x) {
            trial(dut, n, x & 1, x >> 1 & ((1U << rows) - 1), x >> (1 + rows));
        }
    }
    bench::Random random(970);
    for (int i = 0; i < 2000; ++i) {
        trial(dut, 2, random.chance(50), random.bits(60), random.bits(60));
    }
}
