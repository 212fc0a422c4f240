// SPDX-License-Identifier: Apache-2.0
/// cim_adc_interface beside an ADC written here. State: columns requested and converted;
/// parameters: shares of one, of powers of two and others. The ADC takes requests at random and
/// converts for 1…latency cycles at random (latency 1: the code comes in the cycle of the request)
/// or always for latency cycles; a new step begins at random once nothing is due, often in the
/// cycle of the last code; a reset in the middle. Expected from counts: the request stands from the
/// cycle after the start until taken, the next column at once; each code one cycle later with the
/// column after its own; done exactly when the last code comes; an answer to nothing (of a
/// conversion from before a reset) is ignored. Without stalls a step takes share ·
/// latency cycles.
#include "Vtb_adc_interface.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned share, code_bits;
};
constexpr Variant variants[] = {{1, 1}, {2, 7}, {3, 4}, {8, 16}, {12, 5}};

struct Adc {
    int latency;
    bool random;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_adc_interface>& dut, unsigned n, Adc adc)
        : dut_(dut), n_(n), v_(variants[n]), adc_(adc), random_(900 + n) {}

    void reset() {
        dut_.in(n_)(0, 3);
        dut_.reset();
        requested_ = converted_ = v_.share;
        due_in_ = 0;
        code_shown_ = false;
    }

    void cycle() {
        dut_.in(n_)(0, 3);  // the request is a register
        dut_.settle();
        bench::Get early = dut_.out(n_);
        early(1);
        const bool request = early.flag();
        bench::same(request, requested_ < v_.share, "request", n_, requested_);
        const bool converting = due_in_ > 0;
        const bool ready = !converting && !(adc_.random && random_.chance(30));
        if (request && ready)
            due_in_ = adc_.random ? static_cast<int>(random_.in(1, adc_.latency)) : adc_.latency;
        const bool answer = due_in_ == 1;
        const bool stray = adc_.random && due_in_ == 0 && random_.chance(10);
        const std::uint64_t code = random_.bits(v_.code_bits);
        const unsigned requested = requested_ + (request && ready);
        const unsigned converted = converted_ + answer;
        const bool done = converted == v_.share;
        const bool start = done && !(adc_.random && random_.chance(40));
        dut_.in(n_)(start, 1)(ready, 1)(answer || stray, 1)(code, v_.code_bits);
        dut_.settle();
        check(done, request);

        if (due_in_ > 0) --due_in_;
        code_shown_ = answer;
        code_ = code;
        after_ = converted % v_.share;
        requested_ = start ? 0 : requested;
        converted_ = start ? 0 : converted;
        steps += start;
        dut_.clock();
    }
    unsigned steps = 0;

  private:
    void check(bool done, bool request) {
        const unsigned bits = bench::index_bits(v_.share);
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), done, "done", n_, requested_, converted_);
        bench::same(out.flag(), request, "request", n_);
        bench::same(out.flag(), code_shown_, "code valid", n_);
        const std::uint64_t column = out(bits), next = out(bits);
        if (request) bench::same(column, requested_, "column", n_);
        if (code_shown_) bench::same(next, after_, "next column", n_);
        if (code_shown_) bench::same(out(v_.code_bits), code_, "code", n_);
    }

    bench::Bench<Vtb_adc_interface>& dut_;
    unsigned n_;
    Variant v_;
    Adc adc_;
    bench::Random random_;
    unsigned requested_ = 0, converted_ = 0, after_ = 0;
    int due_in_ = 0;  // cycles until the code, this one included
    bool code_shown_ = false;
    std::uint64_t code_ = 0;
};

}  // namespace

TEST_CASE("ADC interface: columns in order, whatever the ADC's time", "[adc_interface]") {
    bench::Bench<Vtb_adc_interface> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        for (const int latency : {1, 2, 5}) {
            Trial trial(dut, n, {latency, true});
            for (int round = 0; round < 20; ++round) {
                trial.reset();
                for (int i = 0; i < 150; ++i) trial.cycle();
            }
        }
    }
}

TEST_CASE("ADC interface: no idle cycle of the ADC", "[adc_interface]") {
    bench::Bench<Vtb_adc_interface> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        for (const int latency : {1, 2, 5}) {
            Trial trial(dut, n, {latency, false});
            trial.reset();
            const int step = static_cast<int>(variants[n].share) * latency;
            for (int i = 0; i < 20 * step; ++i) trial.cycle();
            CHECK(trial.steps == 20);
        }
    }
}
