// SPDX-License-Identifier: Apache-2.0
/// column_trim. All entries are written by turns; then steps of random banks whose columns follow
/// at random distances, with new writes between the steps. Expected: in the cycle after the start
/// the bank's entry 0, after each further column the next one, standing until then.
#include "Vtb_column_trim.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned banks, slots, bits;
};
constexpr Variant variants[] = {{1, 1, 1}, {3, 4, 4}, {2, 3, 8}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_column_trim>& dut, unsigned n)
        : dut_(dut),
          n_(n),
          v_(variants[n]),
          entries_(v_.banks, std::vector<std::uint64_t>(v_.slots)),
          random_(2300 + n) {}

    /// A whole turn of a bank that writes every entry.
    void fill(unsigned bank) {
        for (unsigned s = 0; s < v_.slots; ++s) {
            entries_[bank][s] = random_.bits(v_.bits);
            cycle(true, true, false, false, bank, entries_[bank][s]);
        }
    }

    void step(unsigned bank) {
        cycle(false, false, true, false, bank, 0);
        for (unsigned s = 0; s < v_.slots; ++s) {
            shown_ = entries_[bank][s];
            known_ = true;
            while (random_.chance(50)) cycle(false, false, false, false, bank, 0);
            // The last column's request is taken: nothing moves.
            cycle(false, false, false, s + 1 < v_.slots, bank, 0);
        }
    }

    void run() {
        for (unsigned b = 0; b < v_.banks; ++b) fill(b);
        for (int i = 0; i < 500; ++i) {
            const auto bank = static_cast<unsigned>(random_.in(0, v_.banks - 1));
            if (random_.chance(15)) fill(bank);
            step(static_cast<unsigned>(random_.in(0, v_.banks - 1)));
        }
    }

  private:
    void cycle(bool turn, bool write, bool start, bool next, unsigned bank, std::uint64_t data) {
        dut_.in(n_)(turn, 1)(write, 1)(start, 1)(next, 1)(1u << bank, v_.banks)(data, v_.bits);
        dut_.settle();
        if (known_) bench::same(dut_.out(n_)(v_.bits), shown_, "trim", n_, bank);
        dut_.clock();
    }

    bench::Bench<Vtb_column_trim>& dut_;
    unsigned n_;
    Variant v_;
    std::vector<std::vector<std::uint64_t>> entries_;
    bench::Random random_;
    std::uint64_t shown_ = 0;
    bool known_ = false;
};

}  // namespace

TEST_CASE("column trim: the requested column's entry stands", "[column_trim]") {
    bench::Bench<Vtb_column_trim> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) Trial(dut, n).run();
}
