// SPDX-License-Identifier: Apache-2.0
/// cim_array_timing against a timetable. For each step only four moments are kept (begun, loaded,
/// started, ended) and every output is a statement about them and the present cycle, as the
/// module's header has it. Variants: precharge 0, 1, 4 × settle 0, 1, 3 × both kinds of hold,
/// settle 0 with and without the overlap; steps without conversions among the others; gaps of 1 to
/// 8 cycles after a step; steps begun late, by ADC 0's requests; drives that end after a number of
/// cycles and begin anew. Rows that are not driven have drive 0. Random steps, conversion times
/// from 1 to 9 cycles, the result and the array free or not at random; resets in the middle. All
/// outputs are compared in every cycle. Without waiting, the cost of a step is compared with the
/// formula of docs/spec/contract.md.
#include <optional>

#include "Vtb_array_timing.h"
#include "bench.hpp"

namespace {

constexpr unsigned variant_count = 44;
constexpr unsigned rows = 3, drive_bits = 6, bank_bits = 2, payload_bits = 5;
constexpr int share = 4;  // requests of a step

struct Variant {
    int precharge, settle;
    bool column, overlap;
    bool empties = false;  // steps without conversions come
    int gap = 0;
    int late = 0,
        latency = 0;  // column of ADC 0 with which a step begins, for ADCs of this latency
    int bound = 0;    // cycles that rows stand driven

    int only() const { return precharge - (overlap ? 1 : 0); }
    int drive() const { return std::max(settle, 1); }
};
Variant variant(unsigned n) {
    constexpr int precharge[] = {0, 1, 4}, settle[] = {0, 1, 3};
    constexpr Variant with_empties[] = {{0, 0, true, false, true},  {4, 3, true, false, true},
                                        {4, 0, true, true, true},   {0, 0, false, false, true},
                                        {0, 3, false, false, true}, {4, 1, false, false, true}};
    constexpr Variant with_gaps[] = {{0, 0, true, false, false, 1},  {4, 3, true, false, false, 3},
                                     {4, 0, true, true, false, 2},   {0, 0, false, false, false, 1},
                                     {0, 3, false, false, false, 8}, {4, 1, false, false, true, 2},
                                     {0, 0, true, false, true, 1}};
    constexpr Variant gated[] = {// behind clock gates
                                 {0, 0, true, false},
                                 {4, 3, false, false, true},
                                 {4, 0, true, true, false, 2}};
    constexpr Variant late[] = {{0, 0, true, false, false, 0, 3, 2},
                                {4, 3, true, false, false, 2, 2, 4},
                                {4, 3, true, false, true, 0, 4, 16},
                                {4, 1, true, false, false, 0, 1, 2}};
    constexpr Variant bound[] = {{0, 0, true, false, false, 0, 0, 0, 3},
                                 {4, 3, true, false, true, 2, 0, 0, 6},
                                 {4, 0, true, true, false, 0, 0, 0, 1},
                                 {1, 1, true, false, true, 0, 3, 3, 4}};
    if (n >= 40) return bound[n - 40];
    if (n >= 36) return late[n - 36];
    if (n >= 33) return gated[n - 33];
    if (n >= 26) return with_gaps[n - 26];
    if (n >= 20) return with_empties[n - 20];
    if (n >= 18) return {precharge[n - 17], 0, true, false};
    return {precharge[n / 3 % 3], settle[n % 3], n < 9, n < 9 && n >= 3 && n % 3 == 0};
}

struct Step {
    std::uint64_t bank = 0, en = 0, drive = 0, payload = 0;
    bool first = false;
    bool convert = true;
};

constexpr int never = -1;

/// Moments of the step on the array.
struct Moments {
    int begun = never, loaded = never, started = never;
    Step step;
};

struct Rates {
    unsigned valid, free, ok;
    int least, most;  // cycles of a step's conversions
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_array_timing>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variant(n)), random_(1100 + n) {}

    void reset() {
        wanted_ = false;
        dut_.in(n_)(0, 5);
        dut_.reset();
        now_ = {};
        waiting_.reset();
        again_ = ever_driven_ = false;
        convert_until_ = stands_until_ = never;
        offered_ = new_step();
    }

    void cycle(const Rates& rates) {
        drive(rates);
        dut_.settle();
        if (v_.column)
            plan_column();
        else
            plan_none();
        check();
        advance(rates);
        dut_.clock();
        ++t_;
    }
    int steps = 0, expiries = 0, longest_drive = 0;

  private:
    Step new_step() {
        Step s{random_.bits(bank_bits),    random_.bits(rows), random_.bits(drive_bits),
               random_.bits(payload_bits), random_.chance(40), !v_.empties || random_.chance(60)};
        s.en = std::max<std::uint64_t>(s.en, 1);
        return s;
    }

