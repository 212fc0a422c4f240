// SPDX-License-Identifier: Apache-2.0
/// cim_weight_port against one access record. State: nothing, access offered to the array, read
/// data due, access waiting in the former cycle. A random user that holds its access until taken, a
/// compute side that is idle at random, an array that takes accesses and answers reads after random
/// times (the cycle of the taking excluded), resets in every state; one-bit fields and wide ones.
/// With WhileCompute banks in use come and go at random, and an access waits for those of its own.
/// Compared in every cycle: readiness, what stands at the array (unchanged until taken), busy, and
/// the read data. Rate: a write a cycle at an array that takes it at once.
#include <algorithm>

#include "Vtb_weight_port.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned row, bank, addr, word;
    bool while_compute = false;
};
// The last behind clock gates.
constexpr Variant variants[] = {
    {1, 1, 1, 1}, {6, 4, 3, 17}, {10, 8, 5, 48}, {5, 2, 3, 9, true}, {6, 4, 3, 17}};

struct Access {
    bool write = false;
    std::uint64_t bank = 0, row = 0, word = 0, data = 0;
};

struct Rates {
    unsigned valid, idle, ready, answer, write, used = 40;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_weight_port>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(800 + n) {}

    void cycle(const Rates& rates) {
        drive(rates);
        dut_.settle();
        check();
        advance();
        dut_.clock();
    }
    void reset() {
        wanted_ = false;
        dut_.in(n_)(0, 1);
        dut_.reset();
        offered_ = reading_ = answered_ = block_ = asked_ = false;
    }
    unsigned writes = 0, reads = 0;

  private:
    void drive(const Rates& rates) {
        if (!wanted_ && random_.chance(rates.valid)) {
            wanted_ = true;
            user_ = {random_.chance(rates.write), random_.bits(v_.bank), random_.bits(v_.row),
                     random_.bits(v_.addr), random_.bits(v_.word)};
        }
        idle_ = random_.chance(rates.idle);
        ready_ = random_.chance(rates.ready);
        answer_ = reading_ && random_.chance(rates.answer);
        answer_data_ = random_.bits(v_.word);
        for (Use& use : uses_) use = {random_.chance(rates.used), random_.bits(v_.bank)};
        dut_.in(n_)(wanted_, 1)(user_.write, 1)(user_.bank, v_.bank)(user_.row, v_.row)(
            user_.word, v_.addr)(user_.data, v_.word)(idle_, 1)(ready_, 1)(answer_, 1)(
            answer_data_, v_.word)(uses_[0].is, 1)(uses_[0].bank, v_.bank)(uses_[1].is, 1)(
            uses_[1].bank, v_.bank)(uses_[2].is, 1)(uses_[2].bank, v_.bank);
    }

    void check() {
        bench::Get out = dut_.out(n_);
        // The tile at work is uses_[1]: only its steps can begin.
        const bool busy =
            (offered_ || reading_) && (!v_.while_compute || access_.bank == uses_[1].bank);
        const bool may = v_.while_compute ? !used() : idle_;
        ready_out_ = asked_ && may && !reading_ && (!offered_ || (access_.write && ready_));
        bench::same(out.flag(), ready_out_, "ready", n_);
        bench::same(out.flag(), block_, "block", n_);
        bench::same(out.flag(), busy, "busy", n_);
        bench::same(out.flag(), offered_, "array valid", n_);
        const bool write = out.flag();
        const std::uint64_t bank = out(v_.bank), row = out(v_.row), word = out(v_.addr);
        const std::uint64_t data = out(v_.word);
        if (offered_) {
            bench::same(write, access_.write, "array write", n_);
            bench::same(bank, access_.bank, "array bank", n_);
            bench::same(row, access_.row, "array row", n_);
            bench::same(word, access_.word, "array word", n_);
            if (access_.write) bench::same(data, access_.data, "array data", n_);
        }
        bench::same(out.flag(), answered_, "read valid", n_);
        if (answered_) bench::same(out(v_.word), read_data_, "read data", n_);
    }

    bool used() const {
        return std::any_of(std::begin(uses_), std::end(uses_),
                           [&](const Use& use) { return use.is && use.bank == user_.bank; });
    }

    void advance() {
        asked_ = wanted_;
        block_ = wanted_ && (!v_.while_compute || used());
        const bool accepted = wanted_ && ready_out_;
        answered_ = answer_;
        read_data_ = answer_data_;
        if (answer_) reading_ = false;
        if (offered_ && ready_) {
            offered_ = false;
            reading_ = !access_.write;
            ++(access_.write ? writes : reads);
        }
        if (!accepted) return;
        access_ = user_;
        offered_ = true;
        wanted_ = false;
    }

    bench::Bench<Vtb_weight_port>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    Access user_, access_;
    struct Use {
        bool is = false;
        std::uint64_t bank = 0;
    };
    Use uses_[3];  // tile being loaded, tile at work, array
    bool wanted_ = false, offered_ = false, reading_ = false, answered_ = false;
    bool block_ = false, asked_ = false, idle_ = false, ready_ = false, answer_ = false,
         ready_out_ = false;
    std::uint64_t answer_data_ = 0, read_data_ = 0;
};

}  // namespace

TEST_CASE("weight port: accesses one at a time", "[weight_port]") {
    bench::Bench<Vtb_weight_port> dut;
    constexpr Rates rates[] = {
        {100, 100, 100, 100, 50}, {50, 30, 40, 30, 40}, {90, 90, 20, 60, 60}};
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (const Rates& r : rates) {
            for (int round = 0; round < 10; ++round) {
                trial.reset();
                for (int i = 0; i < 200; ++i) trial.cycle(r);
            }
        }
        CHECK(trial.reads > 100);
    }
}

TEST_CASE("weight port: a write a cycle", "[weight_port]") {
    bench::Bench<Vtb_weight_port> dut;
    Trial trial(dut, 1);
    trial.reset();
    for (int i = 0; i < 200; ++i) trial.cycle({100, 100, 100, 100, 100});
    CHECK(trial.writes == 198);
}
