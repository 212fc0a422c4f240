// SPDX-License-Identifier: Apache-2.0
/// cim_result_control behind cim_code_marks, inside a macro written here as lists of moments: steps
/// with random conversion times (1–6 cycles; the next may start with the last code), vectors of 1–3
/// tiles of 1–2 steps, an output that drains in 1–12 cycles, a start value that is there or not.
/// State: what converts, what waits, vectors under way. Expected in each cycle, from moments alone:
/// marks Stages cycles after a start; a result moves in the first cycle, Stages or more after its
/// last code, in which the output is free; the next vector's first step may be taken if no result
/// is due, or one is and the output is empty; idle when as many vectors have left as have begun.
/// Resets in the middle. As many vectors are inside as the variant's MostVectors says, two of them
/// started; the count is filled. Two properties are asserted besides: a result moves before the
/// next vector's codes come, and no result is lost.
#include <algorithm>
#include <deque>

#include "Vtb_result_control.h"
#include "bench.hpp"

namespace {

constexpr std::size_t stages[] = {2, 3, 5};
constexpr int most_vectors[] = {6, 7, 4};

struct Step {
    bool first_tile, first, last;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_result_control>& dut, unsigned n, int slowest_output)
        : dut_(dut), n_(n), slowest_(slowest_output), random_(1200 + 10 * n + slowest_output) {}

    void reset() {
        dut_.in(n_)(0, 9);
        dut_.reset();
        steps_.clear();
        starts_.clear();
        results_.clear();
        begun_ = started_ = left_ = 0;
        busy_until_ = drained_at_ = -1;
        last_converting_ = false;
    }

    void cycle() {
        const bool begin = begun_ - started_ < most_vectors[n_] - 2 && random_.chance(40);
        const bool done = busy_until_ <= t_;
        const bool out_free = drained_at_ <= t_, out_empty = drained_at_ < t_;
        const bool start_ok = random_.chance(80);
        const bool complete = !results_.empty() && results_.front() <= t_;
        const bool copy = complete && out_free;
        // Due: last step started, not moved yet.
        const std::size_t due = results_.size() + (last_converting_ ? 1 : 0);
        const bool result_ok = start_ok && (due == 0 || (due == 1 && out_empty));
        const bool wanted = !steps_.empty() && done && random_.chance(70);
        const bool start = wanted && (result_ok || !steps_.front().first);
        const Step step = start ? steps_.front()
                                : Step{random_.chance(50), random_.chance(50), random_.chance(50)};
        dut_.in(n_)(begin, 1)(start, 1)(step.first_tile, 1)(step.first, 1)(step.last, 1)(done, 1)(
            start_ok, 1)(out_free, 1)(out_empty, 1);
        dut_.settle();
        check(result_ok, copy);
        advance(begin, start, step, done, copy);
        dut_.clock();
        ++t_;
    }
    int vectors = 0;
    int most_inside = 0;

  private:
    void check(bool result_ok, bool copy) {
        bench::Get out = dut_.out(n_);
        const std::size_t ago = stages[n_];
        const Step marked = starts_.size() < ago ? Step{} : starts_[starts_.size() - ago];
        bench::same(out.flag(), result_ok, "result ok", t_);
        bench::same(out.flag(), marked.first_tile, "begin tile", t_);
        bench::same(out.flag(), marked.first, "begin vector", t_);
        bench::same(out.flag(), copy, "copy", t_);
        bench::same(out.flag(), begun_ == left_, "idle", t_);
        if (marked.first && !results_.empty() && results_.front() <= t_) {
            bench::same(copy, true, "result moved before the next vector's codes", t_);
        }
    }

    void advance(bool begin, bool start, const Step& step, bool done, bool copy) {
        if (copy) {
            results_.pop_front();
            ++left_;
            ++vectors;
            drained_at_ = t_ + static_cast<int>(random_.in(1, slowest_));
        }
        if (done && last_converting_) {
            results_.push_back(t_ + static_cast<int>(stages[n_]));
            last_converting_ = false;
        }
        starts_.push_back(start ? step : Step{});
        if (start) {
            started_ += step.first;
            steps_.pop_front();
            busy_until_ = t_ + static_cast<int>(random_.in(1, 6));
            last_converting_ = step.last;
        }
        if (begin) new_vector();
        begun_ += begin;
        most_inside = std::max(most_inside, begun_ - left_);
    }

    void new_vector() {
        const auto tiles = random_.in(1, 3), steps = random_.in(1, 2);
        for (std::int64_t i = 0; i < tiles * steps; ++i) {
            steps_.push_back({i % steps == 0, i == 0, i + 1 == tiles * steps});
        }
    }

    bench::Bench<Vtb_result_control>& dut_;
    unsigned n_;
    int slowest_;
    bench::Random random_;
    int t_ = 0, begun_ = 0, started_ = 0, left_ = 0;
    int busy_until_ = -1, drained_at_ = -1;
    bool last_converting_ = false;
    std::deque<Step> steps_;
    std::vector<Step> starts_;
    std::deque<int> results_;  // moments from which a result may move
};

}  // namespace

TEST_CASE("result control: marks, moves and permission against moments",
          "[result_control][code_marks]") {
    bench::Bench<Vtb_result_control> dut;
    for (unsigned n = 0; n < std::size(stages); ++n) {
        for (const int slowest : {1, 3, 12}) {
            Trial trial(dut, n, slowest);
            for (int round = 0; round < 30; ++round) {
                trial.reset();
                for (int i = 0; i < 400; ++i) trial.cycle();
            }
            CHECK(trial.vectors > 300);
            CHECK(trial.most_inside <= most_vectors[n]);
            if (slowest == 12) CHECK(trial.most_inside == most_vectors[n]);
        }
    }
}
