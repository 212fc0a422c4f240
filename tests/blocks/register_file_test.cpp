/// cim_register_file against an array of integers. Every index (also past the entries), one entry,
/// sizes that are no power of two, registers as wide as the word and narrower; random writes and
/// reads. Compared in every cycle: the word read (sign-extended; 0 past the entries) and all
/// values.
#include "Vtb_register_file.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned entries, bits, data_bits, index_bits;
};
constexpr Variant variants[] = {{1, 2, 32, 1}, {5, 24, 32, 3}, {8, 32, 32, 4}, {3, 63, 64, 5}};

}  // namespace

TEST_CASE("register file: an array of integers", "[register_file]") {
    bench::Bench<Vtb_register_file> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        bench::Random random(600 + n);
        std::vector<std::int64_t> values(v.entries);
        for (unsigned cycle = 0; cycle < 4000; ++cycle) {
            const bool fill = cycle < v.entries;  // what is not written is undefined
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
                    bench::same(bench::to_signed(out(v.bits), v.bits), values[e], "value", n, e);
                }
            }
            if (write && index < v.entries) values[index] = bench::to_signed(data, v.bits);
            dut.clock();
        }
    }
}
