// SPDX-License-Identifier: Apache-2.0
/// column_output_scale against a queue of one beat. State: whether a beat stands. Every input of
/// the small variants (11 and 9 bits); corners and random values of all, under four pairs of rates,
/// with resets between them, the scale changing each cycle; a result wider and narrower than the
/// product. Expected: the product in 64-bit integers, modulo 2^OutBits. Each cycle every output is
/// compared, so that latency (one cycle), stability while stalled and one beat a cycle are covered.
#include <optional>

#include "Vtb_column_output_scale.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned elements, in_bits, scale_bits, out_bits;
};
constexpr Variant variants[] = {{1, 6, 5, 11}, {3, 20, 16, 40}, {2, 4, 1, 4}};

struct Beat {
    std::vector<std::uint64_t> data;
    bool last = false;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_column_output_scale>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(2400 + n) {}

    void drive(bool valid, bool ready, std::uint64_t scale,
               const std::vector<std::uint64_t>& data) {
        valid_ = valid;
        ready_ = ready;
        next_ = {{}, random_.chance(30)};
        bench::Put in = dut_.in(n_);
        in(valid, 1)(ready, 1)(next_.last, 1)(scale, v_.scale_bits);
        for (const std::uint64_t d : data) {
            in(d, v_.in_bits);
            const std::int64_t product =
                bench::to_signed(d, v_.in_bits) * static_cast<std::int64_t>(scale);
            next_.data.push_back(bench::wrap(product, v_.out_bits));
        }
    }
    void drive(unsigned valid_percent, unsigned ready_percent) {
        std::vector<std::uint64_t> data(v_.elements);
        const std::uint64_t top = std::uint64_t{1} << (v_.in_bits - 1);
        for (auto& d : data) {
            const std::uint64_t ends[] = {0, 1, top - 1, top, 2 * top - 1};
            const auto pick = static_cast<std::size_t>(random_.in(0, 5));
            d = pick < std::size(ends) ? ends[pick] : random_.bits(v_.in_bits);
        }
        const std::uint64_t scale =
            random_.chance(20) ? bench::wrap(-1, v_.scale_bits) : random_.bits(v_.scale_bits);
        drive(random_.chance(valid_percent), random_.chance(ready_percent), scale, data);
    }
    void check() {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), !beat_ || ready_, "ready", n_);
        bench::same(out.flag(), beat_.has_value(), "valid", n_);
        if (!beat_) return;
        bench::same(out.flag(), beat_->last, "last", n_);
        for (const std::uint64_t d : beat_->data) bench::same(out(v_.out_bits), d, "product", n_);
    }
    void advance() {
        if (beat_ && !ready_) return;
        taken += beat_.has_value();
        beat_.reset();
        if (valid_) beat_ = next_;
    }
    void forget() { beat_.reset(); }

    unsigned taken = 0;

  private:
    bench::Bench<Vtb_column_output_scale>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::optional<Beat> beat_;
    Beat next_;
    bool valid_ = false, ready_ = false;
};

struct Bench {
    bench::Bench<Vtb_column_output_scale> dut;
    std::vector<Trial> trials;
    Bench() {
        for (unsigned n = 0; n < std::size(variants); ++n) trials.emplace_back(dut, n);
        dut.reset();
    }
    /// A cycle of variant n alone, or of all.
    void cycle(unsigned n) {
        dut.settle();
        trials[n].check();
        trials[n].advance();
        dut.clock();
    }
    void cycle() {
        dut.settle();
        for (Trial& t : trials) t.check();
        for (Trial& t : trials) t.advance();
        dut.clock();
    }
};

}  // namespace

TEST_CASE("column output scale: every product of the small variants", "[column_output_scale]") {
    Bench b;
    for (unsigned x = 0; x < 1u << 11; ++x) {
        b.trials[0].drive(true, true, x & 31, {x >> 5});
        b.cycle(0);
    }
    bench::same(b.trials[0].taken, (1u << 11) - 1, "beats taken");
    b.trials[2].forget();
    b.dut.in(2)(0, 2);
    b.dut.reset();
    for (unsigned x = 0; x < 1u << 9; ++x) {
        b.trials[2].drive(true, true, x & 1, {x >> 1 & 15, x >> 5});
        b.cycle(2);
    }
    bench::same(b.trials[2].taken, (1u << 9) - 1, "beats taken");
}

TEST_CASE("column output scale: beats under stalls, reset in between", "[column_output_scale]") {
    Bench b;
    for (const auto& [valid, ready] : {std::pair{100u, 100u}, {30u, 70u}, {90u, 25u}, {50u, 50u}}) {
        for (int i = 0; i < 3000; ++i) {
            for (Trial& t : b.trials) t.drive(valid, ready);
            b.cycle();
        }
        b.dut.reset();
        for (Trial& t : b.trials) t.forget();
    }
}
