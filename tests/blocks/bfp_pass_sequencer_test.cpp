// SPDX-License-Identifier: Apache-2.0
/// bfp_pass_sequencer against a list of cycles that nested loops write for each tile: groups, in
/// them passes, in them the bits that some row of the pass has. Static and dynamic; one row, one
/// group, one row a group, mantissas of one bit, sizes that are no power of two; every number of
/// present rows with absent rows full of ones, tiles without a step, vectors without a step; stalls
/// of the array and gaps between tiles; a reset in the middle. Outputs are compared in every cycle,
/// so that a step stands while stalled, an empty group costs one cycle, and finding the passes of a
/// group one.
#include <deque>
#include <map>

#include "Vtb_bfp_pass_sequencer.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned rows, active, bits, mantissa;
    bool dynamic;
};
constexpr Variant variants[] = {{1, 1, 2, 1, false},  {6, 2, 5, 3, false}, {12, 12, 8, 4, false},
                                {5, 1, 8, 8, false},  {1, 1, 2, 2, true},  {6, 2, 5, 3, true},
                                {24, 24, 8, 4, true}, {8, 4, 8, 1, true}};

struct Row {
    unsigned mantissa, shift;
};
struct Tile {
    std::vector<Row> rows;         ///< all of the macro's
    std::vector<unsigned> shifts;  ///< of each group (static)
    unsigned present = 0;
    bool last = false;
};
/// What the outputs say in one cycle, apart from stalls.
struct Cycle {
    bool step = false, convert = true;
    unsigned group = 0, pos = 0;
    std::vector<bool> enabled, driven;
};

/// Rows of the passes of one group, by shift.
std::map<unsigned, std::vector<unsigned>> passes_of(const Variant& v, const Tile& tile,
                                                    unsigned g) {
    std::map<unsigned, std::vector<unsigned>> passes;
    for (unsigned r = g * v.active; r < (g + 1) * v.active && r < tile.present; ++r) {
        if (v.dynamic && tile.rows[r].mantissa == 0) continue;
        passes[v.dynamic ? tile.rows[r].shift : tile.shifts[g]].push_back(r);
    }
    return passes;
}

void add_steps(const Variant& v, const Tile& tile, unsigned g, std::deque<Cycle>& cycles) {
    for (const auto& [shift, members] : passes_of(v, tile, g)) {
        for (unsigned t = 0; t < v.mantissa; ++t) {
            Cycle c{true, true, g, shift + t, std::vector<bool>(v.rows), std::vector<bool>(v.rows)};
            bool any = false;
            for (const unsigned r : members) {
                c.enabled[r] = true;
                c.driven[r] = tile.rows[r].mantissa >> t & 1;
                any = any || c.driven[r];
            }
            if (any) cycles.push_back(c);
        }
    }
}

std::deque<Cycle> cycles_of(const Variant& v, const Tile& tile) {
    std::deque<Cycle> cycles;
    const unsigned groups = (tile.present + v.active - 1) / v.active;
    for (unsigned g = 0; g < groups; ++g) {
        std::deque<Cycle> steps;
        add_steps(v, tile, g, steps);
        const bool empty = steps.empty();
        if (empty && g + 1 == groups && tile.last) {
            cycles.push_back({true, false, g, 0, {}, {}});  // only carries the end
        } else if (empty || v.dynamic) {
            cycles.push_back({false, true, g, 0, {}, {}});
        }
        cycles.insert(cycles.end(), steps.begin(), steps.end());
    }
    return cycles;
}

class Trial {
  public:
    Trial(bench::Bench<Vtb_bfp_pass_sequencer>& dut, unsigned n, unsigned stall)
        : dut_(dut), n_(n), v_(variants[n]), stall_(stall), random_(920 + n) {}

    void reset() {
        put({}, false, false);
        dut_.reset();
        in_vector_ = false;
    }
    /// Runs one tile; stops after `limit` cycles.
    void run(unsigned present, bool last, int limit) {
        const Tile tile = draw(present, last);
        std::deque<Cycle> cycles = cycles_of(v_, tile);
        bool in_tile = false;
        while (!cycles.empty() && limit-- > 0) {
            const Cycle c = cycles.front();
            const bool ready = !random_.chance(stall_);
            put(tile, true, ready);
            const bool done = !c.step || ready;
            check(tile, c, done && cycles.size() == 1, in_tile, cycles.size() == 1);
            dut_.clock();
            if (!done) continue;
            cycles.pop_front();
            in_tile = in_tile || c.step;
            in_vector_ = in_vector_ || c.step;
        }
        if (last) in_vector_ = false;
        while (random_.chance(stall_)) gap();
    }

