// SPDX-License-Identifier: Apache-2.0
/// cim_code_correction: combinational; every code with every correction (at most 16 bits together)
/// on the last of the ADCs, the others random, in all variants (one bit, signed and not,
/// corrections wider than codes). Expected in plain integers, at the least width that holds every
/// difference.
#include "Vtb_code_correction.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned adcs, code_bits;
    bool is_signed;
    unsigned correction_bits, used_bits;
};
constexpr Variant variants[] = {
    {1, 1, false, 1, 3}, {3, 7, false, 4, 9}, {2, 4, true, 8, 9}, {2, 8, true, 8, 9}};

}  // namespace

TEST_CASE("code correction: every code, every correction", "[code_correction]") {
    bench::Bench<Vtb_code_correction> dut;
    bench::Random random(17);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        const unsigned last = v.adcs - 1;
        for (std::uint64_t all = 0; all >> (v.code_bits + v.correction_bits) == 0; ++all) {
            std::uint64_t codes = random.bits(v.adcs * v.code_bits);
            std::uint64_t corrections = random.bits(v.adcs * v.correction_bits);
            const auto put = [](std::uint64_t& word, unsigned at, unsigned bits, std::uint64_t x) {
                const std::uint64_t mask = ((std::uint64_t{1} << bits) - 1) << at;
                word = (word & ~mask) | (x << at & mask);
            };
            put(codes, last * v.code_bits, v.code_bits, all);
            put(corrections, last * v.correction_bits, v.correction_bits, all >> v.code_bits);
            dut.in(n)(codes, v.adcs * v.code_bits)(corrections, v.adcs * v.correction_bits);
            dut.settle();
            bench::Get out = dut.out(n);
            for (unsigned a = 0; a < v.adcs; ++a) {
                const std::uint64_t code = codes >> (a * v.code_bits) & ((1U << v.code_bits) - 1);
                const std::uint64_t c =
                    corrections >> (a * v.correction_bits) & ((1U << v.correction_bits) - 1);
                const std::int64_t number = v.is_signed ? bench::to_signed(code, v.code_bits)
                                                        : static_cast<std::int64_t>(code);
                const std::int64_t expected = number - bench::to_signed(c, v.correction_bits);
                const std::int64_t found = bench::to_signed(out(v.used_bits), v.used_bits);
                bench::same(found, expected, "code", n, all, a);
            }
        }
    }
}
