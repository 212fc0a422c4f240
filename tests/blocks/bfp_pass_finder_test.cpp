// SPDX-License-Identifier: Apache-2.0
/// bfp_pass_finder: groups of random codes, from none that joins a pass to every shift present; one
/// row, rows that are no power of two, shifts that fill their field and that do not. Expected: the
/// passes sorted by a std::map; an empty group says so in its first cycle; else the first pass
/// stands one cycle later, and passes that end at random follow each other without a gap. A reset
/// between passes leaves no trace.
#include <map>

#include "Vtb_bfp_pass_finder.h"
#include "bfp_rounding.hpp"

namespace {

struct Variant {
    unsigned rows, bits, mantissa;
};
constexpr Variant variants[] = {{1, 2, 1}, {5, 5, 3}, {16, 8, 4}, {40, 8, 8}};

struct Row {
    unsigned mantissa, shift;
    bool in_group;
};

class Trial {
  public:
    Trial(bench::Bench<Vtb_bfp_pass_finder>& dut, unsigned n, unsigned end_percent)
        : dut_(dut), n_(n), v_(variants[n]), end_(end_percent), random_(910 + n) {}

    void reset() {
        put({}, false, false);
        dut_.reset();
    }
    /// One group; stops after `limit` cycles.
    void run(int limit) {
        const std::vector<Row> rows = draw();
        std::map<unsigned, std::vector<bool>> passes;
        for (unsigned r = 0; r < v_.rows; ++r) {
            if (!rows[r].in_group || rows[r].mantissa == 0) continue;
            auto& pass = passes[rows[r].shift];
            pass.resize(v_.rows);
            pass[r] = true;
        }
        put(rows, true, random_.chance(50));
        find(passes.empty());
        while (!passes.empty() && --limit > 0) {
            const bool end = random_.chance(end_);
            put(rows, true, end);
            check(passes.begin()->first, passes.begin()->second, passes.size() == 1);
            if (end) passes.erase(passes.begin());
        }
    }
    /// Nothing at work.
    void rest() {
        put(draw(), false, random_.chance(50));
        bench::Get out = dut_.out(n_);
        out.flag();
        bench::same(out.flag(), false, "pass valid", n_);
        dut_.clock();
    }

  private:
    std::vector<Row> draw() {
        const unsigned zeros = 10 * static_cast<unsigned>(random_.in(0, 10));
        const unsigned members = 25 * static_cast<unsigned>(random_.in(1, 4));
        std::vector<Row> rows;
        for (unsigned r = 0; r < v_.rows; ++r) {
            const bool zero = random_.chance(zeros);
            rows.push_back({zero ? 0 : static_cast<unsigned>(random_.bits(v_.mantissa)),
                            static_cast<unsigned>(random_.in(0, v_.bits - 1)),
                            random_.chance(members)});
        }
        return rows;
    }
    void put(const std::vector<Row>& rows, bool valid, bool end) {
        bench::Put in = dut_.in(n_);
        in(valid, 1)(end, 1);
        for (const Row& row : rows) in(row.in_group, 1);
        for (const Row& row : rows)
            in(row.mantissa, v_.mantissa)(row.shift, bench::index_bits(v_.bits));
        dut_.settle();
    }
    void find(bool empty) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), empty, "group empty", n_);
        bench::same(out.flag(), false, "pass valid", n_);
        dut_.clock();
    }
    void check(unsigned shift, const std::vector<bool>& rows, bool last) {
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), false, "group empty", n_);
        bench::same(out.flag(), true, "pass valid", n_);
        bench::same(out.flag(), last, "last", n_, shift);
        bench::same(out(bench::index_bits(v_.bits)), shift, "shift", n_);
        for (unsigned r = 0; r < v_.rows; ++r)
            bench::same(out.flag(), rows[r], "row", n_, shift, r);
        dut_.clock();
    }

    bench::Bench<Vtb_bfp_pass_finder>& dut_;
    unsigned n_;
    Variant v_;
    unsigned end_;
    bench::Random random_;
};

}  // namespace

TEST_CASE("bfp pass finder: every pass in order, none lost", "[bfp_pass_finder]") {
    bench::Bench<Vtb_bfp_pass_finder> dut;
    for (const unsigned end : {100u, 40u}) {
        for (unsigned n = 0; n < std::size(variants); ++n) {
            Trial trial(dut, n, end);
            trial.reset();
            for (int group = 0; group < 1000; ++group) {
                trial.run(1 << 20);
                if (group % 7 == 0) trial.rest();
            }
        }
    }
}

TEST_CASE("bfp pass finder: a reset between passes leaves no trace", "[bfp_pass_finder]") {
    bench::Bench<Vtb_bfp_pass_finder> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n, 60);
        for (int group = 0; group < 100; ++group) {
            trial.reset();
            trial.run(1 + group % 5);
            trial.reset();
            trial.rest();
            trial.run(1 << 20);
        }
    }
}
