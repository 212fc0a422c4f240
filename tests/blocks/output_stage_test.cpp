// SPDX-License-Identifier: Apache-2.0
/// cim_output_stage against the law of docs/spec/output.md in 128-bit integers. State: the beats
/// inside, at most five, and the beat's place in its vector. The smallest variant sees every acc, M
/// and S up to 9 under every zero point and clamp of its width; the others corners (both ends of
/// every operand, S = 1 and 63) and random values, under four pairs of rates, with resets between
/// them. Every cycle all outputs are compared, so latency, stability while stalled, one beat a
/// cycle and which factor belongs to which output are covered.
#include <array>
#include <deque>
#include <optional>

#include "Vtb_output_stage.h"
#include "bench.hpp"

namespace {

__extension__ typedef __int128 Wide;

struct Variant {
    unsigned outputs, elements, acc_bits, m_bits, out_bits;
    unsigned beats() const { return (outputs + elements - 1) / elements; }
    /// Cycles from a beat in to its beat out: partial products of 8 bits, added in pairs.
    unsigned stages() const { return m_bits > 16 ? 6 : 5; }
};
constexpr Variant variants[] = {{1, 1, 5, 3, 2},
                                {6, 4, 24, 16, 8},
                                {5, 1, 40, 24, 16},
                                {3, 3, 2, 1, 1},
                                {6, 4, 24, 16, 8}};  // behind a clock gate
constexpr unsigned most_stages = 6;

struct Law {
    std::vector<std::uint64_t> m, s;
    std::int64_t zero = 0, low = 0, high = 0;
    std::int64_t operator()(std::int64_t acc, unsigned output) const {
        const Wide wide = static_cast<Wide>(acc) * static_cast<Wide>(m[output]);
        const Wide half = static_cast<Wide>(1) << (s[output] - 1);
        Wide y = ((wide + half) >> s[output]) + zero;  // arithmetic: floor
        if (y < low) y = low;
        if (y > high) y = high;
        return static_cast<std::int64_t>(y);
    }
};

struct Beat {
    std::vector<std::uint64_t> data;  // of the outputs that exist
    std::uint64_t saturated = 0;
    bool last = false;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_output_stage>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(4200 + n), pipe_(v_.stages()) {
        draw_law();
    }

    void draw_law() {
        law_ = {};
        for (unsigned o = 0; o < v_.outputs; ++o) {
            law_.m.push_back(random_.chance(20) ? bench::wrap(-1, v_.m_bits)
                                                : random_.bits(v_.m_bits));
            const std::int64_t shifts[] = {
                1, 63, random_.in(1, v_.acc_bits + v_.m_bits > 63 ? 63 : v_.acc_bits + v_.m_bits)};
            law_.s.push_back(static_cast<std::uint64_t>(shifts[random_.in(0, 2)]));
        }
        const std::int64_t top = (std::int64_t{1} << v_.out_bits) - 1;  // of OutBits + 1 bits
        law_.zero = random_.chance(30) ? -top - 1 : random_.in(-top - 1, top);
        const bool is_signed = random_.chance(50);
        const std::int64_t lo = is_signed ? -(top + 1) / 2 : 0, hi = is_signed ? top / 2 : top;
        law_.low = random_.in(lo, hi);
        law_.high = random_.in(law_.low, hi);
    }
    void set_law(const Law& law) { law_ = law; }