    void drive(const Rates& rates) {
        wanted_ = wanted_ || random_.chance(rates.valid);
        free_ = random_.chance(rates.free);
        ok_ = random_.chance(rates.ok);
        done_ = convert_until_ <= t_;
        const int taken = requests_taken();
        dut_.in(n_)(wanted_, 1)(done_, 1)(ok_, 1)(free_, 1)(offered_.first, 1)(
            offered_.bank, bank_bits)(offered_.en, rows)(offered_.drive, drive_bits)(
            offered_.payload, payload_bits)(offered_.convert, 1)(taken < share, 1)(
            static_cast<unsigned>(taken % share), 2);
    }

    /// ADC 0's, spread over the conversions of the present step.
    int requests_taken() const {
        if (convert_until_ < t_) return share;
        const int length = convert_until_ - converts_from_;
        int taken = 0;
        while (taken < share && converts_from_ + 1 + taken * length / share < t_) ++taken;
        return taken;
    }

    bool may_begin(bool ends) const {
        const bool vacant =
            v_.gap == 0 ? now_.begun == never || ends : now_.begun == never && t_ >= stands_until_;
        const bool due = v_.late == 0 || (!ends && requests_taken() >= v_.late);
        return vacant && due && !again_ && wanted_ && offered_.convert && free_;
    }

    /// What happens at the end of this cycle, for a column's hold: the drive's precharge-only
    /// cycles, max(settle, 1) cycles of drive, then the step is taken when the ADCs and the result
    /// allow.
    void plan_column() {
        const int only = v_.only();
        const bool sampled = now_.loaded != never && t_ >= now_.loaded + v_.drive();
        ends_ = sampled && done_ && (ok_ || !now_.step.first) && !waiting_;
        starts_empty_ = waiting_ && done_ && (ok_ || !waiting_->first);
        takes_empty_ = wanted_ && !offered_.convert && now_.begun == never && !again_ && !waiting_;
        expires_ =
            v_.bound > 0 && !ends_ && now_.loaded != never && t_ == now_.loaded + v_.bound - v_.gap;
        starts_ = ends_ || starts_empty_;
        begins_ = may_begin(ends_);
        begins_again_ =
            again_ && now_.begun == never && t_ >= stands_until_ && (ok_ || !now_.step.first);
        const bool prepared =
            now_.begun != never && now_.loaded == never && t_ == now_.begun + only;
        loads_ = only == 0 ? begins_ : prepared && !again_;
        loads_again_ = only == 0 ? begins_again_ : prepared && again_;
        payload_ = starts_empty_ ? waiting_->payload : now_.step.payload;
        sample_ = sampled;
        precharge_ = now_.begun != never && t_ <= now_.begun + v_.precharge;
    }

    /// Without hold: precharge until the drive may come, settle cycles, conversions, all in turn.
    void plan_none() {
        const bool go = ok_ || !offered_.first;
        ends_ = now_.started != never && done_;
        begins_ = may_begin(ends_);
        const bool ready = v_.precharge == 0 ? begins_
                                             : now_.begun != never && now_.loaded == never &&
                                                   t_ >= now_.begun + v_.precharge;
        loads_ = ready && go;
        if (v_.precharge == 0 && !go) begins_ = false;
        takes_empty_ = starts_empty_ =
            wanted_ && !offered_.convert && (now_.begun == never || ends_) && go;
        starts_ = starts_empty_ ||
                  (v_.settle == 0 ? loads_ : now_.loaded != never && t_ == now_.loaded + v_.settle);
        payload_ = v_.settle == 0 || starts_empty_ ? offered_.payload : now_.step.payload;
        sample_ = false;
        precharge_ = now_.begun != never && now_.loaded == never;
    }

    void check() {
        bench::Get out = dut_.out(n_);
        const bool converting = convert_until_ >= t_;
        bench::same(out.flag(), loads_ || takes_empty_, "step ready", n_, t_);
        bench::same(out.flag(), starts_, "start", n_, t_);
        bench::same(out.flag(),
                    now_.begun == never && !converting && !waiting_ && !stands() && !again_, "idle",
                    n_, t_);
        bench::same(out.flag(), precharge_, "precharge", n_, t_);
        bench::same(out.flag(), sample_, "sample", n_, t_);
        bench::same(out.flag(), converting, "hold", n_, t_);
        const std::uint64_t bank = out(bank_bits), en = out(rows), drive = out(drive_bits);
        if (now_.begun != never) bench::same(bank, now_.step.bank, "bank", n_, t_);
        const bool driven = now_.loaded != never;
        const std::uint64_t standing = stands() ? stood_.en : 0;
        bench::same(en, driven ? now_.step.en : standing, "row enable", n_, t_);
        const std::uint64_t driving = driven ? now_.step.drive : stands() ? stood_.drive : 0;
        if (ever_driven_) bench::same(drive, driving & enabled_drive(en), "row drive", n_, t_);
        if (stands()) bench::same(bank, stood_.bank, "bank in the gap", n_, t_);
        if (!starts_) return;
        bench::same(out(payload_bits), payload_, "payload", n_, t_);
        bench::same(out.flag(), !starts_empty_, "start converts", n_, t_);
    }

    static std::uint64_t enabled_drive(std::uint64_t en) {
        std::uint64_t mask = 0;
        for (unsigned r = 0; r < rows; ++r) mask |= (en >> r & 1) * (std::uint64_t{3} << (2 * r));
        return mask;
    }

