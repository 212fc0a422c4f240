// SPDX-License-Identifier: Apache-2.0
/// column_adc_interface between an ADC and a consumer written here. The ADC takes requests at
/// random and converts for 1…latency cycles at random (1: the code comes in the cycle of the
/// request), or always for latency cycles; the consumer takes the oldest code at once, at random or
/// seldom, now and then said one cycle ahead (soon); steps follow one another at random; resets in
/// the middle, answers to nothing. Expected from counts and a queue: a request stands while columns
/// are left and a place for its code is certain; codes come out in order, one cycle after the
/// answer at the earliest, none lost or doubled; done when the last code came and the next request
/// may stand. Rate: with codes taken 0…latency - 1 cycles after they came, and said ahead but for
/// 0, a step takes share · latency cycles.
#include <deque>

#include "Vtb_column_adc_interface.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned share, code_bits;
};
constexpr Variant variants[] = {{1, 1}, {2, 8}, {3, 4}, {8, 5}};

struct Mode {
    int latency;
    unsigned take_percent;  // of cycles with a code; 0: `delay` cycles after it came
    int delay = 0;
    bool random() const { return take_percent > 0; }
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_column_adc_interface>& dut, unsigned n, Mode mode)
        : dut_(dut), n_(n), v_(variants[n]), mode_(mode), random_(2600 + 10 * n + mode.latency) {}

    void reset() {
        for (unsigned n = 0; n < std::size(variants); ++n) dut_.in(n)(0, 5);
        dut_.reset();
        requested_ = converted_ = v_.share;
        due_in_ = 0;
        codes_.clear();
        promised_ = false;
    }

    void cycle() {
        const bool request = requested_ < v_.share && (places() < 2 || promised_);
        const bool busy = due_in_ > 0;
        const bool ready = !busy && !(mode_.random() && random_.chance(30));
        const bool taken = request && ready;
        if (taken)
            due_in_ =
                mode_.random() ? static_cast<int>(random_.in(1, mode_.latency)) : mode_.latency;
        const bool answer = due_in_ == 1;
        const bool stray = mode_.random() && due_in_ == 0 && random_.chance(10);
        const std::uint64_t code = random_.bits(v_.code_bits);
        const bool take = takes();
        const std::size_t waiting = codes_.size() + answer - take;
        const bool soon = promises(waiting, take);
        const std::size_t after = waiting + (due_in_ > 1);
        const bool done = requested_ + taken == v_.share && converted_ + answer == v_.share &&
                          (after < 2 || soon);
        const bool start = done && !(mode_.random() && random_.chance(40));
        dut_.in(n_)(start, 1)(take, 1)(soon, 1)(ready, 1)(answer || stray, 1)(code, v_.code_bits);
        dut_.settle();
        check(done, request, taken);
        if (take) codes_.pop_front();
        if (answer) codes_.push_back({code, t_});
        if (due_in_ > 0) --due_in_;
        requested_ = start ? 0 : requested_ + taken;
        converted_ = start ? 0 : converted_ + answer;
        promised_ = soon;
        steps += start;
        ++t_;
        dut_.clock();
    }
    unsigned steps = 0;

  private:
    struct Code {
        std::uint64_t code;
        int came;
    };
    std::size_t places() const { return codes_.size() + (due_in_ > 0); }
    bool takes() {
        if (promised_) return true;
        if (codes_.empty()) return false;
        if (mode_.random()) return random_.chance(mode_.take_percent);
        return t_ - codes_.front().came == mode_.delay + 1;
    }
    /// Whether the next cycle takes for certain; `waiting` codes are there then.
    bool promises(std::size_t waiting, bool take) {
        if (waiting == 0) return false;
        if (mode_.random()) return random_.chance(30);
        const std::size_t at = take ? 1 : 0;  // the oldest then
        return mode_.delay > 0 && at < codes_.size() && t_ - codes_[at].came == mode_.delay;
    }
    void check(bool done, bool request, bool taken) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), done, "done", n_, requested_, converted_, t_);
        bench::same(out.flag(), request, "request", n_, requested_, t_);
        bench::same(out.flag(), !codes_.empty(), "code valid", n_, t_);
        const bool next = out.flag();
        bench::same(next, taken && requested_ + 1 < v_.share, "next", n_, requested_);
        const std::uint64_t column = out(bench::index_bits(v_.share));
        if (request) bench::same(column, requested_, "column", n_);
        if (!codes_.empty()) bench::same(out(v_.code_bits), codes_.front().code, "code", n_, t_);
    }

    bench::Bench<Vtb_column_adc_interface>& dut_;
    unsigned n_;
    Variant v_;
    Mode mode_;
    bench::Random random_;
    unsigned requested_ = 0, converted_ = 0;
    int due_in_ = 0, t_ = 0;
    std::deque<Code> codes_;
    bool promised_ = false;
};

}  // namespace

TEST_CASE("column ADC interface: no code is lost, whatever the times", "[column_adc_interface]") {
    bench::Bench<Vtb_column_adc_interface> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        for (const int latency : {1, 2, 5}) {
            for (const unsigned take : {100u, 60u, 15u}) {
                Trial trial(dut, n, {latency, take});
                for (int round = 0; round < 10; ++round) {
                    trial.reset();
                    for (int i = 0; i < 200; ++i) trial.cycle();
                }
                CHECK(trial.steps > 0);
            }
        }
    }
}

TEST_CASE("column ADC interface: no idle cycle of the ADC", "[column_adc_interface]") {
    bench::Bench<Vtb_column_adc_interface> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        for (const int latency : {1, 2, 5}) {
            for (int delay = 0; delay < latency; ++delay) {
                Trial trial(dut, n, {latency, 0, delay});
                trial.reset();
                const int step = static_cast<int>(variants[n].share) * latency;
                for (int i = 0; i < 20 * step; ++i) trial.cycle();
                INFO("variant " << n << ", latency " << latency << ", delay " << delay);
                CHECK(trial.steps == 20);
            }
        }
    }
}
