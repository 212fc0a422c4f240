// SPDX-License-Identifier: Apache-2.0
/// binsparx_majority against a list of tiles. Each tile's counts come with its move (a tile of one
/// group: stand while it is driven); its groups are driven in order with pauses of any length. Full
/// and partial tiles and groups, every pair of present rows and ones of a group of 8, ties, groups
/// of one row, one group and several, with and without inverted activations; the next tile moves
/// with the last step of the former or later; a reset in the middle. Expected from the page's
/// formulas.
#include "Vtb_binsparx_majority.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, active, banks;
    bool activations;
};
constexpr Variant variants[] = {{1, 1, 1, true},     {8, 8, 5, true},   {8, 8, 2, false},
                                {12, 3, 16, true},   {12, 4, 3, false}, {6, 1, 1, true},
                                {63, 63, 256, true}, {40, 8, 7, true}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_binsparx_majority>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(950 + n), groups_(v_.rows / v_.active) {}

    void reset() {
        dut_.reset();
        moved_ = false;
    }

    /// One tile moves in (or has, with the former's last step), then its steps are taken: all, or
    /// some and then there is a reset.
    void tile(bool cut) {
        if (!moved_) draw();
        if (groups_ > 1 && !moved_) cycle(true, false, false);
        moved_ = false;
        const unsigned driven = (present_ + v_.active - 1) / v_.active;
        for (unsigned g = 0; g < driven; ++g) {
            if (cut && random_.chance(40)) return reset();
            base_ = g * v_.active;
            bank_ = static_cast<unsigned>(random_.in(0, v_.banks - 1));
            while (random_.chance(30)) cycle(false, random_.chance(50), false);
            check(g);
            const bool last = g + 1 == driven;
            if (last && groups_ > 1 && random_.chance(50)) {
                const unsigned rows = present_;
                draw();
                const unsigned next = present_;
                present_ = rows;
                cycle(true, true, true);
                present_ = next;
                moved_ = true;
            } else {
                cycle(false, true, true, last);
            }
        }
    }

  private:
    /// The tile that moves next: present rows and ones of each group.
    void draw() {
        present_ = random_.chance(40) ? v_.rows : static_cast<unsigned>(random_.in(1, v_.rows));
        ones_.assign(groups_, 0);
        for (unsigned g = 0; g < groups_; ++g)
            ones_[g] = static_cast<unsigned>(random_.in(0, rows_of(g)));
    }
    unsigned rows_of(unsigned g) const {
        const unsigned first = g * v_.active;
        return first >= present_ ? 0 : std::min(v_.active, present_ - first);
    }

    void put(bool move, bool valid, bool ready, bool last) {
        bench::Put in = dut_.in(n_);
        const unsigned rows_bits = bench::count_bits(v_.rows);
        in(move, 1)(valid, 1)(ready, 1)(last, 1)(bank_, bench::index_bits(v_.banks));
        in(present_, rows_bits)(base_, rows_bits);
        const bool shown = move || groups_ == 1;  // otherwise of the tile being loaded
        for (unsigned g = 0; g < groups_; ++g) {
            const unsigned bits = bench::count_bits(v_.active);
            in(shown ? ones_[g] : random_.bits(bits), bits);
        }
    }
    void cycle(bool move, bool valid, bool ready, bool last = true) {
        put(move, valid, ready, valid && ready && last);
        dut_.settle();
        dut_.clock();
    }

    void check(unsigned g) {
        put(false, true, false, false);
        dut_.settle();
        const unsigned n = rows_of(g), sa = ones_[g];
        const bool flip = v_.activations && 2 * sa > n;
        const unsigned most = v_.activations ? v_.active / 2 : v_.active;
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), flip, "flip", n_, n, sa);
        bench::same(out(bench::count_bits(most)), flip ? n - sa : sa, "ones driven", n_, n, sa);
        bench::same(out.flag(), n % 2 == 1, "odd", n_, n);
        bench::same(out(bench::index_bits(v_.banks * groups_)), bank_ * groups_ + g, "line", n_,
                    bank_, g);
    }

    bench::Bench<Vtb_binsparx_majority>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    unsigned groups_;
    unsigned present_ = 0, base_ = 0, bank_ = 0;
    std::vector<unsigned> ones_;
    bool moved_ = false;
};

}  // namespace

TEST_CASE("binsparx majority: inverted or not, group by group", "[binsparx_majority]") {
    bench::Bench<Vtb_binsparx_majority> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        trial.reset();
        for (int i = 0; i < 600; ++i) trial.tile(i % 20 == 19);
    }
}
