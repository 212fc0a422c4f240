// SPDX-License-Identifier: Apache-2.0
/// cim_ring. State: the entries, in order, of each bank. One bank or several, one slot or
/// several; after every entry is written, random turns of random banks (or of none) with and
/// without a write. Expected: a queue per bank, whose front is shown and moves to the back.
#include <deque>

#include "Vtb_ring.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned banks, slots, bits;
};
constexpr Variant variants[] = {{1, 1, 1}, {3, 1, 4}, {2, 4, 8}, {5, 3, 16},
                                {2, 4, 8}, {5, 3, 16}};  // the last two behind clock gates

class Trial {
  public:
    Trial(bench::Bench<Vtb_ring>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), banks_(v_.banks), random_(2100 + n) {}

    /// `bank` past the banks: none is selected.
    void cycle(unsigned bank, bool turn, bool write) {
        const std::uint64_t data = random_.bits(v_.bits);
        const std::uint64_t select = bank < v_.banks ? std::uint64_t{1} << bank : 0;
        dut_.in(n_)(turn, 1)(write, 1)(select, v_.banks)(data, v_.bits);
        dut_.settle();
        const std::uint64_t shown = dut_.out(n_)(v_.bits);
        if (bank >= v_.banks) {
            bench::same(shown, 0u, "value of no bank", n_);
        } else {
            auto& ring = banks_[bank];
            if (ring.size() == v_.slots) bench::same(shown, ring.front(), "value", n_, bank);
            if (turn) {
                if (ring.size() == v_.slots) {
                    const std::uint64_t front = ring.front();
                    ring.pop_front();
                    ring.push_back(write ? data : front);
                } else {
                    ring.push_back(data);
                }
            }
        }
        dut_.clock();
    }

    void run() {
        for (unsigned b = 0; b < v_.banks; ++b) {
            for (unsigned s = 0; s < v_.slots; ++s) cycle(b, true, true);
        }
        for (int i = 0; i < 4000; ++i) {
            cycle(static_cast<unsigned>(random_.in(0, v_.banks)), random_.chance(60),
                  random_.chance(20));
        }
    }

  private:
    bench::Bench<Vtb_ring>& dut_;
    unsigned n_;
    Variant v_;
    std::vector<std::deque<std::uint64_t>> banks_;
    bench::Random random_;
};

}  // namespace

TEST_CASE("ring: a queue for each bank", "[ring]") {
    bench::Bench<Vtb_ring> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) Trial(dut, n).run();
}
