// SPDX-License-Identifier: Apache-2.0
/// bfp_shared_shift: random shifts loaded at random; in every cycle every group's base is asked.
/// Expected: what was loaded last.
#include "Vtb_bfp_shared_shift.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned rows, active, bits;
};
constexpr Variant variants[] = {{4, 4, 1}, {12, 3, 3}, {5, 1, 2}, {64, 8, 3}};

}  // namespace

TEST_CASE("bfp shared shift: loaded, held, one for each group", "[bfp_shared_shift]") {
    bench::Bench<Vtb_bfp_shared_shift> dut;
    bench::Random random(904);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        const unsigned groups = v.rows / v.active;
        std::vector<std::uint64_t> held(groups), next(groups);
        for (int cycle = 0; cycle < 1000; ++cycle) {
            const bool load = cycle == 0 || random.chance(30);
            for (unsigned g = 0; g < groups; ++g) {
                bench::Put in = dut.in(n);
                in(load, 1)(g * v.active, bench::count_bits(v.rows));
                for (auto& shift : next) {
                    if (g == 0) shift = random.bits(v.bits);
                    in(shift, v.bits);
                }
                dut.settle();
                if (cycle > 0) bench::same(dut.out(n)(v.bits), held[g], "shift", n, cycle, g);
            }
            dut.clock();
            if (load) held = next;
        }
    }
}
