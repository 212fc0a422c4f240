// SPDX-License-Identifier: Apache-2.0
/// cim_chain_input against a list of the values taken. State: how many beats are in, whether the
/// set is whole; parameters: one output, beats of one, of all and of a number that does not divide
/// the outputs, 2 to 63 bits, with and without bias. Values near both ends make the addition
/// saturate often; random block, gaps, claims and pops (also together with the next set's first
/// beat), resets, and vectors that begin on the input stream as many before (MostWaiting, 2 to 7:
/// as many bits as hold it, and one more) and one after they begin here; both ends are reached.
/// Expected: sat(chain + bias) in 128-bit integers, the flag of the stream or of the addition.
#include "Vtb_chain_input.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned outputs, bits, beat;
    bool bias;
    int most_waiting;
};
constexpr Variant variants[] = {{1, 4, 1, false, 4},
                                {1, 5, 1, true, 3},
                                {5, 6, 2, true, 4},
                                {7, 24, 3, false, 2},
                                {8, 2, 8, true, 6},
                                {6, 63, 1, true, 7},
                                // Behind clock gates.
                                {5, 6, 2, true, 4},
                                {7, 24, 3, false, 2}};

__extension__ using Wide = __int128;

class Trial {
  public:
    Trial(bench::Bench<Vtb_chain_input>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(200 + n), bias_(v_.bias ? v_.outputs : 0) {}

    void drive(unsigned valid_percent, unsigned pop_percent) {
        const unsigned beats = (v_.outputs + v_.beat - 1) / v_.beat;
        whole_ = beats_in_ == beats;
        block_ = random_.chance(20);
        valid_ = random_.chance(valid_percent);
        claim_ = whole_ && !claimed_ && popped_ < begun_input_ && random_.chance(pop_percent);
        pop_ = claimed_ && random_.chance(pop_percent);
        begin_ = begun_input_ < begun_here_ + v_.most_waiting && random_.chance(valid_percent / 2);
        if (beats_in_ == 0) {
            for (auto& b : bias_) b = value();  // registers stand still while a set comes in
        }
        flags_.clear();
        values_.clear();
        bench::Put in = dut_.in(n_);
        in(block_, 1)(begin_, 1)(valid_, 1)(pop_, 1)(claim_, 1);
        for (unsigned e = 0; e < v_.beat; ++e) in(flags_.emplace_back(random_.chance(20)), 1);
        for (unsigned e = 0; e < v_.beat; ++e)
            in(bench::wrap(values_.emplace_back(value()), v_.bits), v_.bits);
        for (const auto b : bias_) in(bench::wrap(b, v_.bits), v_.bits);
    }

    void check() {
        bench::Get out = dut_.out(n_);
        const bool begun = beats_in_ != 0 && !whole_;
        ready_ = begun || ((!whole_ || pop_) && (!block_ || begun_input_ > begun_here_));
        bench::same(out.flag(), ready_, "ready", n_);
        bench::same(out.flag(), begun_here_ > begun_input_, "ahead", n_);
        bench::same(out.flag(), whole_ && !claimed_, "valid", n_);
        if (!whole_) return;
        for (unsigned o = 0; o < v_.outputs; ++o) {
            bench::same(out.flag(), start_flags_[o], "start flag", n_, o);
        }
        for (unsigned o = 0; o < v_.outputs; ++o) {
            bench::same(bench::to_signed(out(v_.bits), v_.bits), start_[o], "start", n_, o);
        }
        ++sets;
    }

    void advance() {
        begun_input_ += begin_;
        popped_ += pop_;
        claimed_ = (claimed_ || claim_) && !pop_;
        if (pop_) clear();
        full = full || begun_input_ == begun_here_ + v_.most_waiting;
        ahead = ahead || begun_here_ == begun_input_ + 1;
        if (!valid_ || !ready_) return;
        if (beats_in_ == 0) ++begun_here_;
        for (unsigned e = 0; e < v_.beat && start_.size() < v_.outputs; ++e) {
            const std::size_t o = start_.size();
            const Wide most = (Wide{1} << (v_.bits - 1)) - 1;
            const Wide sum = Wide{values_[e]} + (v_.bias ? bias_[o] : 0);
            const Wide sat = std::max(-most - 1, std::min(most, sum));
            start_.push_back(static_cast<std::int64_t>(sat));
            start_flags_.push_back(flags_[e] || sat != sum);
        }
        ++beats_in_;
    }
    void forget() {
        clear();
        begun_input_ = begun_here_ = popped_ = 0;
        claimed_ = false;
    }

    unsigned sets = 0;
    bool full = false, ahead = false;  // both ends of the count were there

  private:
    void clear() {
        start_.clear();
        start_flags_.clear();
        beats_in_ = 0;
    }
    std::int64_t value() {
        const std::int64_t most = static_cast<std::int64_t>(bench::wrap(-1, v_.bits) >> 1);
        if (random_.chance(30)) return random_.chance(50) ? most : -most - 1;
        return bench::to_signed(random_.bits(v_.bits), v_.bits);
    }

    bench::Bench<Vtb_chain_input>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::vector<std::int64_t> bias_, values_, start_;
    std::vector<bool> flags_, start_flags_;
    unsigned beats_in_ = 0;
    int begun_input_ = 0, begun_here_ = 0, popped_ = 0;  // vectors
    bool begin_ = false, claim_ = false, claimed_ = false;
    bool whole_ = false, block_ = false, valid_ = false, ready_ = false, pop_ = false;
};

}  // namespace

TEST_CASE("chain input: sets of starting values under stalls, reset in between", "[chain_input]") {
    bench::Bench<Vtb_chain_input> dut;
    std::vector<Trial> trials;
    for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
    for (const auto& [valid, pop] : {std::pair{100u, 100u}, {70u, 30u}, {30u, 90u}, {90u, 10u}}) {
        dut.reset();
        for (Trial& t : trials) t.forget();
        for (int cycle = 0; cycle < 2000; ++cycle) {
            for (Trial& t : trials) t.drive(valid, pop);
            dut.settle();
            for (Trial& t : trials) t.check();
            for (Trial& t : trials) t.advance();
            dut.clock();
        }
    }
    for (const Trial& t : trials) {
        CHECK(t.sets > 100);
        CHECK(t.full);
        CHECK(t.ahead);
    }
}
