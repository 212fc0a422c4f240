// SPDX-License-Identifier: Apache-2.0
/// binsparx_popcount against a count over the tile's list of bits. Beats that divide a group, that
/// hold several, the whole tile, and that do neither (a beat ends in a group's middle, two or three
/// groups in a beat, a last beat past the rows); groups of one row; sizes that are no power of two.
/// Random tiles one after the other without a reset, with pauses in which the lines carry anything,
/// and with elements past the present rows set at random. Compared after each tile's last beat: the
/// groups that have a present row.
#include "Vtb_binsparx_popcount.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, active, beat;
};
constexpr Variant variants[] = {{1, 1, 1},  {8, 8, 3},  {12, 12, 12}, {12, 6, 3},  {12, 3, 12},
                                {12, 2, 6}, {12, 3, 4}, {21, 7, 5},   {20, 10, 4}, {64, 64, 16},
                                {15, 5, 7}, {9, 1, 4},  {30, 6, 13}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_binsparx_popcount>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(900 + n) {}

    void tile(bool is_full) {
        const unsigned present = is_full ? v_.rows : static_cast<unsigned>(random_.in(1, v_.rows));
        const unsigned percent = static_cast<unsigned>(random_.in(0, 4)) * 25;
        std::vector<bool> bits(v_.rows + v_.beat);
        for (unsigned r = 0; r < bits.size(); ++r) {
            bits[r] = random_.chance(r < present ? percent : 50);
        }
        for (unsigned first = 0; first < present; first += v_.beat) {
            while (random_.chance(20)) beat(false, random_.bits(8), random_.bits(8), {});
            const std::vector<bool> slice(bits.begin() + first, bits.begin() + first + v_.beat);
            beat(true, first / v_.beat, present - first, slice);
        }
        dut_.settle();
        bench::Get out = dut_.out(n_);
        for (unsigned g = 0; g < v_.rows / v_.active; ++g) {
            unsigned ones = 0;
            for (unsigned r = g * v_.active; r < (g + 1) * v_.active; ++r) {
                ones += r < present && bits[r];
            }
            const auto found = out(bench::count_bits(v_.active));
            if (g * v_.active < present) bench::same(found, ones, "ones", n_, g, present);
        }
    }

  private:
    void beat(bool taken, std::uint64_t number, std::uint64_t left, const std::vector<bool>& bits) {
        bench::Put in = dut_.in(n_);
        in(taken, 1)(number, bench::index_bits((v_.rows + v_.beat - 1) / v_.beat));
        in(left, bench::count_bits(v_.rows));
        for (unsigned e = 0; e < v_.beat; ++e) in(taken ? bits[e] : random_.chance(50), 1);
        dut_.settle();
        dut_.clock();
    }

    bench::Bench<Vtb_binsparx_popcount>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
};

}  // namespace

TEST_CASE("binsparx popcount: the ones of each group", "[binsparx_popcount]") {
    bench::Bench<Vtb_binsparx_popcount> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (int i = 0; i < 600; ++i) trial.tile(i % 3 == 0);
    }
}
