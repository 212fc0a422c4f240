// SPDX-License-Identifier: Apache-2.0
/// binsparx_threshold: combinational; every pair of result and threshold of small widths, corners
/// and random pairs (near each other too) of wide ones, several outputs. Expected: 64-bit >=.
#include "Vtb_binsparx_threshold.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned outputs, result, bits;
};
constexpr Variant variants[] = {{1, 5, 5}, {1, 4, 7}, {2, 2, 3}, {3, 24, 24}, {5, 13, 63}};

void trial(bench::Bench<Vtb_binsparx_threshold>& dut, unsigned n,
           const std::vector<std::int64_t>& results, const std::vector<std::int64_t>& thresholds) {
    const Variant& v = variants[n];
    bench::Put in = dut.in(n);
    for (const std::int64_t r : results) in(static_cast<std::uint64_t>(r), v.result);
    for (const std::int64_t t : thresholds) in(static_cast<std::uint64_t>(t), v.bits);
    dut.settle();
    bench::Get out = dut.out(n);
    for (unsigned o = 0; o < v.outputs; ++o) {
        bench::same(out.flag(), results[o] >= thresholds[o], "reached", n, o, results[o],
                    thresholds[o]);
    }
}

std::int64_t least(unsigned bits) { return -(std::int64_t{1} << (bits - 1)); }

}  // namespace

TEST_CASE("binsparx threshold: every pair of small widths", "[binsparx_threshold]") {
    bench::Bench<Vtb_binsparx_threshold> dut;
    for (unsigned n = 0; n < 2; ++n) {
        for (std::int64_t r = least(variants[n].result); r < -least(variants[n].result); ++r) {
            for (std::int64_t t = least(variants[n].bits); t < -least(variants[n].bits); ++t) {
                trial(dut, n, {r}, {t});
            }
        }
    }
}

TEST_CASE("binsparx threshold: several outputs, wide", "[binsparx_threshold]") {
    bench::Bench<Vtb_binsparx_threshold> dut;
    for (unsigned n = 2; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        bench::Random random(1040 + n);
        for (int i = 0; i < 5000; ++i) {
            std::vector<std::int64_t> results(v.outputs), thresholds(v.outputs);
            for (unsigned o = 0; o < v.outputs; ++o) {
                results[o] = random.chance(10) ? least(v.result)
                             : random.chance(10)
                                 ? -least(v.result) - 1
                                 : bench::to_signed(random.bits(v.result), v.result);
                const std::int64_t near = results[o] + random.in(-1, 1);
                const bool fits = near >= least(v.bits) && near < -least(v.bits);
                thresholds[o] = fits && random.chance(60)
                                    ? near
                                    : bench::to_signed(random.bits(v.bits), v.bits);
            }
            trial(dut, n, results, thresholds);
        }
    }
}
