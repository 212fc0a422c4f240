// SPDX-License-Identifier: Apache-2.0
/// cim_row_select: combinational; every number of present rows with the first row of every group,
/// in variants of one row, one group, one row a group and sizes that are no power of two. Expected:
/// a list of the rows first..first+active−1 that exist.
#include "Vtb_row_select.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, active;
};
constexpr Variant variants[] = {{1, 1}, {4, 2}, {7, 7}, {5, 1}, {12, 3}, {64, 16}};

}  // namespace

TEST_CASE("row select: every group of every tile", "[row_select]") {
    bench::Bench<Vtb_row_select> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        const unsigned bits = bench::count_bits(v.rows);
        for (unsigned present = 0; present <= v.rows; ++present) {
            for (unsigned first = 0; first < v.rows; first += v.active) {
                dut.in(n)(present, bits)(first, bits);
                dut.settle();
                std::uint64_t expected = 0;
                for (unsigned row = first; row < first + v.active && row < present; ++row) {
                    expected += std::uint64_t{1} << row;
                }
                bench::same(dut.out(n)(v.rows), expected, "rows driven", n, present, first);
            }
        }
    }
}
