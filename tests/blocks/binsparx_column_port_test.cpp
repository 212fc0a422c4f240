/// binsparx_column_port: combinational. Every index of small files, and indices past the outputs; one
/// output, one line, both, numbers that are no power of two; words as wide as the port's and narrower,
/// signed and not. Lanes give words at random, or as real ones do: 0 but in the lane accessed.
/// Expected from division of the index by the outputs' power of two.
#include "Vtb_binsparx_column_port.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned outputs, lanes, bits;
    bool is_signed;
    unsigned data_bits, index_bits;
};
constexpr Variant variants[] = {{1, 1, 2, false, 32, 1}, {1, 1, 3, true, 32, 4},
                                {4, 2, 7, false, 32, 2}, {6, 3, 5, true, 32, 7},
                                {12, 4, 32, false, 32, 4}, {5, 5, 9, false, 64, 6}};

}  // namespace

TEST_CASE("binsparx column port: where an address is, and what is read", "[binsparx_column_port]") {
    bench::Bench<Vtb_binsparx_column_port> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        bench::Random random(1020 + n);
        const unsigned output_bits = v.outputs > 1 ? bench::index_bits(v.outputs) : 0;
        const unsigned line_bits = v.index_bits > output_bits ? v.index_bits - output_bits : 1;
        for (unsigned i = 0; i < 3000; ++i) {
            const bool access = random.chance(70);
            const std::uint64_t index = random.bits(v.index_bits), line = random.bits(line_bits);
            const bool alone = random.chance(50);
            const auto lane = static_cast<unsigned>(random.in(0, v.lanes - 1));
            bench::Put in = dut.in(n);
            in(access, 1)(index, v.index_bits)(line, line_bits);
            std::uint64_t word = 0;
            for (unsigned l = 0; l < v.lanes; ++l) {
                const std::uint64_t part = alone && l != lane ? 0 : random.bits(v.bits);
                in(part, v.bits);
                word |= part;
            }
            dut.settle();
            bench::Get out = dut.out(n);
            const std::uint64_t stride = std::uint64_t{1} << output_bits;
            const bool one_line = v.index_bits == output_bits;
            bench::same(out(line_bits), one_line ? 0 : access ? index / stride : line, "line", n, index);
            for (unsigned o = 0; o < v.outputs; ++o) {
                bench::same(out.flag(), access && index % stride == o, "output", n, index, o);
            }
            const std::uint64_t expected =
                v.is_signed ? static_cast<std::uint64_t>(bench::to_signed(word, v.bits)) : word;
            bench::same(out(v.data_bits), bench::wrap(static_cast<std::int64_t>(expected), v.data_bits),
                        "data", n, word);
        }
    }
}