    void drive(bool valid, bool ready, std::optional<std::int64_t> acc = {}) {
        valid_ = valid;
        ready_ = ready;
        next_ = {{}, random_.bits(v_.elements), beat_ + 1 == v_.beats()};
        bench::Put in = dut_.in(n_);
        in(valid, 1)(ready, 1)(next_.last, 1);
        for (const auto m : law_.m) in(m, v_.m_bits);
        for (const auto s : law_.s) in(s, 6);
        for (const auto z : {law_.zero, law_.low, law_.high})
            in(bench::wrap(z, v_.out_bits + 1), v_.out_bits + 1);
        in(next_.saturated, v_.elements);
        for (unsigned e = 0; e < v_.elements; ++e) {
            const std::int64_t value = acc ? *acc : draw_acc();
            in(bench::wrap(value, v_.acc_bits), v_.acc_bits);
            const unsigned output = beat_ * v_.elements + e;
            if (output < v_.outputs)
                next_.data.push_back(bench::wrap(law_(value, output), v_.out_bits));
        }
    }
    void check() {
        bench::Get out = dut_.out(n_);
        const auto& front = pipe_.front();
        const bool moves = !front || ready_;
        bench::same(out.flag(), moves, "ready", n_);
        bench::same(out.flag(), front.has_value(), "valid", n_);
        bench::same(out.flag(), empty(), "idle", n_);
        if (!front) return;
        bench::same(out.flag(), front->last, "last", n_);
        bench::same(out(v_.elements), front->saturated, "flags", n_);
        for (const std::uint64_t y : front->data) bench::same(out(v_.out_bits), y, "y", n_);
    }
    void advance() {
        if (pipe_.front() && !ready_) return;
        taken += pipe_.front().has_value();
        pipe_.pop_front();
        pipe_.push_back(valid_ ? std::optional(next_) : std::nullopt);
        if (valid_) beat_ = next_.last ? 0 : beat_ + 1;
    }
    bool empty() const {
        for (const auto& b : pipe_)
            if (b) return false;
        return true;
    }
    void forget() {
        pipe_.assign(v_.stages(), {});
        beat_ = 0;
    }

    unsigned taken = 0;

  private:
    std::int64_t draw_acc() {
        const std::int64_t top = (std::int64_t{1} << (v_.acc_bits - 1)) - 1;
        const std::int64_t corners[] = {0, 1, -1, top, -top - 1};
        return random_.chance(40) ? corners[random_.in(0, 4)] : random_.in(-top - 1, top);
    }

    bench::Bench<Vtb_output_stage>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    Law law_;
    std::deque<std::optional<Beat>> pipe_;
    Beat next_;
    unsigned beat_ = 0;
    bool valid_ = false, ready_ = false;
};

struct Bench {
    bench::Bench<Vtb_output_stage> dut;
    std::vector<Trial> trials;
    Bench() {
        for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
        dut.reset();
    }
    void cycle() {
        dut.settle();
        for (Trial& t : trials) t.check();
        for (Trial& t : trials) t.advance();
        dut.clock();
    }
};

}  // namespace

TEST_CASE("output stage: every operand of the smallest variant", "[output_stage]") {
    bench::Bench<Vtb_output_stage> dut;
    Trial t(dut, 0);
    dut.reset();
    unsigned sent = 0;
    const auto cycle = [&](bool valid, std::int64_t acc) {
        t.drive(valid, true, acc);
        dut.settle();
        t.check();
        t.advance();
        dut.clock();
        sent += valid;
    };
    const std::array<std::array<std::int64_t, 3>, 4> ends = {
        {{0, 0, 3}, {-4, -2, 1}, {3, 0, 2}, {1, -1, -1}}};
    for (const auto& [zero, low, high] : ends) {
        for (std::uint64_t m = 0; m < 8; ++m) {
            for (std::uint64_t s = 1; s < 10; ++s) {
                for (unsigned i = 0; i < most_stages; ++i)
                    cycle(false, 0);  // the registers stand still
                t.set_law({{m}, {s}, zero, low, high});
                for (std::int64_t acc = -16; acc < 16; ++acc) cycle(true, acc);
            }
        }
    }
    for (unsigned i = 0; i < most_stages; ++i) cycle(false, 0);
    bench::same(t.taken, sent, "beats taken");
    CHECK(sent == 4 * 8 * 9 * 32);
}

TEST_CASE("output stage: beats under stalls, reset in between", "[output_stage]") {
    Bench b;
    for (const auto& [valid, ready] : {std::pair{100u, 100u}, {30u, 70u}, {90u, 25u}, {50u, 50u}}) {
        for (int law = 0; law < 60; ++law) {
            for (int i = 0; i < 60; ++i) {
                for (Trial& t : b.trials) {
                    bench::Random dice(static_cast<std::uint64_t>(law * 1000 + i) * 8 + valid);
                    t.drive(dice.chance(valid), dice.chance(ready));
                }
                b.cycle();
            }
            for (unsigned i = 0; i < most_stages; ++i) {
                for (Trial& t : b.trials) t.drive(false, true);
                b.cycle();
            }
            for (Trial& t : b.trials) t.draw_law();
        }
        b.dut.reset();
        for (Trial& t : b.trials) t.forget();
    }
}
