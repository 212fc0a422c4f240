// SPDX-License-Identifier: Apache-2.0
/// bfp_group_range against an OR over the tile's list of elements. Beats that divide a group, that
/// hold several, the whole tile, and that do neither (a beat ends in a group's middle, two or three
/// groups in a beat, a last beat past the rows); groups of one row; sizes that are no power of two.
/// Random tiles one after the other without a reset, each row of another magnitude, with pauses in
/// which the lines carry anything, and with elements past the present rows at random. Compared
/// after each tile's last beat: the groups that have a present row.
#include "Vtb_bfp_group_range.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned rows, active, bits, beat;
};
constexpr Variant variants[] = {{1, 1, 2, 1},   {8, 8, 5, 3},    {12, 12, 8, 12}, {12, 6, 8, 3},
                                {12, 3, 8, 12}, {12, 2, 3, 6},   {12, 3, 8, 4},   {21, 7, 8, 5},
                                {20, 10, 4, 4}, {64, 64, 8, 16}, {15, 5, 6, 7},   {9, 1, 8, 4},
                                {30, 6, 7, 13}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_bfp_group_range>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(700 + n) {}

    void tile(bool is_full) {
        const unsigned present = is_full ? v_.rows : static_cast<unsigned>(random_.in(1, v_.rows));
        std::vector<unsigned> values(v_.rows + v_.beat);
        for (unsigned& value : values) value = random_.chance(40) ? bfp::draw(random_, v_.bits) : 0;
        for (unsigned first = 0; first < present; first += v_.beat) {
            while (random_.chance(20)) beat(false, random_.bits(8), random_.bits(8), {});
            beat(true, first / v_.beat, present - first,
                 {values.begin() + first, values.begin() + first + v_.beat});
        }
        dut_.settle();
        bench::Get out = dut_.out(n_);
        for (unsigned first = 0; first < v_.rows; first += v_.active) {
            unsigned any = 0;
            for (unsigned r = first; r < first + v_.active && r < present; ++r) any |= values[r];
            const auto found = out(v_.bits);
            if (first < present) bench::same(found, any, "range", n_, first, present);
        }
    }

  private:
    void beat(bool taken, std::uint64_t number, std::uint64_t left,
              const std::vector<unsigned>& values) {
        bench::Put in = dut_.in(n_);
        in(taken, 1)(number, bench::index_bits((v_.rows + v_.beat - 1) / v_.beat));
        in(left, bench::count_bits(v_.rows));
        for (unsigned e = 0; e < v_.beat; ++e)
            in(taken ? values[e] : random_.bits(v_.bits), v_.bits);
        dut_.settle();
        dut_.clock();
    }

    bench::Bench<Vtb_bfp_group_range>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
};

}  // namespace

TEST_CASE("bfp group range: the OR of each group's present rows", "[bfp_group_range]") {
    bench::Bench<Vtb_bfp_group_range> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (int i = 0; i < 600; ++i) trial.tile(i % 3 == 0);
    }
}
