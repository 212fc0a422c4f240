// SPDX-License-Identifier: Apache-2.0
/// cim_accumulator against lists of tile sums. A vector is 1–4 tiles of 1–3 steps; a step brings
/// the codes of every output's planes in order (a ring), or one code a plane and sometimes none (a
/// single output), with gaps. Parameters: one output, rings of 2, 3 and more, with and without
/// saturation (guard bits and none), with and without starting values, vectors without any code;
/// results of 2 to 63 bits. Terms are drawn large, so that most vectors saturate at both ends and
/// some never. The marks come as early as they may (before the first code) and as late (in its
/// cycle). No reset: undefined registers at first. Expected: acc = sat(acc + sum of the tile's
/// terms), tile by tile, in 64-bit integers, and a flag.
#include "Vtb_accumulator.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned outputs, bits, result;
    bool saturate, start;
    bool load_zero = false;  // a vector may bring no code at all
};
constexpr Variant variants[] = {{1, 20, 20, false, false},
                                {1, 12, 8, true, false},
                                {1, 12, 8, true, true},
                                {1, 16, 16, true, true},
                                {2, 20, 20, false, false},
                                {5, 63, 63, false, false},
                                {2, 12, 8, true, false},
                                {3, 12, 8, true, false},
                                {2, 12, 7, true, true},
                                {4, 11, 2, true, true},
                                {3, 18, 18, true, true},
                                {2, 20, 20, false, false, true},
                                {3, 12, 8, true, false, true},
                                {1, 12, 8, true, false, true},
                                {4, 14, 9, true, true, true},
                                // Behind clock gates.
                                {1, 20, 20, false, false},
                                {1, 12, 8, true, false},
                                {1, 12, 8, true, true},
                                {2, 20, 20, false, false},
                                {3, 12, 8, true, false},
                                {4, 11, 2, true, true},
                                {2, 20, 20, false, false, true},
                                {3, 12, 8, true, false, true},
                                {3, 4, 4, false, false}};

struct Cycle {
    bool valid = false, begin_tile = false, begin_vector = false;
    bool first_plane = false, last_plane = false, first_tile = false, first_vector = false;
    std::int64_t term = 0;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_accumulator>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(1000 + n) {}

    void vector() {
        begin();
        if (v_.load_zero && random_.chance(25)) {
            apply({.begin_tile = true, .begin_vector = true});
            check();
            return;
        }
        const auto tiles = random_.in(1, 4), steps = random_.in(1, 3), planes = random_.in(1, 3);
        const std::int64_t budget = most(v_.bits) - most(v_.result) - 1;  // of a tile's sum
        const std::int64_t whole = budget > 0 ? budget : most(v_.bits) / 8;
        largest_ = whole / (steps * planes) / (random_.chance(30) ? 8 : 1);
        for (std::int64_t tile = 0; tile < tiles; ++tile) {
            sums_.assign(v_.outputs, 0);
            const bool early = random_.chance(50);
            if (early) {
                apply({.begin_tile = true, .begin_vector = tile == 0, .first_tile = true});
                gap();
            }
            for (std::int64_t s = 0; s < steps; ++s) {
                step(planes, s == 0, s == 0 && tile == 0, s == 0 && !early);
            }
            finish_tile();
        }
        check();
    }

  private:
    static std::int64_t most(unsigned bits) { return (std::int64_t{1} << (bits - 1)) - 1; }

    void begin() {
        start_.assign(v_.outputs, 0);
        flags_.assign(v_.outputs, false);
        for (unsigned o = 0; v_.start && o < v_.outputs; ++o) {
            start_[o] = bench::to_signed(random_.bits(v_.result), v_.result);
            if (v_.bits == v_.result) start_[o] /= 8;  // without guard bits nothing may overflow
            flags_[o] = random_.chance(10);
        }
        start_flags_ = flags_;
        acc_ = start_;
    }

    /// All codes of a step; `mark`: begin_tile (and begin_vector) still to come, with the first.
    void step(std::int64_t planes, bool first_tile, bool first_vector, bool mark) {
        for (unsigned o = 0; o < v_.outputs; ++o) {
            for (std::int64_t p = 0; p < planes; ++p) {
                Cycle c{.valid = true,
                        .begin_tile = mark,
                        .begin_vector = mark && first_vector,
                        .first_plane = p == 0,
                        .last_plane = p + 1 == planes,
                        .first_tile = first_tile,
                        .first_vector = first_vector};
                c.term = random_.in(-largest_, largest_);
                mark = false;
                sums_[o] += c.term;
                apply(c);
                gap();
            }
        }
    }
    /// Cycles without a code; what says where a code stands may be anything.
    void gap() {
        while (random_.chance(30)) {
            Cycle c{.first_plane = random_.chance(50), .last_plane = random_.chance(50)};
            c.first_tile = random_.chance(50);
            c.first_vector = random_.chance(50);
            apply(c);
        }
    }

    void finish_tile() {
        for (unsigned o = 0; o < v_.outputs; ++o) {
            const std::int64_t sum = acc_[o] + sums_[o];
            acc_[o] = v_.saturate ? std::clamp(sum, -most(v_.result) - 1, most(v_.result)) : sum;
            if (acc_[o] != sum) flags_[o] = true;
        }
    }

    void apply(const Cycle& c) {
        const bool carry = c.valid && random_.chance(50);
        bench::Put in = dut_.in(n_);
        in(c.valid, 1)(carry, 1)(c.begin_tile, 1)(c.begin_vector, 1)(c.first_plane, 1)(c.last_plane,
                                                                                       1);
        in(c.first_tile, 1)(c.first_vector, 1)(bench::wrap(c.term - carry, v_.bits), v_.bits);
        for (const bool f : start_flags_) in(c.begin_vector ? f : random_.chance(50), 1);
        for (const std::int64_t s : start_) {
            in(c.begin_vector ? bench::wrap(s, v_.result) : random_.bits(v_.result), v_.result);
        }
        dut_.settle();
        dut_.clock();
    }

    /// From one cycle after the last code on, and it stays.
    void check() {
        for (int wait = 0; wait < 2; ++wait) {
            bench::Get out = dut_.out(n_);
            for (unsigned o = 0; o < v_.outputs; ++o) {
                bench::same(out.flag(), v_.saturate && flags_[o], "saturated", n_, o);
            }
            for (unsigned o = 0; o < v_.outputs; ++o) {
                const std::int64_t found = bench::to_signed(out(v_.result), v_.result);
                bench::same(found, acc_[o], "result", n_, o);
            }
            apply({});
        }
    }

    bench::Bench<Vtb_accumulator>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::int64_t largest_ = 0;
    std::vector<std::int64_t> start_, acc_, sums_;
    std::vector<bool> start_flags_, flags_;
};

}  // namespace

TEST_CASE("accumulator: saturating sum over tiles", "[accumulator]") {
    bench::Bench<Vtb_accumulator> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (int vector = 0; vector < 600; ++vector) trial.vector();
    }
}
