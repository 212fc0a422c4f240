// SPDX-License-Identifier: Apache-2.0
/// cim_adc_observe between a back end and ADCs written here. The back end asks for the columns of a
/// step in order, all ADCs at once, and begins the next when all have answered. An ADC takes
/// requests at random and converts in 1 to 4 cycles; now and then it is ready in its last cycle, or
/// for some hundred cycles takes nothing or does not answer. Its code says step and column and is
/// never 0; it samples a step only if its former one is whole. Masks and flags are written at
/// random. Stated: at the port columns come in order and no request goes away or changes; the back
/// end gets the code of its own step and column, or 0; 0 only of an ADC that is masked, or has been
/// dead, or in debt, since its flag was cleared; nobody waits for more than 2T + 1 cycles; counts
/// and last codes agree with what came. Without masks and dead ADCs: requests and answers pass in
/// the same cycle, and flags say what was clipped.
#include "Vtb_adc_observe.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned adcs, share, code_bits;
    bool is_signed;
    unsigned used_bits, count_bits;
};
constexpr Variant variants[] = {{3, 3, 6, false, 7, 6}, {2, 1, 5, true, 5, 16}};
constexpr unsigned index_width = 4, data_bits = 32;
constexpr int timeout = 30;

struct Adc {
    unsigned asked = 0, answered = 0;  ///< of the back end's step
    int waits = 0;                     ///< cycles since it had an answer
    bool suspect = false;              ///< 0 may come
    bool mask = false;

    std::uint64_t step = 0;                   ///< sampled
    unsigned expected = 0, left = 0;          ///< next column at the port; answers of the step left
    unsigned column = 0;                      ///< of the conversion under way
    int busy = 0, dead = 0, dead_answer = 0;  ///< cycles left; cycles of death, of which kind
    bool stood = false;

    std::uint64_t count = 0, last = 0;
    unsigned flags = 0;
};

