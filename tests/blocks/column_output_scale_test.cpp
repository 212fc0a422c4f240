/// column_output_scale: combinational. Every input of the small variants (11 and 9 bits), corners and
/// random values of the wide one; a result wider and narrower than the product. Expected: the product
/// in 64-bit integers, modulo 2^OutBits.
#include "Vtb_column_output_scale.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned elements, in_bits, scale_bits, out_bits;
};
constexpr Variant variants[] = {{1, 6, 5, 11}, {3, 20, 16, 40}, {2, 4, 1, 4}};

void trial(bench::Bench<Vtb_column_output_scale>& dut, unsigned n, std::uint64_t scale,
           const std::vector<std::uint64_t>& data) {
    const Variant& v = variants[n];
    bench::Put in = dut.in(n);
    in(scale, v.scale_bits);
    for (const std::uint64_t d : data) in(d, v.in_bits);
    dut.settle();
    bench::Get out = dut.out(n);
    for (const std::uint64_t d : data) {
        const std::int64_t product =
            bench::to_signed(d, v.in_bits) * static_cast<std::int64_t>(scale);
        bench::same(out(v.out_bits), bench::wrap(product, v.out_bits), "product", n, scale, d);
    }
}

}  // namespace

TEST_CASE("column output scale: products", "[column_output_scale]") {
    bench::Bench<Vtb_column_output_scale> dut;
    for (unsigned x = 0; x < 1u << 11; ++x) trial(dut, 0, x & 31, {x >> 5});
    for (unsigned x = 0; x < 1u << 9; ++x) trial(dut, 2, x & 1, {x >> 1 & 15, x >> 5});
    bench::Random random(2400);
    for (int i = 0; i < 20000; ++i) {
        const std::uint64_t ends[] = {0, 1, 0x7ffff, 0x80000, 0xfffff, random.bits(20)};
        std::vector<std::uint64_t> data(3);
        for (auto& d : data) d = ends[random.in(0, 5)];
        trial(dut, 1, random.chance(20) ? 0xffff : random.bits(16), data);
    }
}
