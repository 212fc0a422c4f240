// SPDX-License-Identifier: Apache-2.0
/// column_sequencer. State: two steps under way, column and visit of the older. One column and
/// several, one visit and several; steps that begin whenever there is room, or seldom, codes that
/// are there always, at random or seldom (and say nothing inside a round); resets in the middle.
/// Expected from a list of the steps begun and moments: visits in order, each round once its codes
/// are there and then without a pause; the step's own context; marks one cycle after a step has
/// become the oldest, and two after the last visit of a vector; room for a second step, and a third
/// in the cycle in which the first ends.
#include <deque>
#include <optional>

#include "Vtb_column_sequencer.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned share, visits, context_bits;
};
constexpr Variant variants[] = {{1, 1, 3}, {4, 1, 5}, {1, 4, 2}, {3, 3, 9}};

struct Step {
    bool first_tile = false, first_vector = false, last_vector = false;
    std::uint64_t context = 0;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_column_sequencer>& dut, unsigned n, unsigned start_percent,
          unsigned code_percent)
        : dut_(dut),
          n_(n),
          v_(variants[n]),
          start_percent_(start_percent),
          code_percent_(code_percent),
          random_(2700 + n) {}

    void reset() {
        dut_.in(n_)(0, 1);
        dut_.reset();
        steps_.clear();
        column_ = visit_ = 0;
        marks_.assign(3, {});
    }

    void cycle() {
        const bool codes =
            visit_ == 0 ? !steps_.empty() && random_.chance(code_percent_) : random_.chance(50);
        const bool visits = !steps_.empty() && (visit_ > 0 || codes);
        const bool ends = visits && column_ + 1 == v_.share && visit_ + 1 == v_.visits;
        const bool room = steps_.size() < 2 || ends;
        const bool start = room && random_.chance(start_percent_);
        const Step step{random_.chance(50), random_.chance(50), random_.chance(50),
                        random_.bits(v_.context_bits)};
        dut_.in(n_)(start, 1)(step.first_tile, 1)(step.first_vector, 1)(step.last_vector, 1)(
            codes, 1)(step.context, v_.context_bits);
        dut_.settle();
        if (start) latest_ = step.context;
        check(visits, room);
        advance(visits, ends, start, step);
        dut_.clock();
    }
    unsigned rounds = 0;

  private:
    struct Marks {
        bool begin_tile = false, begin_vector = false, complete = false;
    };

    void check(bool visits, bool room) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), room, "room", n_);
        bench::same(out.flag(), steps_.empty(), "idle", n_);
        bench::same(out.flag(), visits, "visit valid", n_, column_, visit_);
        bench::same(out.flag(), marks_[0].begin_tile, "begin tile", n_);
        bench::same(out.flag(), marks_[0].begin_vector, "begin vector", n_);
        bench::same(out.flag(), marks_[0].complete, "complete", n_);
        const std::uint64_t taken = visits ? std::uint64_t{1} << visit_ : 0;
        const bool more = visits && visit_ + 1 < v_.visits;
        bench::same(out(v_.visits), taken, "take", n_, visit_);
        bench::same(out(v_.visits), more ? taken << 1 : 0, "soon", n_, visit_);
        const bool head_tile = out.flag(), head_vector = out.flag();
        const std::uint64_t visit = out(bench::index_bits(v_.visits));
        const std::uint64_t column = out(bench::index_bits(v_.share));
        const std::uint64_t context = out(v_.context_bits);
        if (latest_) bench::same(out(v_.context_bits), *latest_, "latest context", n_);
        if (!visits) return;
        bench::same(visit, visit_, "visit", n_);
        bench::same(column, column_, "column", n_);
        bench::same(context, steps_.front().context, "context", n_);
        bench::same(head_tile, steps_.front().first_tile, "first tile", n_);
        bench::same(head_vector, steps_.front().first_vector, "first vector", n_);
    }

    void advance(bool visits, bool ends, bool start, const Step& step) {
        marks_.pop_front();
        marks_.push_back({});
        const bool was_empty = steps_.empty();
        if (ends) {
            marks_[1].complete = steps_.front().last_vector;
            steps_.pop_front();
        }
        if (start) steps_.push_back(step);
        // A step has become the oldest.
        if ((ends || was_empty) && !steps_.empty()) {
            marks_[1].begin_tile = steps_.front().first_tile;
            marks_[1].begin_vector = steps_.front().first_vector;
        }
        if (!visits) return;
        if (++visit_ < v_.visits) return;
        visit_ = 0;
        column_ = (column_ + 1) % v_.share;
        ++rounds;
    }

    bench::Bench<Vtb_column_sequencer>& dut_;
    unsigned n_;
    Variant v_;
    unsigned start_percent_, code_percent_;
    bench::Random random_;
    std::deque<Step> steps_;
    unsigned column_ = 0, visit_ = 0;
    std::optional<std::uint64_t> latest_;
    std::deque<Marks> marks_;  // of this cycle and the two that follow
};

}  // namespace

TEST_CASE("column sequencer: visits, contexts and marks", "[column_sequencer]") {
    bench::Bench<Vtb_column_sequencer> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        for (const unsigned starts : {100u, 50u, 10u}) {
            for (const unsigned codes : {100u, 50u, 10u}) {
                Trial trial(dut, n, starts, codes);
                for (int round = 0; round < 10; ++round) {
                    trial.reset();
                    for (int i = 0; i < 300; ++i) trial.cycle();
                }
                CHECK(trial.rounds > 20);
            }
        }
    }
}
