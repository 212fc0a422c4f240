// SPDX-License-Identifier: Apache-2.0
/// cim_step_sequencer against a list of steps that two nested loops write for each tile. State:
/// group and step; parameters: one row, one group, one step, one row a group, sizes that are no
/// power of two, sign of the last step. Every number of present rows with each first/last mark, in
/// every variant, under stalls of the array and gaps between tiles; a reset in the middle of a
/// tile. The step is compared in every cycle, so that it stands while stalled and takes one cycle
/// when not.
#include <deque>

#include "Vtb_step_sequencer.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, active, steps, pos_bits;
    bool negate_top;
};
constexpr Variant variants[] = {{1, 1, 1, 1, false}, {1, 1, 8, 3, true},   {6, 2, 3, 4, true},
                                {5, 1, 1, 2, true},  {12, 3, 5, 4, false}, {64, 64, 4, 3, false},
                                {16, 8, 8, 5, true}};

struct Tile {
    unsigned rows;
    bool first, last;
};
struct Step {
    unsigned step, base;
    bool first, last;
};

std::deque<Step> steps_of(const Variant& v, const Tile& tile) {
    std::deque<Step> list;
    for (unsigned base = 0; base < tile.rows; base += v.active) {
        for (unsigned t = 0; t < v.steps; ++t) list.push_back({t, base, false, false});
    }
    list.front().first = true;
    list.back().last = true;
    return list;
}

class Trial {
  public:
    Trial(bench::Bench<Vtb_step_sequencer>& dut, unsigned n, unsigned stall)
        : dut_(dut), n_(n), v_(variants[n]), stall_(stall), random_(400 + n) {}

    void reset() {
        dut_.in(n_)(0, 2);
        dut_.reset();
    }
    /// Runs a tile; stops after `limit` cycles.
    void run(const Tile& tile, int limit) {
        std::deque<Step> steps = steps_of(v_, tile);
        for (int cycle = 0; !steps.empty() && cycle < limit; ++cycle) {
            const bool valid = !random_.chance(stall_), ready = !random_.chance(stall_);
            dut_.in(n_)(ready, 1)(valid, 1)(tile.first, 1)(tile.last, 1)(
                tile.rows, bench::count_bits(v_.rows));
            dut_.settle();
            if (check(tile, steps.front(), valid, ready, steps.size() == 1)) steps.pop_front();
            dut_.clock();
        }
    }

  private:
    bool check(const Tile& tile, const Step& s, bool valid, bool ready, bool end) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), valid, "valid", n_);
        bench::same(out.flag(), valid && ready && end, "tile taken", n_, s.step, s.base);
        bench::same(out.flag(), s.first, "first of tile", n_, s.step, s.base);
        bench::same(out.flag(), s.first && tile.first, "first of vector", n_, s.step, s.base);
        bench::same(out.flag(), s.last && tile.last, "last of vector", n_, s.step, s.base);
        bench::same(out.flag(), v_.negate_top && s.step + 1 == v_.steps, "negate", n_, s.step);
        bench::same(out(bench::count_bits(v_.rows)), s.base, "first row of the group", n_,
                    tile.rows);
        bench::same(out(bench::index_bits(v_.steps)), s.step, "step", n_, tile.rows);
        bench::same(out(v_.pos_bits), (3 * s.step + 1) % (1u << v_.pos_bits), "position", n_,
                    s.step);
        return valid && ready;
    }

    bench::Bench<Vtb_step_sequencer>& dut_;
    unsigned n_;
    Variant v_;
    unsigned stall_;
    bench::Random random_;
};

}  // namespace

TEST_CASE("step sequencer: every tile, group by group", "[step_sequencer]") {
    bench::Bench<Vtb_step_sequencer> dut;
    for (const unsigned stall : {0u, 40u}) {
        for (unsigned n = 0; n < std::size(variants); ++n) {
            Trial trial(dut, n, stall);
            trial.reset();
            for (unsigned rows = 1; rows <= variants[n].rows; ++rows) {
                for (unsigned marks = 0; marks < 4; ++marks) {
                    trial.run({rows, (marks & 1) != 0, (marks & 2) != 0}, 1 << 20);
                }
            }
        }
    }
}

TEST_CASE("step sequencer: a reset in the middle of a tile leaves no trace", "[step_sequencer]") {
    bench::Bench<Vtb_step_sequencer> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n, 0);
        trial.reset();
        for (int cycles = 1; cycles < 12; ++cycles) {
            trial.run({variants[n].rows, true, false}, cycles);
            trial.reset();
            trial.run({variants[n].rows, true, true}, 1 << 20);
        }
    }
}
