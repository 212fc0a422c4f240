// SPDX-License-Identifier: Apache-2.0
/// cim_input_buffer against a queue of tiles. State: beats in the load buffer, tile in the work
/// buffer; parameters: one row, one beat, beats that do not divide the rows, both structures
/// (Direct or not). Tiles of every number of present rows, random header, gaps, holds of the
/// driver, blocks of tiles and of vectors, resets. Every cycle the ready, begin, empty and valid
/// outputs are compared with what the queue says, and the whole tile while it is offered (so that
/// it is stable). A vector's first tile is the one after a last tile or a reset, whatever first_i
/// says; the assertions on first_i and rows_i are seen to fail, each by itself.
#include <deque>
#include <optional>

#include "Vtb_input_buffer.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, bits, beat, bank_bits;
    bool direct;
    unsigned work_bits = 0;  // 0: as loaded
    unsigned work() const { return work_bits == 0 ? bits : work_bits; }
};
constexpr Variant variants[] = {{1, 3, 1, 1, false},
                                {1, 8, 1, 4, true},
                                {5, 2, 2, 1, false, 3},
                                {8, 6, 8, 3, false, 4},
                                {7, 1, 3, 2, true},
                                {6, 8, 1, 1, false},
                                {64, 8, 16, 4, false},
                                {12, 1, 4, 8, true},
                                // Behind clock gates.
                                {5, 2, 2, 1, false, 3},
                                {7, 8, 3, 2, true},
                                {64, 8, 16, 4, false}};

struct Tile {
    std::uint64_t bank = 0;
    bool first = false, last = false;
    unsigned rows = 0;
    std::vector<std::uint64_t> elements;
};

struct Rates {
    unsigned valid, ready, block;
    unsigned lies = 0;  ///< first_i at random in so many per cent of all cycles
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_input_buffer>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(300 + n) {}

    void drive(const Rates& rates) {
        if (!next_) next_ = new_tile();
        valid_ = random_.chance(rates.valid);
        block_tile_ = random_.chance(rates.block);
        block_vector_ = random_.chance(rates.block);
        ready_ = random_.chance(rates.ready);
        bench::Put in = dut_.in(n_);
        in(valid_, 1)(block_tile_, 1)(block_vector_, 1)(ready_, 1);
        const bool header = beats_in_ == 0;  // afterwards anything may stand there
        const bool first =
            header && !random_.chance(rates.lies) ? next_->first : random_.chance(50);
        in(first, 1)(header ? next_->last : random_.chance(50), 1);
        in(header ? next_->bank : random_.bits(v_.bank_bits), v_.bank_bits);
        in(header ? next_->rows : random_.bits(3) % (v_.rows + 1), bench::count_bits(v_.rows));
        for (unsigned e = 0; e < v_.beat; ++e) {
            const unsigned row = beats_in_ * v_.beat + e;
            in(row < next_->rows ? next_->elements[row] : random_.bits(v_.bits), v_.bits);
        }
    }

    void check() {
        bench::Get out = dut_.out(n_);
        const bool may_begin = !block_tile_ && !(block_vector_ && next_->first);
        const bool loading = loaded_ || beats_in_ > 0;
        bench::same(out.flag(), loading, "loading", n_);
        const std::uint64_t loading_bank = out(v_.bank_bits);
        if (loading)
            bench::same(loading_bank, (loaded_ ? loaded_ : next_)->bank, "bank loaded", n_);
        take_ = valid_ && !loaded_ && (beats_in_ > 0 || may_begin);
        bench::same(out.flag(), !loaded_ && (beats_in_ > 0 || may_begin), "ready", n_);
        bench::same(out.flag(), take_ && beats_in_ == 0 && next_->first, "vector begins", n_);
        const std::optional<Tile>& shown = v_.direct ? loaded_ : work_;
        bench::same(out.flag(), beats_in_ == 0 && !loaded_ && !work_, "empty", n_);
        bench::same(out.flag(), take_, "beat taken", n_);
        bench::same(out.flag(), loaded_ && (ready_ ? true : !v_.direct && !work_), "move", n_);
        const unsigned beats = (v_.rows + v_.beat - 1) / v_.beat;
        const std::uint64_t beat = out(bench::index_bits(beats));
        const std::uint64_t left = out(bench::count_bits(v_.rows));
        if (take_) bench::same(beat, beats_in_, "beat", n_);
        if (take_) bench::same(left, next_->rows - beats_in_ * v_.beat, "rows left", n_);
        bench::same(out.flag(), shown.has_value(), "tile valid", n_);
        if (!shown) return;
        bench::same(out.flag(), shown->first, "first", n_);
        bench::same(out.flag(), shown->last, "last", n_);
        bench::same(out(v_.bank_bits), shown->bank, "bank", n_);
        bench::same(out(bench::count_bits(v_.rows)), shown->rows, "rows", n_);
        for (unsigned r = 0; r < shown->rows; ++r) {
            const std::uint64_t e = shown->elements[r], low = (1u << v_.bits) - 1;
            const std::uint64_t coded = (e | (~e & low) << v_.bits) & ((1u << v_.work()) - 1);
            bench::same(out(v_.work()), coded, "element", n_, r);
        }
        taken += ready_;
    }

