// SPDX-License-Identifier: Apache-2.0
/// cim_step_mode between a front end, an array timing and ADCs written here. Steps are asked for at
/// random: idle or not, with rows or without, of banks that are there or not. Expected: refused
/// exactly then, and not under way; else the rows, drive and bank that were written are offered
/// until taken, once; the start is not handed on; every ADC is asked for its columns in order, and
/// each code can be read afterwards; done only with the last answer. While none is under way all
/// signals pass both ways.
#include "Vtb_step_mode.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, drive_bits, banks, adcs, share, code_bits;
    bool is_signed;
};
constexpr Variant variants[] = {{5, 1, 2, 1, 1, 4, false}, {35, 3, 3, 3, 5, 6, true}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_step_mode>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(880 + n) {
        raw_.resize(v_.adcs);
        ready_.resize(v_.adcs);
        resp_.resize(v_.adcs);
        put();
        dut_.reset();
    }

    void trial() {
        row_word(0);
        if (v_.rows > 32) row_word(1);
        drive_ = random_.bits(v_.drive_bits);
        write(1, 0, drive_);
        through();
        const bool empty = rows_low_ == 0 && rows_high_ == 0;
        const std::uint64_t bank = random_.bits(bench::index_bits(v_.banks) + 1);
        idle_ = random_.chance(70);
        write_ = 1U << 2;
        index_ = 0;
        wdata_ = bank;
        put();
        dut_.settle();
        const bool refused = !idle_ || empty || bank >= v_.banks;
        bench::same(see().refused, refused, "refused", n_, bank);
        dut_.clock();
        write_ = 0;
        idle_ = true;
        if (refused) return through();
        ++steps;
        offered(bank);
        converted();
        for (unsigned c = 0; c < v_.adcs * v_.share; ++c) {
            index_ = c;
            put();
            dut_.settle();
            const std::int64_t code = v_.is_signed ? bench::to_signed(codes_[c], v_.code_bits)
                                                   : static_cast<std::int64_t>(codes_[c]);
            bench::same(see().read[3], bench::wrap(code, 32), "code", n_, c);
            dut_.clock();
        }
        through();
    }
    unsigned steps = 0;

  private:
    struct Seen {
        std::uint64_t read[4] = {};
        bool active, refused, front_ready, start, done, valid, convert, first;
        std::uint64_t bank, en_low, en_high;
        std::vector<std::uint64_t> drive, back_ready, back_resp, request, column;
    };
    unsigned columns() const { return bench::index_bits(v_.share); }

    void row_word(unsigned word) {
        const unsigned bits = std::min(v_.rows, 32U);
        const std::uint64_t all = random_.chance(30) ? 0 : random_.bits(bits);
        (word == 0 ? rows_low_ : rows_high_) = word == 0 ? all : all & ((1U << (v_.rows - 32)) - 1);
        write(0, word, all);
    }
    void write(unsigned file, unsigned index, std::uint64_t data) {
        write_ = 1U << file;
        index_ = index;
        wdata_ = data;
        put();
        dut_.settle();
        bench::same(see().refused, false, "refused", n_);
        dut_.clock();
        write_ = 0;
    }

    void put() {
        bench::Put in = dut_.in(n_);
        in(write_, 4)(index_, 5)(wdata_, 32)(idle_, 1)(step_ready_, 1)(start_, 1)(back_done_, 1);
        in(front_, 3)(front_bank_, bench::index_bits(v_.banks));
        in(front_en_, v_.rows)(front_drive_, v_.rows * v_.drive_bits);
        in(back_valid_, v_.adcs)(0, v_.adcs * columns());
        for (unsigned i = 0; i < v_.adcs; ++i) in(ready_[i], 1);
        for (unsigned i = 0; i < v_.adcs; ++i) in(resp_[i], 1);
        for (unsigned i = 0; i < v_.adcs; ++i) in(raw_[i], v_.code_bits);
    }
    Seen see() {
        bench::Get out = dut_.out(n_);
        Seen s;
        for (std::uint64_t& word : s.read) word = out(32);
        s.active = out.flag();
        s.refused = out.flag();
        s.front_ready = out.flag();
        s.start = out.flag();
        s.done = out.flag();
        s.valid = out.flag();
        s.convert = out.flag();
        s.first = out.flag();
        s.bank = out(bench::index_bits(v_.banks));
        s.en_low = out(std::min(v_.rows, 32U));
        s.en_high = v_.rows > 32 ? out(v_.rows - 32) : 0;
        for (unsigned r = 0; r < v_.rows; ++r) s.drive.push_back(out(v_.drive_bits));
        const auto take = [&](std::vector<std::uint64_t>& to, unsigned width) {
            for (unsigned i = 0; i < v_.adcs; ++i) to.push_back(out(width));
        };
        take(s.back_ready, 1);
        take(s.back_resp, 1);
        take(s.request, 1);
        take(s.column, columns());
        return s;
    }

    /// Nothing under way: both ends see one another.
    void through() {
        for (int cycle = 0; cycle < 4; ++cycle) {
            front_ = random_.bits(3);
            front_bank_ = random_.bits(bench::index_bits(v_.banks));
            front_en_ = random_.bits(std::min(v_.rows, 32U));
            step_ready_ = random_.chance(50);
            start_ = random_.chance(50);
            back_done_ = random_.chance(50);
            back_valid_ = random_.bits(v_.adcs);
            for (unsigned i = 0; i < v_.adcs; ++i) {
                ready_[i] = random_.chance(50);
                resp_[i] = random_.chance(50);
            }
            put();
            dut_.settle();
            const Seen s = see();
            bench::same(s.active, false, "active", n_);
            bench::same(std::uint64_t{s.valid} | s.convert << 1 | s.first << 2, front_, "step", n_);
            bench::same(s.bank, front_bank_, "bank", n_);
            bench::same(s.en_low, front_en_, "rows", n_);
            bench::same(s.front_ready, step_ready_, "ready", n_);
            bench::same(s.start, start_, "start", n_);
            bench::same(s.done, back_done_, "done", n_);
            for (unsigned i = 0; i < v_.adcs; ++i) {
                bench::same(s.request[i], back_valid_ >> i & 1, "request", n_, i);
                bench::same(s.back_ready[i] != 0, bool(ready_[i]), "back ready", n_, i);
                bench::same(s.back_resp[i] != 0, bool(resp_[i]), "back answer", n_, i);
            }
            dut_.clock();
        }
        step_ready_ = start_ = false;
        back_done_ = true;
        back_valid_ = 0;
        front_ = 7;  // a step of the front end waits
        ready_.assign(v_.adcs, false);
        resp_.assign(v_.adcs, false);
    }

    Seen under_way() {
        put();
        dut_.settle();
        const Seen s = see();
        bench::same(s.active, true, "active", n_);
        bench::same(s.front_ready, false, "a step of the front end is taken", n_);
        bench::same(s.start, false, "the back end hears of it", n_);
        for (unsigned i = 0; i < v_.adcs; ++i)
            bench::same(s.back_ready[i] | s.back_resp[i], 0, "the back end has an answer", n_, i);
        return s;
    }
    void offered(std::uint64_t bank) {
        for (bool taken = false; !taken;) {
            taken = step_ready_ = random_.chance(40);
            const Seen s = under_way();
            bench::same(s.valid && s.convert && !s.first, true, "offered", n_);
            bench::same(s.bank, bank, "bank", n_);
            bench::same(s.en_low, rows_low_, "rows", n_);
            bench::same(s.en_high, rows_high_, "rows", n_);
            for (unsigned r = 0; r < v_.rows; ++r) {
                const bool on = ((r < 32 ? rows_low_ >> r : rows_high_ >> (r - 32)) & 1) != 0;
                bench::same(s.drive[r], on ? drive_ : 0, "drive", n_, r);
            }
            dut_.clock();
        }
        step_ready_ = false;
        for (bool taken = false; !taken;) {
            taken = start_ = random_.chance(40);
            const Seen s = under_way();
            bench::same(s.valid, false, "offered again", n_);
            bench::same(s.done, true, "done before the start", n_);
            dut_.clock();
        }
        start_ = false;
    }
    void converted() {
        std::vector<unsigned> asked(v_.adcs), answered(v_.adcs);
        codes_.assign(v_.adcs * v_.share, 0);
        bool all = false;
        while (!all) {
            all = true;
            for (unsigned i = 0; i < v_.adcs; ++i) {
                const bool busy = asked[i] > answered[i], due = asked[i] < v_.share;
                ready_[i] = !busy && random_.chance(60);
                resp_[i] = (busy || (due && ready_[i])) && random_.chance(50);
                raw_[i] = random_.bits(v_.code_bits);
                all = all && answered[i] + resp_[i] == v_.share;
            }
            const Seen s = under_way();
            bench::same(s.done, all, "done", n_);
            for (unsigned i = 0; i < v_.adcs; ++i) {
                bench::same(s.request[i] != 0, asked[i] < v_.share, "request", n_, i);
                if (asked[i] < v_.share) bench::same(s.column[i], asked[i], "column", n_, i);
                asked[i] += asked[i] < v_.share && ready_[i];
                if (resp_[i]) codes_[i * v_.share + answered[i]++] = raw_[i];
            }
            dut_.clock();
        }
        ready_.assign(v_.adcs, false);
        resp_.assign(v_.adcs, false);
        under_way();  // the last code on its way into its register
        dut_.clock();
    }

    bench::Bench<Vtb_step_mode>& dut_;
    unsigned n_;
    const Variant& v_;
    bench::Random random_;
    std::uint64_t rows_low_ = 0, rows_high_ = 0, drive_ = 0;
    std::uint64_t wdata_ = 0, front_ = 0, front_bank_ = 0, front_en_ = 0, front_drive_ = 0;
    std::uint64_t back_valid_ = 0;
    unsigned write_ = 0, index_ = 0;
    bool idle_ = true, step_ready_ = false, start_ = false, back_done_ = true;
    std::vector<bool> ready_, resp_;
    std::vector<std::uint64_t> raw_, codes_;
};

}  // namespace

TEST_CASE("step mode: one step, its codes, nothing else", "[step_mode]") {
    bench::Bench<Vtb_step_mode> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (int i = 0; i < 1500; ++i) trial.trial();
        CHECK(trial.steps > 300);
    }
}
