// SPDX-License-Identifier: Apache-2.0
/// cim_code_sign: combinational; valid, code and sign are at most 18 bits, so every input of every
/// variant (one bit, odd and even widths, signed and not) is tried. Expected in plain integers:
/// value + carry is ±code, and the value alone is one less than the negated code.
#include "Vtb_code_sign.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned code_bits;
    bool is_signed;
};
constexpr Variant variants[] = {{1, false}, {2, true}, {7, false}, {8, true}, {16, true}};

}  // namespace

TEST_CASE("code sign: every code, both signs", "[code_sign]") {
    bench::Bench<Vtb_code_sign> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const auto [bits, is_signed] = variants[n];
        for (std::uint64_t code = 0; code >> bits == 0; ++code) {
            for (unsigned mode = 0; mode < 4; ++mode) {
                const bool valid = mode & 1, negate = mode & 2;
                dut.in(n)(valid, 1)(code, bits)(negate, 1);
                dut.settle();
                bench::Get out = dut.out(n);
                const std::int64_t value = bench::to_signed(out(bits + 1), bits + 1);
                const bool carry = out.flag();
                const std::int64_t number =
                    is_signed ? bench::to_signed(code, bits) : static_cast<std::int64_t>(code);
                const std::int64_t expected = !valid ? 0 : negate ? -number - 1 : number;
                bench::same(value, expected, "value", n, code, mode);
                bench::same(carry, valid && negate, "carry", n, code, mode);
            }
        }
    }
}