  private:
    Tile draw(unsigned present, bool last) {
        Tile tile;
        const unsigned zeros = 10 * static_cast<unsigned>(random_.in(0, 10));
        for (unsigned r = 0; r < v_.rows; ++r) {
            const unsigned wide = static_cast<unsigned>(random_.in(0, v_.mantissa));
            const bool zero = r < present && random_.chance(zeros);
            tile.rows.push_back(
                {zero ? 0 : static_cast<unsigned>(random_.bits(v_.mantissa)) >> wide,
                 static_cast<unsigned>(random_.in(0, v_.bits - v_.mantissa))});
            if (r >= present) tile.rows.back().mantissa = bfp::mask(v_.mantissa);
        }
        for (unsigned g = 0; g < v_.rows / v_.active; ++g) {
            tile.shifts.push_back(static_cast<unsigned>(random_.in(0, v_.bits - v_.mantissa)));
        }
        tile.present = present;
        tile.last = last;
        return tile;
    }
    /// The group's shift comes from a table behind the block's own base_o, as in the front end.
    void put(const Tile& tile, bool valid, bool ready) {
        const unsigned shift_bits = bench::index_bits(v_.bits);
        bench::Put in = dut_.in(n_);
        in(valid, 1)(ready, 1)(tile.last, 1)(tile.present, bench::count_bits(v_.rows));
        for (unsigned g = 0; g < v_.rows / v_.active; ++g) {
            in(tile.shifts.empty() ? 0 : tile.shifts[g], shift_bits);
        }
        for (const Row& row : tile.rows) {
            in(row.mantissa, v_.mantissa);
            if (v_.dynamic) in(row.shift, shift_bits);
        }
        dut_.settle();
    }
    void gap() {
        put(draw(v_.rows, random_.chance(50)), false, true);
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), false, "valid", n_);
        bench::same(out.flag(), false, "tile taken", n_);
        dut_.clock();
    }
    void check(const Tile& tile, const Cycle& c, bool taken, bool in_tile, bool end) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), c.step, "valid", n_, c.group, c.pos);
        bench::same(out.flag(), taken, "tile taken", n_, c.group, c.pos);
        if (!c.step) return;
        bench::same(out.flag(), c.convert, "convert", n_, c.group);
        bench::same(out.flag(), !in_tile, "first of tile", n_, c.group);
        bench::same(out.flag(), !in_vector_, "first of vector", n_, c.group);
        bench::same(out.flag(), tile.last && end, "last of vector", n_, c.group, c.pos);
        if (!c.convert) return;
        bench::same(out(bench::count_bits(v_.bits - 1)), c.pos, "position", n_, c.group);
        for (unsigned r = 0; r < v_.rows; ++r) {
            bench::same(out.flag(), c.enabled[r], "row enable", n_, c.group, c.pos, r);
        }
        for (unsigned r = 0; r < v_.rows; ++r) {
            bench::same(out.flag(), c.driven[r], "row drive", n_, c.group, c.pos, r);
        }
    }

    bench::Bench<Vtb_bfp_pass_sequencer>& dut_;
    unsigned n_;
    Variant v_;
    unsigned stall_;
    bool in_vector_ = false;
    bench::Random random_;
};

}  // namespace

TEST_CASE("bfp pass sequencer: every tile, group by group, pass by pass", "[bfp_pass_sequencer]") {
    bench::Bench<Vtb_bfp_pass_sequencer> dut;
    for (const unsigned stall : {0u, 40u}) {
        for (unsigned n = 0; n < std::size(variants); ++n) {
            Trial trial(dut, n, stall);
            trial.reset();
            for (unsigned tile = 0; tile < 80 * variants[n].rows; ++tile) {
                trial.run(1 + tile % variants[n].rows, tile % 3 != 0, 1 << 20);
            }
        }
    }
}

TEST_CASE("bfp pass sequencer: a reset in the middle of a tile leaves no trace",
          "[bfp_pass_sequencer]") {
    bench::Bench<Vtb_bfp_pass_sequencer> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n, 0);
        for (int cycles = 1; cycles < 60; ++cycles) {
            trial.reset();
            trial.run(variants[n].rows, false, 1 + cycles % 12);
            trial.reset();
            trial.run(variants[n].rows, true, 1 << 20);
        }
    }
}
