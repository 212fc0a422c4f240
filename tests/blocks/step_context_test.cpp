// SPDX-License-Identifier: Apache-2.0
/// cim_step_context: two registers. A step that starts at cycle t has conversions from t + 1 on,
/// and their codes stand from t + 2 on, until two cycles after the next start: the context must be
/// that of the latest start at least two cycles ago. Random starts, also in every cycle; 1 and 11
/// bits.
#include "Vtb_step_context.h"
#include "bench.hpp"

TEST_CASE("step context: that of the latest start two cycles ago", "[step_context]") {
    constexpr unsigned bits[] = {1, 11};
    bench::Bench<Vtb_step_context> dut;
    for (unsigned n = 0; n < std::size(bits); ++n) {
        bench::Random random(500 + n);
        std::vector<std::uint64_t> history;  // by cycle: context of the latest start
        for (int cycle = 0; cycle < 5000; ++cycle) {
            const bool start = cycle == 0 || random.chance(cycle % 1000 < 500 ? 30 : 90);
            const std::uint64_t context = random.bits(bits[n]);
            history.push_back(start ? context : history.back());
            dut.in(n)(start, 1)(context, bits[n]);
            dut.settle();
            if (cycle >= 2)
                bench::same(dut.out(n)(bits[n]), history[cycle - 2], "context", n, cycle);
            dut.clock();
        }
    }
}
