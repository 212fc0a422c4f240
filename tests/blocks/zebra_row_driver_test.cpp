// SPDX-License-Identifier: Apache-2.0
/// zebra_row_driver: combinational; all codes, steps and enables of one and of two rows (16 bits),
/// random ones of 45 rows. Expected, from the law of the spec: the row's factor in this step is
/// (−1)^S · λ^P · b_i; a row with factor 0 has all drive bits 0.
#include "Vtb_zebra_row_driver.h"
#include "bench.hpp"

namespace {

constexpr unsigned rows_of[] = {1, 2, 45};

void trial(bench::Bench<Vtb_zebra_row_driver>& dut, unsigned n, std::uint64_t enabled,
           unsigned step, const std::vector<unsigned>& codes) {
    bench::Put in = dut.in(n);
    in(step, 2)(enabled, rows_of[n]);
    for (const unsigned c : codes) in(c, 6);
    dut.settle();
    bench::Get out = dut.out(n);
    constexpr int lambda = 4;
    for (unsigned r = 0; r < rows_of[n]; ++r) {
        const bool magnitude = out.flag(), level = out.flag(), sign = out.flag();
        const int found = (sign ? -1 : 1) * (level ? lambda : 1) * (magnitude ? 1 : 0);
        const unsigned code = codes[r];
        const int bit = static_cast<int>(code / (1u << step) % 2);
        const int pattern = code / 16 % 2 == 1 ? lambda : 1;
        const int expected = (enabled >> r & 1) ? (code >= 32 ? -bit : bit) * pattern : 0;
        bench::same(found, expected, "factor", n, r, code, step);
        bench::same((level || sign) && !magnitude, false, "idle row toggles", n, r, code, step);
    }
}

}  // namespace

TEST_CASE("zebra row driver: every code, step and enable", "[zebra_row_driver]") {
    bench::Bench<Vtb_zebra_row_driver> dut;
    for (unsigned n = 0; n < 2; ++n) {
        for (unsigned x = 0; x >> (rows_of[n] * 7 + 2) == 0; ++x) {
            std::vector<unsigned> codes(rows_of[n]);
            for (unsigned r = 0; r < rows_of[n]; ++r) codes[r] = x >> (2 + 7 * r) & 63;
            std::uint64_t enabled = 0;
            for (unsigned r = 0; r < rows_of[n]; ++r) enabled |= (x >> (8 + 7 * r) & 1) << r;
            trial(dut, n, enabled, x & 3, codes);
        }
    }
}

TEST_CASE("zebra row driver: many rows", "[zebra_row_driver]") {
    bench::Bench<Vtb_zebra_row_driver> dut;
    bench::Random random(20);
    for (int i = 0; i < 3000; ++i) {
        std::vector<unsigned> codes(rows_of[2]);
        for (unsigned& c : codes) c = static_cast<unsigned>(random.bits(6));
        trial(dut, 2, random.bits(rows_of[2]), static_cast<unsigned>(random.bits(2)), codes);
    }
}
