// SPDX-License-Identifier: Apache-2.0
/// cim_clock_gate: the gated clock rises in the cycles that began with its enable and in no other,
/// and what crosses between it and the free clock behaves as registers of one clock do. Random
/// enables, test enables and data; the enable also falls or rises while the clock is high (where a
/// latch that is open then, or none, would show), 20000 cycles. Expected: two registers in C++.
#include "Vtb_clock_gate.h"
#include "bench.hpp"

TEST_CASE("clock gate: the clock of enabled cycles, without a race", "[clock_gate]") {
    bench::Bench<Vtb_clock_gate> dut;
    bench::Random random(4400);
    std::uint64_t gated = 0, after = 0, before = 0;
    unsigned known = 0;  // cycles with the enable so far: registers are undefined until some
    const auto drive = [&](bool enable, bool test, std::uint64_t data) {
        dut.in(0)(enable, 1)(test, 1)(data, 8);
    };
    for (int cycle = 0; cycle < 20000; ++cycle) {
        const bool enable = random.chance(40), test = random.chance(5), pass = enable || test;
        const std::uint64_t data = random.bits(8);
        drive(random.chance(50), random.chance(50), random.bits(8));  // early in the low phase
        dut.settle();
        drive(enable, test, data);
        dut.settle();
        bench::same(dut.out(0).flag(), false, "clock while low", cycle);
        dut.clock();
        // The state before the edge decides.
        const std::uint64_t former = gated, last = after;
        if (pass) {
            gated = data;
            before = last;
            ++known;
        }
        after = former;
        bench::Get out = dut.out(0);
        bench::same(out.flag(), pass, "clock", cycle);
        if (known > 3) {
            bench::same(out(8), gated, "gated register", cycle);
            bench::same(out(8), gated, "register with an enable", cycle);
            bench::same(out(8), after, "from the gated clock", cycle);
            bench::same(out(8), before, "to the gated clock", cycle);
        }
        drive(random.chance(50), random.chance(50), random.bits(8));  // while it is high
        dut.clock();
        bench::same(dut.out(0).flag(), pass, "clock later", cycle);
    }
}
