// SPDX-License-Identifier: Apache-2.0
/// cim_ring_port with its rings. State: the entries by bank and word, and where an access is in
/// its turn. One ring and several, words in their order and in groups, signed and not, indices of
/// banks and words that are not there. Random accesses between whole turns of the datapath, resets
/// between them. Expected from a table by bank and word: an access takes Slots + 1 cycles, in the
/// first of which the rings are the datapath's (it may make its last turn there); it reads what was
/// written last, and leaves every ring as it was (seen through the datapath's port).
#include <map>

#include "Vtb_ring_port.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rings, slots, groups, banks, bits;
    bool is_signed;
    unsigned index_bits;
    unsigned words() const { return rings * slots; }
    /// Word bits of the index.
    unsigned word_bits() const { return words() == 1 ? 0 : bench::index_bits(words()); }
    unsigned bank_bits() const { return bench::index_bits(banks); }
    unsigned word(unsigned ring, unsigned slot) const {
        return (slot % groups * rings + ring) * (slots / groups) + slot / groups;
    }
};
constexpr Variant variants[] = {{1, 1, 1, 1, 1, false, 1},
                                {4, 3, 1, 2, 5, false, 5},
                                {2, 4, 2, 3, 8, true, 6},
                                {1, 8, 4, 1, 6, false, 3},
                                {5, 1, 1, 4, 32, true, 5}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_ring_port>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(2200 + n) {}

    void reset() {
        dut_.in(n_)(0, 3);
        dut_.reset();
    }

    struct Access {
        unsigned index;
        bool write;
        std::uint64_t data;
    };
    Access draw() {
        return {static_cast<unsigned>(random_.bits(v_.index_bits)), random_.chance(50),
                random_.bits(v_.bits)};
    }

    /// A cycle of the datapath, at entry `slot` of a bank; `asks`: an access comes in it.
    void datapath_cycle(bool asks, bool turn, unsigned bank, unsigned slot, const Access& access) {
        put(asks, turn, bank, access);
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), false, "ready beside the datapath", n_, bank, slot);
        out(32);
        for (unsigned r = 0; r < v_.rings; ++r) {
            const std::uint64_t value = out(v_.bits);
            const auto found = table_.find({bank, v_.word(r, slot)});
            if (found != table_.end())
                bench::same(value, found->second, "value", n_, bank, r, slot);
        }
        dut_.clock();
    }
    /// Once around a bank's rings; `next`: this access comes in the last cycle.
    void datapath(const Access* next) {
        const unsigned bank = any_bank();
        for (unsigned s = 0; s < v_.slots; ++s) {
            const bool asks = next && s + 1 == v_.slots;
            datapath_cycle(asks, true, bank, s, asks ? *next : draw());
        }
    }
    void access(const Access& a) {
        std::uint64_t read = 0;
        for (unsigned turn = 0; turn < v_.slots; ++turn) {
            put(true, false, any_bank(), a);
            bench::Get out = dut_.out(n_);
            bench::same(out.flag(), turn + 1 == v_.slots, "ready", n_, a.index, turn);
            read = out(32);
            dut_.clock();
        }
        const unsigned bank = a.index >> v_.word_bits(),
                       word = a.index & ((1u << v_.word_bits()) - 1);
        const bool there = bank < v_.banks && word < v_.words();
        const auto found = table_.find({bank, word});
        if (!a.write && (!there || found != table_.end())) {
            const std::uint64_t raw = there ? found->second : 0;
            const auto extended =
                v_.is_signed ? bench::to_signed(raw, v_.bits) : static_cast<std::int64_t>(raw);
            bench::same(read, bench::wrap(extended, 32), "read", n_, bank, word);
        }
        if (a.write && there) table_[{bank, word}] = a.data;
    }

    void run() {
        for (int round = 0; round < 5; ++round) {
            reset();
            for (int i = 0; i < 600; ++i) {
                const Access next = draw();
                if (random_.chance(25)) datapath(nullptr);
                if (random_.chance(25))
                    datapath(&next);
                else
                    datapath_cycle(true, false, any_bank(), 0, next);
                access(next);
            }
        }
        CHECK(table_.size() == std::size_t{v_.banks} * v_.words());
    }

  private:
    unsigned any_bank() { return static_cast<unsigned>(random_.in(0, v_.banks - 1)); }
    void put(bool asks, bool turn, unsigned bank, const Access& a) {
        dut_.in(n_)(asks, 1)(a.write, 1)(turn, 1)(a.index, v_.index_bits)(bank, v_.bank_bits())(
            a.data, v_.bits);
        dut_.settle();
    }

    bench::Bench<Vtb_ring_port>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    std::map<std::pair<unsigned, unsigned>, std::uint64_t> table_;
};

}  // namespace

TEST_CASE("ring port: words by bank, rings as they were", "[ring_port]") {
    bench::Bench<Vtb_ring_port> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) Trial(dut, n).run();
}
