// SPDX-License-Identifier: Apache-2.0
/// cim_observe_status beside counts written here: random headers (right ones more often than not),
/// weight accesses, results, refusals and writes; rows of which all values exist and not, one bank,
/// three and four, one tile a vector and more.
#include "Vtb_observe_status.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, banks, tiles;
};
constexpr Variant variants[] = {{1, 1, 1}, {5, 3, 3}, {7, 4, 16}};

}  // namespace

TEST_CASE("observe status: every bit, set and cleared", "[observe_status]") {
    bench::Bench<Vtb_observe_status> dut;
    bench::Random random(77);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const Variant& v = variants[n];
        const unsigned rows_bits = bench::count_bits(v.rows),
                       bank_bits = bench::index_bits(v.banks);
        dut.in(n)(0, 128);
        dut.reset();
        unsigned sticky = 0, ever = 0, tiles = 0;
        for (int cycle = 0; cycle < 40000; ++cycle) {
            const bool taken = random.chance(60), vector = random.chance(30);
            const auto beat = random.chance(70) ? 0 : random.in(1, 3);
            const bool first = random.chance(95) ? vector : !vector;
            const std::uint64_t bank = random.bits(bank_bits), rows = random.bits(rows_bits);
            const bool weight = random.chance(5), out = random.chance(20), busy = random.chance(50);
            const std::uint64_t weight_bank = random.bits(bank_bits);
            const std::uint64_t saturated = random.chance(5) ? random.bits(2) : 0;
            const bool stepping = random.chance(50), refused = random.chance(2);
            const std::uint64_t flags = random.bits(3), data = random.bits(32);
            const bool write = random.chance(20);
            dut.in(n)(taken, 1)(static_cast<std::uint64_t>(beat), 2)(vector, 1)(first, 1)(
                bank, bank_bits)(rows, rows_bits)(weight, 1)(weight_bank, bank_bits)(out, 1)(
                saturated, 2)(busy, 1)(stepping, 1)(flags, 3)(refused, 1)(write, 1)(data, 32);
            dut.settle();
            const std::uint64_t expected = busy | stepping << 1 | flags << 2 | sticky << 5;
            bench::same(dut.out(n)(32), expected, "status", n, cycle);
            dut.clock();
            if (write) sticky &= ~static_cast<unsigned>(data >> 5);
            const bool header = taken && beat == 0;
            unsigned set = (out && saturated != 0) | unsigned{refused} << 5;
            if (header) {
                tiles = vector ? 1 : tiles + 1;
                set |= unsigned{first != vector} << 1;
                set |= unsigned{rows == 0 || rows > v.rows} << 2;
                set |= unsigned{bank >= v.banks} << 3;
                set |= unsigned{tiles > v.tiles} << 4;
            }
            set |= unsigned{weight && weight_bank >= v.banks} << 3;
            sticky |= set;
            ever |= set;
        }
        CHECK((ever | 0xc) == 0x3f);  // rows and banks may all be there
    }
}
