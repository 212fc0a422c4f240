// SPDX-License-Identifier: Apache-2.0
/// cim_shifter: combinational; value, fill and position are at most 20 bits, so every input of
/// every variant is tried (result wider, equal and narrower than the value, positions past the
/// result). Expected: value · 2^pos, plus 2^pos − 1 when filled with ones, in 128-bit integers.
#include "Vtb_shifter.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned in, pos, out;
};
constexpr Variant variants[] = {{2, 1, 3},  {8, 4, 24},  {9, 3, 5},
                                {5, 5, 17}, {13, 5, 63}, {17, 2, 17}};

__extension__ using Wide = __int128;

}  // namespace

TEST_CASE("shifter: every value, fill and position", "[shifter]") {
    bench::Bench<Vtb_shifter> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        for (std::uint64_t x = 0; x >> (v.in + v.pos + 1) == 0; ++x) {
            const std::uint64_t value = x & ((1u << v.in) - 1);
            const bool fill = x >> v.in & 1;
            const auto pos = static_cast<unsigned>(x >> (v.in + 1));
            dut.in(n)(value, v.in)(fill, 1)(pos, v.pos);
            dut.settle();
            const Wide scale = Wide{1} << pos;
            const Wide expected =
                Wide{bench::to_signed(value, v.in)} * scale + (fill ? scale - 1 : 0);
            const auto low = static_cast<std::int64_t>(expected);
            bench::same(dut.out(n)(v.out), bench::wrap(low, v.out), "shifted", n, value, fill, pos);
        }
    }
}
