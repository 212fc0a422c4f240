// SPDX-License-Identifier: Apache-2.0
/// cim_output_register against a queue of beats. State: which beat of which result; parameters: one
/// output, beats of one, of all and of a number that does not divide the outputs (zeros behind the
/// last), stored width equal to and below the port's (signed and not, of one bit), with and without
/// flags. Random loads (also in the cycle of the last beat) under three stall rates reach every
/// state; each cycle every output is compared, so that stability while stalled, latency (one cycle)
/// and one beat a cycle are covered.
#include <deque>

#include "Vtb_output_register.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned outputs, stored, result, beat;
    bool flags;
    bool is_signed = true;
};
constexpr Variant variants[] = {{1, 5, 9, 1, true},
                                {5, 7, 7, 2, true},
                                {16, 11, 24, 1, false},
                                {6, 33, 63, 6, true},
                                {7, 4, 5, 3, false},
                                {8, 2, 2, 4, true},
                                {9, 1, 1, 4, true, false},
                                {3, 3, 6, 2, false, false},
                                // Behind clock gates.
                                {5, 7, 7, 2, true},
                                {16, 11, 24, 1, false}};

struct Beat {
    std::vector<std::int64_t> values;
    std::vector<bool> flags;
    bool last;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_output_register>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(100 + n) {}

    /// Sets the inputs of a cycle; `load` is a wish, granted when the queue says that it may.
    void drive(unsigned load_percent, unsigned ready_percent) {
        ready_ = random_.chance(ready_percent);
        const bool free = beats_.empty() || (beats_.size() == 1 && ready_);
        load_ = free && random_.chance(load_percent);
        values_.assign(v_.outputs, 0);
        flags_.assign(v_.outputs, false);
        bench::Put in = dut_.in(n_);
        in(load_, 1)(ready_, 1);
        for (unsigned o = 0; o < v_.outputs; ++o) in(flags_[o] = random_.chance(50), 1);
        for (auto& value : values_) {
            const std::uint64_t bits = random_.bits(v_.stored);
            value = v_.is_signed ? bench::to_signed(bits, v_.stored) : std::int64_t(bits);
            in(bits, v_.stored);
        }
    }

    void check() {
        bench::Get out = dut_.out(n_);
        const bool expected_free = beats_.empty() || (beats_.size() == 1 && ready_);
        bench::same(out.flag(), expected_free, "free", n_);
        bench::same(out.flag(), !beats_.empty(), "valid", n_);
        const bool last = out.flag();
        if (beats_.empty()) return;
        const Beat& beat = beats_.front();
        bench::same(last, beat.last, "last", n_);
        for (unsigned e = 0; e < v_.beat; ++e)
            bench::same(out.flag(), beat.flags[e], "flag", n_, e);
        for (unsigned e = 0; e < v_.beat; ++e) {
            const std::uint64_t bits = out(v_.result);
            const std::int64_t found =
                v_.is_signed ? bench::to_signed(bits, v_.result) : std::int64_t(bits);
            bench::same(found, beat.values[e], "value", n_, e);
        }
    }

    void advance() {
        if (!beats_.empty() && ready_) {
            beats_.pop_front();
            ++taken;
        }
        for (unsigned first = 0; load_ && first < v_.outputs; first += v_.beat) {
            Beat beat{std::vector<std::int64_t>(v_.beat), std::vector<bool>(v_.beat),
                      first + v_.beat >= v_.outputs};
            for (unsigned e = 0; e < v_.beat && first + e < v_.outputs; ++e) {
                beat.values[e] = values_[first + e];
                beat.flags[e] = v_.flags && flags_[first + e];
            }
            beats_.push_back(beat);
        }
    }
    void forget() {
        beats_.clear();
        load_ = false;
    }

    unsigned taken = 0;

  private:
    bench::Bench<Vtb_output_register>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::deque<Beat> beats_;
    bool load_ = false, ready_ = false;
    std::vector<std::int64_t> values_;
    std::vector<bool> flags_;
};

void run(bench::Bench<Vtb_output_register>& dut, std::vector<Trial>& trials, int cycles,
         unsigned load_percent, unsigned ready_percent) {
    for (int cycle = 0; cycle < cycles; ++cycle) {
        for (Trial& t : trials) t.drive(load_percent, ready_percent);
        dut.settle();
        for (Trial& t : trials) t.check();
        for (Trial& t : trials) t.advance();
        dut.clock();
    }
}

}  // namespace

TEST_CASE("output register: queue of beats under stalls, reset in between", "[output_register]") {
    bench::Bench<Vtb_output_register> dut;
    std::vector<Trial> trials;
    for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
    dut.reset();
    for (const auto& [load, ready] : {std::pair{100u, 100u}, {30u, 70u}, {90u, 25u}, {50u, 50u}}) {
        run(dut, trials, 1500, load, ready);
        dut.reset();
        for (Trial& t : trials) t.forget();
    }
}

TEST_CASE("output register: one beat a cycle, results without a gap", "[output_register]") {
    bench::Bench<Vtb_output_register> dut;
    std::vector<Trial> trials;
    for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
    dut.reset();
    run(dut, trials, 101, 100, 100);
    for (const Trial& t : trials) bench::same(t.taken, 100u, "beats taken");
}
