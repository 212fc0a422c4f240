// SPDX-License-Identifier: Apache-2.0
/// binsparx_correction: combinational; every input where these are at most 20 bits, else corners
/// and random ones. Steps of 1, of one and of several bits, the greatest; with inverted columns and
/// without, words of one bit; codes with a
/// sign (less an offset); terms as wide as their range and wider. Expected, modulo 2^Bits, from
/// the page: y = ±(4·step·code − 2·sa' + C), C = 2·floor(C/2) + its lowest bit.
#include "Vtb_binsparx_correction.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned code, step, ones, word;
    bool weights;
    unsigned term, bits;
    bool code_signed = false;
};
constexpr Variant variants[] = {{3, 1, 3, 4, true, 7, 7},       {3, 1, 4, 5, false, 7, 12},
                                {1, 1, 1, 1, false, 4, 9},      {4, 5, 3, 4, true, 10, 14},
                                {4, 7, 3, 4, false, 10, 10},    {16, 65535, 10, 11, true, 36, 40},
                                {5, 2, 1, 2, true, 9, 9},       {4, 43690, 4, 3, true, 23, 30},
                                {4, 1, 3, 4, true, 8, 8, true}, {5, 5, 3, 4, false, 11, 14, true}};

void trial(bench::Bench<Vtb_binsparx_correction>& dut, unsigned n, std::uint64_t x) {
    const Variant& v = variants[n];
    const auto take = [&](unsigned width) {
        const std::uint64_t field = bench::wrap(static_cast<std::int64_t>(x), width);
        x >>= width;
        return static_cast<std::int64_t>(field);
    };
    const bool valid = take(1), flip = take(1), odd = take(1);
    const std::int64_t code = take(v.code), word = take(v.word), ones = take(v.ones);
    dut.in(n)(valid, 1)(flip, 1)(odd, 1)(static_cast<std::uint64_t>(code), v.code)(
        static_cast<std::uint64_t>(word), v.word)(static_cast<std::uint64_t>(ones), v.ones);
    dut.settle();

    const bool flip_column = v.weights && word >> (v.word - 1);
    const std::int64_t half = v.weights
                                  ? word % (std::int64_t{1} << (v.word - 1))
                                  : bench::to_signed(static_cast<std::uint64_t>(word), v.word);
    const std::int64_t number =
        v.code_signed ? bench::to_signed(static_cast<std::uint64_t>(code), v.code) : code;
    const std::int64_t y = 4 * std::int64_t{v.step} * number - 2 * ones + 2 * half + odd;
    const std::int64_t expected = !valid ? 0 : flip_column != flip ? -y : y;
    bench::Get out = dut.out(n);
    const std::uint64_t term = out(v.bits);
    const auto found = static_cast<std::int64_t>(term) + out.flag();
    bench::same(bench::wrap(found, v.bits), bench::wrap(expected, v.bits), "term", n, valid, flip,
                odd, code, word, ones);
    if (!valid) bench::same(found, 0, "term of no code", n);
}

}  // namespace

TEST_CASE("binsparx correction: the group's share of the exact sum", "[binsparx_correction]") {
    bench::Bench<Vtb_binsparx_correction> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        const unsigned width = 3 + v.code + v.word + v.ones;
        bench::Random random(980 + n);
        if (width <= 20) {
            for (std::uint64_t x = 0; x >> width == 0; ++x) trial(dut, n, x);
        } else {
            const std::uint64_t all = (std::uint64_t{1} << width) - 1;
            for (std::uint64_t flags = 0; flags < 8; ++flags) {
                trial(dut, n, flags);
                trial(dut, n, (all & ~std::uint64_t{7}) | flags);
            }
            for (int i = 0; i < 100000; ++i) trial(dut, n, random.bits(width));
        }
    }
}
