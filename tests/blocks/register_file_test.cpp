// SPDX-License-Identifier: Apache-2.0
/// cim_register_file against an array of integers. Every index (also past the entries), one entry,
/// sizes that are no power of two, registers as wide as the word and narrower, of one bit, signed
/// and not, with a value after reset and without; random writes and reads. Compared in every cycle:
/// the word read (extended; 0 past the entries) and all values.
#include "Vtb_register_file.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned entries, bits, data_bits, index_bits;
    bool is_signed = true;
    std::int64_t reset = -1;  // -1: none
};
constexpr Variant variants[] = {{1, 2, 32, 1},
                                {5, 24, 32, 3},
                                {8, 32, 32, 4},
                                {3, 63, 64, 5},
                                {1, 1, 32, 1, false, 1},
                                {6, 9, 32, 3, false, 300},
                                // Behind clock gates.
                                {5, 24, 32, 3},
                                {6, 9, 32, 3, false, 300}};

}  // namespace

TEST_CASE("register file: an array of integers", "[register_file]") {
    bench::Bench<Vtb_register_file> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        bench::Random random(600 + n);
        std::vector<std::int64_t> values(v.entries, v.reset);
        const auto kept = [&](std::uint64_t data) {
            const std::uint64_t low = bench::wrap(static_cast<std::int64_t>(data), v.bits);
            return v.is_signed ? bench::to_signed(low, v.bits) : static_cast<std::int64_t>(low);
        };
        dut.reset();
        for (unsigned cycle = 0; cycle < 4000; ++cycle) {
            const bool fill = v.reset < 0 && cycle < v.entries;  // what is not written is undefined
            const bool write = fill || random.chance(40);
            const std::uint64_t index = fill ? cycle : random.bits(v.index_bits);
            const std::uint64_t data = random.bits(v.data_bits);
            dut.in(n)(write, 1)(index, v.index_bits)(data, v.data_bits);
            dut.settle();
            if (!fill) {
                bench::Get out = dut.out(n);
                const std::int64_t read = index < v.entries ? values[index] : 0;
                bench::same(out(v.data_bits), bench::wrap(read, v.data_bits), "read", n, index);
                for (unsigned e = 0; e < v.entries; ++e) {
                    bench::same(kept(out(v.bits)), values[e], "value", n, e);
                }
            }
            if (write && index < v.entries) values[index] = kept(data);
            dut.clock();
        }
    }
}
