/// cim_tile_quiet against the number of quiet cycles seen. Drains of 0, 1 and 3 cycles, random inputs
/// in long and short runs, a reset in the middle.
#include "Vtb_tile_quiet.h"
#include "bench.hpp"

TEST_CASE("tile quiet: quiet for long enough", "[tile_quiet]") {
    constexpr unsigned drains[] = {0, 1, 3};
    bench::Bench<Vtb_tile_quiet> dut;
    for (unsigned n = 0; n < std::size(drains); ++n) {
        bench::Random random(1060 + n);
        unsigned before = 0;  // quiet cycles before this one, since reset
        dut.reset();
        for (int i = 0; i < 4000; ++i) {
            const bool empty = random.chance(80), idle = random.chance(80);
            dut.in(n)(empty, 1)(idle, 1);
            dut.settle();
            bench::Get out = dut.out(n);
            bench::same(out.flag(), empty && idle, "quiet", n, i);
            bench::same(out.flag(), empty && idle && before >= drains[n], "lanes quiet", n, i, before);
            dut.clock();
            before = empty && idle ? before + 1 : 0;
            if (random.chance(2)) {
                dut.in(n)(0, 2);
                dut.reset();
                before = 0;
            }
        }
    }
}
