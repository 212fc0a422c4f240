// SPDX-License-Identifier: Apache-2.0
/// cim_reset_sync: state is how many rising edges the reset has been released for (0, 1, 2 and
/// more); 20000 random cycles go through all of it, with a reset that falls and rises at any time
/// while the clock is high or low, pulses between two edges among them. Stated after every change:
/// low at once and without a clock; high from the second edge of a release on, not before; with the
/// bypass, the pin. No metastability: simulation has none.
#include <algorithm>

#include "Vtb_reset_sync.h"
#include "bench.hpp"

namespace {

class Trial {
  public:
    explicit Trial(bench::Bench<Vtb_reset_sync>& dut) : dut_(dut) {}

    void cycle(unsigned percent) {
        for (const bool high : {false, true}) {
            if (high && released_) edges_ = std::min(edges_ + 1, 2);
            evaluate(high);
            check();
            for (int change = 0; change < 2; ++change) {
                if (random_.chance(percent)) released_ = !released_;
                if (random_.chance(percent / 4)) bypass_ = !bypass_;
                if (!released_) edges_ = 0;
                evaluate(high);
                check();
            }
        }
        ++cycle_;
    }
    int seen[2] = {};  ///< checks with the output low, with it high

  private:
    /// The inputs, with the clock where it is.
    void evaluate(bool high) {
        dut_.in(0)(released_, 1)(bypass_, 1);
        if (high) {
            dut_.clock();
        } else {
            dut_.settle();
        }
    }
    void check() {
        const bool expected = bypass_ ? released_ : edges_ == 2;
        bench::same(dut_.out(0).flag(), expected, "rst_no", cycle_, edges_);
        ++seen[expected];
    }

    bench::Bench<Vtb_reset_sync>& dut_;
    bench::Random random_{4700};
    bool released_ = false, bypass_ = false;
    int edges_ = 0, cycle_ = 0;
};

}  // namespace

TEST_CASE("reset synchronizer: low at once, high with the second edge", "[reset_sync]") {
    bench::Bench<Vtb_reset_sync> dut;
    dut.reset();
    Trial trial(dut);
    for (int cycle = 0; cycle < 20000; ++cycle) trial.cycle(cycle % 2000 < 1000 ? 8 : 40);
    CHECK(trial.seen[0] > 1000);
    CHECK(trial.seen[1] > 1000);
}