    /// The drive of a step that has ended stands in this cycle.
    bool stands() const { return v_.gap > 0 && t_ <= stands_until_; }

    void advance(const Rates& rates) {
        if (starts_empty_) waiting_.reset();
        if (starts_ && !starts_empty_) {
            now_.started = t_;
            converts_from_ = t_;
            convert_until_ = t_ + static_cast<int>(random_.in(rates.least, rates.most));
            ++steps;
        }
        if (ends_ || expires_) {
            stood_ = now_.step;
            stands_until_ = t_ + v_.gap;
            longest_drive = std::max(longest_drive, t_ - now_.loaded + v_.gap);
            now_ = {.step = expires_ ? now_.step : Step{}};
            again_ = expires_;
            if (expires_) ++expiries;
        }
        if (begins_again_) now_.begun = t_;
        if (loads_again_) {
            now_.loaded = t_;
            again_ = false;
        }
        if (begins_) {
            now_.begun = t_;
            now_.step.bank = offered_.bank;
        }
        if (takes_empty_ && v_.column) waiting_ = offered_;
        if (takes_empty_) {
            offered_ = new_step();
            wanted_ = false;
        }
        if (!loads_) return;
        now_.loaded = t_;
        ever_driven_ = true;
        now_.step = offered_;
        if (!v_.column && starts_) now_.started = t_;
        offered_ = new_step();
        wanted_ = false;
    }

    bench::Bench<Vtb_array_timing>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    int t_ = 0, converts_from_ = never, convert_until_ = never, stands_until_ = never;
    Moments now_;
    Step stood_;                   ///< the step that ended last
    std::optional<Step> waiting_;  ///< a step without conversions that was taken
    Step offered_;
    bool wanted_ = false, free_ = false, ok_ = false, done_ = false;
    bool begins_ = false, loads_ = false, starts_ = false, ends_ = false;
    bool takes_empty_ = false, starts_empty_ = false;
    bool again_ = false;  // a drive has ended untaken
    bool expires_ = false, begins_again_ = false, loads_again_ = false, ever_driven_ = false;
    bool sample_ = false, precharge_ = false;
    std::uint64_t payload_ = 0;
};

}  // namespace

TEST_CASE("array timing: every output against the timetable", "[array_timing][drive_bound]") {
    bench::Bench<Vtb_array_timing> dut;
    constexpr Rates rates[] = {{100, 100, 100, 1, 9}, {30, 50, 50, 1, 3}, {90, 95, 30, 1, 9}};
    for (unsigned n = 0; n < variant_count; ++n) {
        Trial trial(dut, n);
        for (const Rates& r : rates) {
            for (int round = 0; round < 8; ++round) {
                trial.reset();
                for (int i = 0; i < 150; ++i) trial.cycle(r);
            }
        }
        CHECK(trial.steps > 100);
        if (variant(n).bound > 0) {
            CHECK(trial.expiries > 20);
            CHECK(trial.longest_drive == variant(n).bound);
        }
    }
}

TEST_CASE("array timing: cost of a step", "[array_timing]") {
    bench::Bench<Vtb_array_timing> dut;
    for (unsigned n = 0; n < variant_count; ++n) {
        for (const int conversions : {1, 4, 20}) {
            const Variant v = variant(n);
            if (v.empties || v.late > 0 || v.bound > 0) continue;
            const int cost =
                v.column ? std::max(conversions,
                                    v.precharge + v.gap + (v.overlap ? 0 : std::max(v.settle, 1)))
                         : v.precharge + v.settle + conversions + v.gap;
            Trial trial(dut, n);
            trial.reset();
            const Rates rates{100, 100, 100, conversions, conversions};
            for (int i = 0; i < 20 + v.precharge + v.settle + v.gap; ++i) trial.cycle(rates);
            trial.steps = 0;
            for (int i = 0; i < 30 * cost; ++i) trial.cycle(rates);
            CHECK(trial.steps == 30);
        }
    }
}

TEST_CASE("array timing: steps that begin late cost nothing and stand short", "[array_timing]") {
    bench::Bench<Vtb_array_timing> dut;
    for (unsigned n = 36; n < 40; ++n) {
        const Variant v = variant(n);
        const int conversions = share * v.latency, prepare = v.only() + v.drive();
        // The latest column is that of the list: a conversion later it would be too late.
        const auto ready = [&](int column) { return 1 + (column - 1) * v.latency + 1 + prepare; };
        CHECK(ready(v.late) <= conversions);
        CHECK((v.late == share || ready(v.late + 1) > conversions));
        Trial trial(dut, n);
        trial.reset();
        const Rates rates{100, 100, 100, conversions, conversions};
        for (int i = 0; i < 2 * conversions + 20; ++i) trial.cycle(rates);
        trial.steps = trial.longest_drive = 0;
        for (int i = 0; i < 30 * conversions; ++i) trial.cycle(rates);
        if (!v.empties) CHECK(trial.steps == 30);
        CHECK(trial.longest_drive <= v.drive() + v.latency + 1 + v.gap);
    }
}
