// SPDX-License-Identifier: Apache-2.0
/// bfp_or_tree: combinational; one row, few and many, with few bits set (a lost row or bit shows)
/// and many, and every share of enabled rows. Expected: a bit is set if some enabled row has it.
#include "Vtb_bfp_or_tree.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned rows, bits;
};
constexpr Variant variants[] = {{1, 2}, {3, 8}, {12, 5}, {100, 8}};

}  // namespace

TEST_CASE("bfp OR tree: lone bits and full rows", "[bfp_or_tree]") {
    bench::Bench<Vtb_bfp_or_tree> dut;
    bench::Random random(901);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        for (int trial = 0; trial < 4000; ++trial) {
            const unsigned sparse = trial % 2 == 0 ? 2 : 100, enabled = 50 * (trial % 3);
            bench::Put in = dut.in(n);
            std::vector<std::uint64_t> elements;
            for (unsigned r = 0; r < v.rows; ++r) {
                elements.push_back(random.chance(sparse) ? random.bits(v.bits) : 0);
                in(elements.back(), v.bits);
            }
            std::vector<bool> any(v.bits, false);
            for (unsigned r = 0; r < v.rows; ++r) {
                const bool on = random.chance(enabled);
                in(on, 1);
                for (unsigned b = 0; b < v.bits; ++b)
                    any[b] = any[b] || (on && (elements[r] >> b & 1));
            }
            dut.settle();
            bench::Get out = dut.out(n);
            for (unsigned b = 0; b < v.bits; ++b)
                bench::same(out.flag(), any[b], "bit", n, trial, b);
        }
    }
}
