// SPDX-License-Identifier: Apache-2.0
/// cim_factor_file: cim_factor_port, cim_factor_reader and the memory. State: the words by bank,
/// the steps under way (two at most, as column_sequencer has them) and where an access is. One
/// field and several, words in every order of the digits, words used once and several times a step,
/// signed and not, indices of banks and words that are not there. Steps with as many turns as may
/// be and with idle cycles, accesses between them, the first cycle of which may have the last turn;
/// resets anywhere. Expected from a table by bank and word: two cycles after a step's start its
/// first word stands, behind each turn the next; an access takes three cycles, reads what was
/// written last; a reset changes no word. The block's own assertions end the test.
#include <deque>
#include <map>

#include "Vtb_factor_file.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned lanes, turns, groups, terms, stride, reads, banks, bits;
    bool is_signed;
    unsigned index_bits;
    unsigned fields() const { return lanes * terms; }
    unsigned slots() const { return stride * groups * turns; }
    unsigned words() const { return fields() * slots(); }
    unsigned word_bits() const { return words() == 1 ? 0 : bench::index_bits(words()); }
    unsigned bank_bits() const { return bench::index_bits(banks); }
    /// Number in the register file of a field of the word used as number `slot` of a bank.
    unsigned word(unsigned slot, unsigned field) const {
        const unsigned turn = slot % turns, group = slot / turns % groups,
                       column = slot / turns / groups;
        const unsigned lane = field / terms, term = field % terms;
        return (((lane * turns + turn) * groups + group) * terms + term) * stride + column;
    }
};
constexpr Variant variants[] = {
    {1, 1, 1, 1, 1, 1, 1, 1, false, 1},  {3, 2, 2, 1, 3, 12, 3, 8, false, 8},
    {1, 1, 2, 2, 2, 4, 3, 8, true, 6},   {1, 1, 1, 1, 3, 12, 2, 8, true, 3},
    {5, 1, 1, 1, 1, 1, 4, 16, false, 5}, {2, 4, 1, 1, 2, 8, 5, 32, true, 7}};

struct Access {
    unsigned index = 0;
    bool write = false;
    std::uint64_t data = 0;
};

struct Step {
    unsigned bank = 0, used = 0, age = 0;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_factor_file>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(2300 + n) {}

    void run() {
        reset();
        for (unsigned b = 0; b < v_.banks; ++b) {
            for (unsigned w = 0; w < v_.words(); ++w)
                access({b << v_.word_bits() | w, true, random_.bits(v_.bits)}, false);
        }
        for (int i = 0; i < 300; ++i) {
            if (random_.chance(20)) reset();
            const bool last = steps(random_.chance(50) ? 100 : 50, random_.chance(50) ? 100 : 40);
            for (int a = static_cast<int>(random_.in(0, 3)); a > 0; --a) access(draw(), last);
        }
        reset();  // its inputs rest beside the other variants
    }

  private:
    Access draw() {
        return {static_cast<unsigned>(random_.bits(v_.index_bits)), random_.chance(50),
                random_.bits(v_.bits)};
    }
    void reset() {
        put(false, false, false, 0, {});
        dut_.reset();
        under_way_.clear();
    }

    /// Some steps, each word turned past in `turns` and each step begun in `starts` of the cycles
    /// in which it may. Leaves before the end if a reset shall come: false.
    bool steps(unsigned turns, unsigned starts) {
        const bool whole = random_.chance(80);
        int left = static_cast<int>(random_.in(1, 8));
        for (int cycles = 0; left > 0 || !under_way_.empty(); ++cycles) {
            if (!whole && cycles > 5) {
                reset();
                return false;
            }
            cycle(turns, starts, left);
        }
        return true;
    }
    void cycle(unsigned turns, unsigned starts, int& left) {
        const bool may = !under_way_.empty() && under_way_.front().age >= 2;
        const bool turn = may && random_.chance(turns);
        const bool over = turn && under_way_.front().used + 1 == v_.reads;
        const bool start = left > 0 && (under_way_.size() < 2 || over) && random_.chance(starts);
        const unsigned bank = static_cast<unsigned>(random_.in(0, v_.banks - 1));
        put(false, start, turn, bank, draw());
        if (may) check(under_way_.front());
        dut_.clock();
        for (Step& s : under_way_) ++s.age;
        if (turn) ++under_way_.front().used;
        if (over) under_way_.pop_front();
        if (start) {
            under_way_.push_back({bank, 0, 1});
            --left;
        }
    }
    void check(const Step& step) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), false, "ready beside the datapath", n_);
        out(32);
        for (unsigned f = 0; f < v_.fields(); ++f) {
            const unsigned word = v_.word(step.used % v_.slots(), f);
            bench::same(out(v_.bits), table_.at({step.bank, word}), "value", n_, step.bank, word);
        }
    }

    /// `after_steps`: the datapath has one more step, and the access comes in its last cycle.
    void access(const Access& a, bool after_steps) {
        if (after_steps && random_.chance(50)) last_step(a);
        std::uint64_t read = 0;
        for (unsigned c = 0; c < 3; ++c) {
            if (asked_ && c == 0) continue;
            put(true, false, false, any_bank(), a);
            bench::Get out = dut_.out(n_);
            bench::same(out.flag(), c == 2, "ready", n_, a.index, c);
            read = out(32);
            dut_.clock();
        }
        asked_ = false;
        const unsigned bank = a.index >> v_.word_bits(),
                       word = a.index & ((1u << v_.word_bits()) - 1);
        const bool there = bank < v_.banks && word < v_.words();
        if (!a.write) {
            const std::uint64_t raw = there ? table_.at({bank, word}) : 0;
            const auto extended =
                v_.is_signed ? bench::to_signed(raw, v_.bits) : static_cast<std::int64_t>(raw);
            bench::same(read, bench::wrap(extended, 32), "read", n_, bank, word);
        }
        if (a.write && there) table_[{bank, word}] = a.data;
    }
    void last_step(const Access& a) {
        int left = 1;
        while (left > 0 || under_way_.front().used + 1 < v_.reads || under_way_.front().age < 2)
            cycle(100, 100, left);
        put(true, false, true, any_bank(), a);
        check(under_way_.front());
        dut_.clock();
        under_way_.clear();
        asked_ = true;
    }

    unsigned any_bank() { return static_cast<unsigned>(random_.in(0, v_.banks - 1)); }
    void put(bool asks, bool start, bool turn, unsigned bank, const Access& a) {
        dut_.in(n_)(asks, 1)(a.write, 1)(start, 1)(turn, 1)(a.index, v_.index_bits)(
            bank, v_.bank_bits())(a.data, 32);
        dut_.settle();
    }

    bench::Bench<Vtb_factor_file>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::deque<Step> under_way_;
    bool asked_ = false;  ///< the access's first cycle has passed
    std::map<std::pair<unsigned, unsigned>, std::uint64_t> table_;
};

}  // namespace

TEST_CASE("factor file: words in the order of their use, read ahead", "[factor_file]") {
    bench::Bench<Vtb_factor_file> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) Trial(dut, n).run();
}
