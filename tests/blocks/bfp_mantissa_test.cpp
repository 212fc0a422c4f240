// SPDX-License-Identifier: Apache-2.0
/// bfp_mantissa: the register changes at random in every cycle, vectors begin at random. Expected:
/// the length that the register had in the last cycle with a beginning, that cycle included, pulled
/// into 1 .. MantissaBits. Every register value in every variant.
#include <algorithm>

#include "Vtb_bfp_mantissa.h"
#include "bfp_rounding.hpp"

namespace {

constexpr unsigned variants[] = {1, 3, 4, 8};  // MantissaBits

}  // namespace

TEST_CASE("bfp mantissa: held from a vector's first beat on", "[bfp_mantissa]") {
    bench::Bench<Vtb_bfp_mantissa> dut;
    bench::Random random(902);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const unsigned most = variants[n], bits = bench::count_bits(most);
        unsigned held = 0;
        for (int cycle = 0; cycle < 4000; ++cycle) {
            const auto value = static_cast<unsigned>(random.bits(bits));
            const bool begin = cycle == 0 || random.chance(20);
            if (begin) held = std::clamp(value, 1u, most);
            dut.in(n)(value, bits)(begin, 1);
            dut.settle();
            bench::Get out = dut.out(n);
            bench::same(out(bits), held, "length", n, cycle, value);
            bench::same(out(most), bfp::mask(held), "mask", n, cycle, value);
            dut.clock();
        }
    }
}
