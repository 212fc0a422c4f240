// SPDX-License-Identifier: Apache-2.0
/// ternary_frontend: random tiles (any present rows, first and last or not), steps taken or not at
/// random; several groups, one row of one bit, one group. Expected: the loops over groups and steps
/// as golden writes them, bit t of each present input, position t; nothing moves until a step is
/// taken.
#include "Vtb_ternary_frontend.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, active_rows, bits, pos_bits;
};
constexpr Variant variants[] = {{9, 3, 3, 2}, {1, 1, 1, 1}, {20, 20, 4, 2}};

struct Tile {
    std::vector<std::uint64_t> inputs;  ///< of all rows; those past `rows` are not driven
    unsigned rows;
    bool first, last;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_ternary_frontend>& dut, unsigned n) : dut_(dut), n_(n) {}

    void run(const Tile& tile, bench::Random& random) {
        for (unsigned base = 0; base < tile.rows; base += v_.active_rows) {
            for (unsigned t = 0; t < v_.bits; ++t) {
                for (bool taken = false; !taken;) {
                    taken = random.chance(60);
                    put(tile, taken);
                    dut_.settle();
                    check(tile, base, t, taken);
                    dut_.clock();
                }
            }
        }
    }

  private:
    void put(const Tile& tile, bool taken) {
        bench::Put in = dut_.in(n_);
        in(1, 1)(tile.first, 1)(tile.last, 1)(taken, 1)(tile.rows, bench::count_bits(v_.rows));
        for (const std::uint64_t x : tile.inputs) in(x, v_.bits);
    }
    void check(const Tile& tile, unsigned base, unsigned t, bool taken) {
        const bool begin = base == 0 && t == 0;
        const bool end = base + v_.active_rows >= tile.rows && t + 1 == v_.bits;
        std::uint64_t rows = 0, drive = 0;
        for (unsigned r = base; r < std::min(base + v_.active_rows, tile.rows); ++r) {
            rows |= std::uint64_t{1} << r;
            drive |= (tile.inputs[r] >> t & 1) << r;
        }
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), taken && end, "tile_ready", n_, base, t);
        bench::same(out.flag(), true, "step_valid", n_, base, t);
        bench::same(out.flag(), true, "convert", n_, base, t);
        bench::same(out.flag(), begin, "first of tile", n_, base, t);
        bench::same(out.flag(), begin && tile.first, "first of vector", n_, base, t);
        bench::same(out.flag(), end && tile.last, "last of vector", n_, base, t);
        bench::same(out(v_.rows), rows, "row_en", n_, base, t);
        bench::same(out(v_.rows), drive, "row_drive", n_, base, t);
        bench::same(out(v_.pos_bits + 1), t, "context", n_, base, t);
        for (const std::uint64_t x : tile.inputs) bench::same(out(v_.bits), x, "work data", n_);
        bench::same(out(v_.bits), tile.inputs[0], "element", n_);
    }

    bench::Bench<Vtb_ternary_frontend>& dut_;
    unsigned n_;
    const Variant& v_ = variants[n_];
};

}  // namespace

TEST_CASE("ternary front end: steps of random tiles", "[ternary_frontend]") {
    bench::Bench<Vtb_ternary_frontend> dut;
    bench::Random random(1);
    dut.reset();
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (int i = 0; i < 300; ++i) {
            Tile tile{std::vector<std::uint64_t>(variants[n].rows),
                      static_cast<unsigned>(random.in(1, variants[n].rows)), random.chance(50),
                      random.chance(50)};
            for (auto& x : tile.inputs) x = random.bits(variants[n].bits);
            trial.run(tile, random);
        }
    }
}
