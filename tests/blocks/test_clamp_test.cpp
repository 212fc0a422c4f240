// SPDX-License-Identifier: Apache-2.0
/// cim_test_clamp: combinational; every input (at most 2^12): as it is, or all 0 in the test mode.
#include "Vtb_test_clamp.h"
#include "bench.hpp"

TEST_CASE("test clamp: all or nothing", "[test_clamp]") {
    constexpr unsigned widths[] = {1 + 1 + 3, 5 + 3 + 3};
    bench::Bench<Vtb_test_clamp> dut;
    for (unsigned n = 0; n < std::size(widths); ++n) {
        for (std::uint64_t all = 0; all >> (widths[n] + 1) == 0; ++all) {
            dut.in(n)(all, widths[n] + 1);
            dut.settle();
            const bool clamped = (all >> widths[n]) != 0;
            bench::same(dut.out(n)(widths[n]), clamped ? 0 : all, "outputs", n, all);
        }
    }
}