    void advance() {
        std::optional<Tile>& shown = v_.direct ? loaded_ : work_;
        if (ready_) shown.reset();
        if (!v_.direct && !work_ && loaded_) std::swap(work_, loaded_);
        if (!take_) return;
        ++beats_in_;
        if (beats_in_ * v_.beat < next_->rows) return;
        loaded_ = next_;
        next_.reset();
        beats_in_ = 0;
    }

    void forget() {
        next_.reset();
        loaded_.reset();
        work_.reset();
        beats_in_ = 0;
        open_ = false;
    }

    unsigned taken = 0;

  private:
    Tile new_tile() {
        Tile t;
        t.bank = random_.bits(v_.bank_bits);
        t.first = !open_;
        t.last = random_.chance(40);
        open_ = !t.last;
        t.rows = random_.chance(40) ? v_.rows : static_cast<unsigned>(random_.in(1, v_.rows));
        for (unsigned r = 0; r < t.rows; ++r) t.elements.push_back(random_.bits(v_.bits));
        return t;
    }

    bench::Bench<Vtb_input_buffer>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::optional<Tile> next_, loaded_, work_;
    unsigned beats_in_ = 0;
    bool open_ = false;  ///< the tile made last was no vector's last
    bool valid_ = false, block_tile_ = false, block_vector_ = false, ready_ = false, take_ = false;
};

void run(bench::Bench<Vtb_input_buffer>& dut, std::vector<Trial>& trials, const Rates& rates) {
    dut.reset();
    for (Trial& t : trials) t.forget();
    for (int cycle = 0; cycle < 2000; ++cycle) {
        for (Trial& t : trials) t.drive(rates);
        dut.settle();
        for (Trial& t : trials) t.check();
        for (Trial& t : trials) t.advance();
        dut.clock();
    }
}

/// Offers one beat with this header to a buffer after reset; did an assertion fail?
bool refused(bench::Bench<Vtb_input_buffer>& dut, unsigned n, bool first, unsigned rows) {
    for (unsigned other = 0; other < std::size(variants); ++other) dut.in(other)(0, 1);
    dut.reset();
    bench::Put in = dut.in(n);
    in(1, 1)(0, 3)(first, 1)(1, 1)(0, variants[n].bank_bits)(rows,
                                                             bench::count_bits(variants[n].rows));
    dut.settle();
    dut.clock();
    in = dut.in(n);
    in(0, 1);
    VerilatedContext& context = dut.context();
    const bool failed = context.gotError();
    context.gotError(false);
    context.gotFinish(false);
    return failed;
}

}  // namespace

TEST_CASE("input buffer: tiles come out as they went in", "[input_buffer]") {
    bench::Bench<Vtb_input_buffer> dut;
    std::vector<Trial> trials;
    for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
    constexpr Rates rates[] = {{100, 100, 0}, {100, 10, 0}, {50, 90, 30}, {80, 40, 10}};
    for (const Rates& r : rates) run(dut, trials, r);
    for (const Trial& t : trials) CHECK(t.taken > 150);
}

TEST_CASE("input buffer: a wrong first_i changes nothing", "[input_buffer]") {
    bench::Bench<Vtb_input_buffer> dut;
    dut.context().assertOn(false);
    std::vector<Trial> trials;
    for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
    run(dut, trials, {80, 80, 30, 50});
    for (const Trial& t : trials) CHECK(t.taken > 50);
}

TEST_CASE("input buffer: wrong headers fail an assertion", "[input_buffer]") {
    bench::Bench<Vtb_input_buffer> dut;
    dut.context().fatalOnError(false);
    for (unsigned n = 0; n < std::size(variants); ++n) {
        const unsigned rows = variants[n].rows;
        INFO("variant " << n);
        CHECK(!refused(dut, n, true, 1));
        CHECK(!refused(dut, n, true, rows));
        CHECK(refused(dut, n, false, rows));  // nothing is open after a reset
        CHECK(refused(dut, n, true, 0));
        if (rows + 1 < 1u << bench::count_bits(rows)) CHECK(refused(dut, n, true, rows + 1));
    }
}
