// SPDX-License-Identifier: Apache-2.0
/// cim_adc_handshake against ADCs that acknowledge 1 to 6 cycles after a request and let go 1 to 5
/// cycles after it fell, each on its own; 1 and 3 of them. Stated for every cycle: one answer to a
/// request, two cycles after its acknowledge; a request rises with the interface's own (which
/// stands until the answer) unless an acknowledge is still seen, falls a cycle after the answer,
/// and never rises while its ADC acknowledges; quiet says exactly that none would be held back in
/// the next cycle. Resets in the middle of conversions, acknowledges standing. Without delays a
/// conversion of n cycles takes n + 4.
#include "Vtb_adc_handshake.h"
#include "bench.hpp"

namespace {

struct Adc {
    bool request = false;      ///< of the interface
    bool acknowledge = false;  ///< of the ADC
    bool last = false;         ///< adc_request_o in the former cycle
    int wait = 0, seen = 0;    ///< cycles until its next edge; cycles since the acknowledge rose
    bool answered = false;     ///< in the former cycle
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_adc_handshake>& dut, unsigned n, unsigned adcs)
        : dut_(dut), n_(n), adcs_(adcs), random_(4500 + n) {
        reset();
    }

    void reset() {
        dut_.reset();
        quiet_ = false;
        for (Adc& a : adcs_) a.request = a.last = a.answered = false;
    }

    /// `busy`: requests at once, ADCs that convert in `latency` cycles and let go at once.
    void cycle(bool busy, int latency) {
        bench::Put in = dut_.in(n_);
        for (Adc& a : adcs_) {
            if (!a.request && (busy || random_.chance(40))) a.request = true;
            in(a.request, 1);
        }
        for (const Adc& a : adcs_) in(a.acknowledge, 1);
        dut_.settle();
        bench::Get out = dut_.out(n_);
        const bool quiet = out.flag();
        std::vector<bool> requests, answers;
        for (std::size_t a = 0; a < adcs_.size(); ++a) requests.push_back(out.flag());
        for (std::size_t a = 0; a < adcs_.size(); ++a) answers.push_back(out.flag());
        for (std::size_t i = 0; i < adcs_.size(); ++i) {
            follow(adcs_[i], requests[i], answers[i]);
            if (quiet_)
                bench::same(bool(requests[i]), adcs_[i].request, "held back though quiet", n_, i);
        }
        quiet_ = quiet;
        dut_.clock();
        for (std::size_t i = 0; i < adcs_.size(); ++i) move(adcs_[i], requests[i], busy, latency);
        if (answers[0]) {
            period = since_;
            since_ = 0;
        }
        ++since_;
    }
    int period = 0;  ///< cycles between the last two answers of ADC 0

  private:
    void follow(Adc& a, bool request, bool answer) {
        if (request && !a.last) bench::same(a.acknowledge, false, "rises while acknowledged", n_);
        if (request) bench::same(a.request, true, "a request of its own", n_);
        if (a.last && !request) bench::same(a.answered, true, "falls without an answer", n_);
        bench::same(answer, a.acknowledge && a.seen == 2 && a.last, "answer", n_, a.seen);
        if (answer) bench::same(request, true, "stands with its answer", n_);
        if (a.answered) bench::same(request, false, "stands after its answer", n_);
        a.last = request;
        a.answered = answer;
        if (answer) a.request = false;
    }
    /// The ADC, between this edge and the next.
    void move(Adc& a, bool request, bool busy, int latency) {
        if (a.acknowledge) ++a.seen;
        if (request && !a.acknowledge) {
            if (a.wait == 0) a.wait = busy ? latency : static_cast<int>(random_.in(1, 6));
            if (--a.wait == 0) {
                a.acknowledge = true;
                a.seen = 0;
            }
        } else if (!request && a.acknowledge) {
            if (a.wait == 0) a.wait = busy ? 1 : static_cast<int>(random_.in(1, 5));
            if (--a.wait == 0) a.acknowledge = false;
        }
    }

    bench::Bench<Vtb_adc_handshake>& dut_;
    unsigned n_;
    std::vector<Adc> adcs_;
    bench::Random random_;
    bool quiet_ = false;
    int since_ = 0;
};

}  // namespace

TEST_CASE("adc handshake: four phases, one answer each", "[adc_handshake]") {
    constexpr unsigned adcs[] = {1, 3};
    bench::Bench<Vtb_adc_handshake> dut;
    for (unsigned n = 0; n < std::size(adcs); ++n) {
        Trial trial(dut, n, adcs[n]);
        for (int cycle = 0; cycle < 20000; ++cycle) {
            if (cycle % 701 == 700) trial.reset();
            trial.cycle(false, 0);
        }
        for (const int latency : {1, 2, 7}) {
            for (int cycle = 0; cycle < 100; ++cycle) trial.cycle(true, latency);
            // An acknowledge set after an edge is sampled at the next: one cycle more each way.
            CHECK(trial.period == latency + 6);
        }
    }
}