struct Seen {
    std::uint64_t read[5] = {};
    std::vector<unsigned> ready, resp, raw, code, valid, column;
    unsigned any = 0;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_adc_observe>& dut, unsigned n, bool healthy)
        : dut_(dut),
          n_(n),
          v_(variants[n]),
          healthy_(healthy),
          random_(5200 + n),
          adcs_(v_.adcs),
          ready_(v_.adcs),
          answer_(v_.adcs),
          code_(v_.adcs) {
        for (Adc& a : adcs_) a.asked = a.answered = v_.share;
        put();
        dut_.reset();
        write_ = 1U << 4;  // the time-out
        wdata_ = timeout;
        put();
        dut_.settle();
        dut_.clock();
    }

    void cycle() {
        choose_write();
        for (unsigned i = 0; i < v_.adcs; ++i) ready_[i] = answer_[i] = false;
        put();
        dut_.settle();
        const Seen before = see();
        for (unsigned i = 0; i < v_.adcs; ++i) convert(i, before.valid[i] != 0, before.column[i]);
        put();
        dut_.settle();
        const Seen now = see();
        check_registers(now);
        for (unsigned i = 0; i < v_.adcs; ++i) follow(i, now);
        dut_.clock();
        Adc& written = adcs_[index_];
        if (write_ == 1U << 3) written.mask = wdata_ & 1;
        if (write_ == 1U << 3) {
            written.suspect = written.suspect || written.mask;
            cleared_.at(index_) = armed_.at(index_) = false;
        }
        if (write_ == 1U << 2 && (wdata_ & 1) != 0)
            cleared_.at(index_) = written.left == 0 && !written.stood && written.dead == 0;
        begin_step();
    }
    unsigned zeros = 0, early = 0, steps = 0, comebacks = 0;

  private:
    unsigned columns() const { return bench::index_bits(v_.share); }
    unsigned tag(std::uint64_t step, unsigned column) const {
        const std::uint64_t codes = (std::uint64_t{1} << v_.code_bits) - 1;
        return static_cast<unsigned>(1 + (step * 7 + column * 3) % codes);  // never 0
    }
    /// What a correction might make of a code.
    unsigned used(unsigned code) const { return (code ^ 0x15) & ((1U << v_.used_bits) - 1); }

    void put() {
        bench::Put in = dut_.in(n_);
        in(write_, 5)(index_, index_width)(wdata_, data_bits);
        for (const Adc& a : adcs_) in(a.asked < v_.share, 1);
        for (const Adc& a : adcs_) in(a.asked % v_.share, columns());
        for (unsigned i = 0; i < v_.adcs; ++i) in(ready_[i], 1);
        for (unsigned i = 0; i < v_.adcs; ++i) in(answer_[i], 1);
        for (unsigned i = 0; i < v_.adcs; ++i) in(code_[i], v_.code_bits);
        for (unsigned i = 0; i < v_.adcs; ++i) in(used(code_[i]), v_.used_bits);
        in(~std::uint64_t{0}, v_.adcs);
    }
    Seen see() {
        bench::Get out = dut_.out(n_);
        Seen s;
        for (std::uint64_t& word : s.read) word = out(data_bits);
        const auto take = [&](std::vector<unsigned>& to, unsigned width) {
            for (unsigned i = 0; i < v_.adcs; ++i) to.push_back(static_cast<unsigned>(out(width)));
        };
        take(s.ready, 1);
        take(s.resp, 1);
        take(s.raw, v_.code_bits);
        take(s.code, v_.used_bits);
        take(s.valid, 1);
        take(s.column, columns());
        bench::same(out.flag(), true, "quiet", n_);
        s.any = static_cast<unsigned>(out(3));
        return s;
    }

    /// The ADC in this cycle: whether it takes the request, whether it answers.
    void convert(unsigned i, bool valid, unsigned column) {
        Adc& a = adcs_[i];
        if (a.stood) bench::same(valid, true, "a request goes away", n_, i);
        if (valid) bench::same(column, a.expected, "column at the port", n_, i);
        if (a.dead > 0) --a.dead;
        const bool mute = a.dead > 0 && a.dead_answer, deaf = a.dead > 0 && !a.dead_answer;
        const bool last = a.busy == 1 && !mute;
        const bool soon = last && !healthy_ && random_.chance(30);
        ready_[i] = !deaf && (a.busy == 0 || soon) && !random_.chance(20);
        const bool taken = valid && ready_[i];
        if (taken && a.expected == 0) a.left += v_.share;
        if (taken) a.expected = (a.expected + 1) % v_.share;
        a.stood = valid && !ready_[i];
        const int cycles = static_cast<int>(random_.in(1, 4));
        code_[i] = static_cast<unsigned>(random_.bits(v_.code_bits));
        answer_[i] = last || (a.busy == 0 && taken && cycles == 1 && !mute);
        if (answer_[i]) code_[i] = tag(a.step, last ? a.column : column);
        if (answer_[i]) --a.left;
        if (a.busy > 1 || last) --a.busy;
        if (taken && last) ++early;
        if (taken) a.column = column;
        if (taken && (last || !answer_[i])) a.busy = std::max(1, cycles - 1);
    }

    void follow(unsigned i, const Seen& s) {
        Adc& a = adcs_[i];
        const bool request = a.asked < v_.share, taken = request && s.ready[i] != 0;
        const bool got = s.resp[i] != 0 && (a.asked > a.answered || taken);
        if (healthy_ && request) bench::same(s.ready[i] != 0, bool(ready_[i]), "passes", n_, i);
        if (healthy_) bench::same(s.resp[i] != 0, bool(answer_[i]), "answer passes", n_, i);
        if (got && s.raw[i] != 0) {
            bench::same(s.raw[i], tag(step_, a.answered), "code", n_, i, step_);
            bench::same(s.code[i], used(s.raw[i]), "used code", n_, i);
            bench::same(bool(answer_[i]), true, "of an answer", n_, i);
            ++a.count;
            a.last = s.raw[i];
            const unsigned least = 1U << (v_.code_bits - 1);
            const unsigned top = v_.is_signed ? least - 1 : 2 * least - 1;
            if (a.last == top || (v_.is_signed && a.last == least)) a.flags |= 2;
        } else if (got) {
            bench::same(s.code[i], 0U, "used code", n_, i);
            bench::same(a.suspect, true, "0 of an ADC that is in", n_, i, step_);
            ++zeros;
        }
        a.waits = got || a.answered == v_.share ? 0 : a.waits + 1;
        bench::same(a.waits <= 2 * timeout + 1, true, "waits too long", n_, i);
        a.asked += taken;
        a.answered += got;
    }

    void choose_write() {
        write_ = 0;
        index_ = static_cast<unsigned>(random_.in(0, v_.adcs - 1));
        wdata_ = random_.bits(32);
        if (healthy_) return;
        if (random_.chance(2)) write_ = 1U << 2;
        if (random_.chance(1) && random_.chance(50)) write_ = 1U << 3;
    }
    void check_registers(const Seen& s) {
        const Adc& a = adcs_[index_];
        const std::int64_t last = v_.is_signed ? bench::to_signed(a.last, v_.code_bits)
                                               : static_cast<std::int64_t>(a.last);
        if (a.count > 0) bench::same(s.read[0], bench::wrap(last, 32), "last code", n_, index_);
        bench::same(s.read[1], a.count & ((1U << v_.count_bits) - 1), "count", n_, index_);
        bench::same(s.read[3], std::uint64_t{a.mask}, "mask", n_, index_);
        bench::same(s.read[4], index_ == 0 ? std::uint64_t{timeout} : 0, "time-out", n_);
        if (healthy_) bench::same(s.read[2], std::uint64_t{a.flags}, "flags", n_, index_);
    }

    /// All have answered: another begins, its requests in the next cycle.
    void begin_step() {
        for (const Adc& a : adcs_)
            if (a.answered < v_.share) return;
        if (random_.chance(40)) return;
        ++step_;
        ++steps;
        for (unsigned i = 0; i < v_.adcs; ++i) {
            Adc& a = adcs_[i];
            a.asked = a.answered = 0;
            const bool whole = a.left == 0 && !a.stood;
            if (whole) a.step = step_;
            // In again: its flag was cleared while it was well, and a step has begun since.
            const bool well = whole && a.dead == 0 && !a.mask;
            if (a.suspect && well && armed_.at(i)) {
                a.suspect = false;
                ++comebacks;
            }
            cleared_.at(i) = cleared_.at(i) && well;
            armed_.at(i) = cleared_.at(i);
            if (!whole) a.suspect = true;
            if (!healthy_ && a.dead == 0 && random_.chance(2)) {
                a.dead = static_cast<int>(random_.in(20, 300));
                a.dead_answer = static_cast<int>(random_.in(0, 1));
                a.suspect = true;
                cleared_.at(i) = armed_.at(i) = false;
            }
        }
    }

    bench::Bench<Vtb_adc_observe>& dut_;
    unsigned n_;
    const Variant& v_;
    bool healthy_;
    bench::Random random_;
    std::vector<Adc> adcs_;
    std::vector<bool> ready_, answer_;
    std::vector<unsigned> code_;
    std::vector<bool> cleared_ = std::vector<bool>(8), armed_ = std::vector<bool>(8);
    std::uint64_t step_ = 0, wdata_ = 0;
    unsigned write_ = 0, index_ = 0;
};

}  // namespace

TEST_CASE("adc observe: dead, late and early ADCs, masks and flags", "[adc_observe]") {
    for (unsigned n = 0; n < std::size(variants); ++n) {
        bench::Bench<Vtb_adc_observe> dut;
        Trial healthy(dut, n, true);
        for (int cycle = 0; cycle < 20000; ++cycle) healthy.cycle();
        CHECK(healthy.zeros == 0);
        Trial trial(dut, n, false);
        for (int cycle = 0; cycle < 200000; ++cycle) trial.cycle();
        CHECK(trial.zeros > 100);
        if (variants[n].share > 1) CHECK(trial.early > 100);
        CHECK(trial.comebacks > 20);
        CHECK(trial.steps > 1000);
    }
}
