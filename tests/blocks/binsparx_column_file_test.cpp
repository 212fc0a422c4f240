/// binsparx_column_file against a table by bank, group and output. One register and many, numbers that
/// are no power of two (lines that do not exist are selected too), one output and several. All are
/// written once, then random writes, reads by the port and by the codes, accesses to an output of
/// another lane (nothing selected: 0, and a write that changes nothing).
#include "Vtb_binsparx_column_file.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned banks, groups, outputs, bits;
};
constexpr Variant variants[] = {{1, 1, 1, 2}, {1, 1, 3, 7}, {4, 1, 2, 5},
                                {1, 3, 4, 3}, {3, 5, 3, 6}, {16, 2, 1, 11}};

unsigned field(unsigned n) { return n > 1 ? bench::index_bits(n) : 0; }

class Trial {
  public:
    Trial(bench::Bench<Vtb_binsparx_column_file>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(1000 + n) {
        line_bits_ = std::max(1u, field(v_.banks) + field(v_.groups));
        values_.assign(std::size_t{1} << (line_bits_ + field(v_.outputs)), 0);
    }
    void fill() {
        for (unsigned b = 0; b < v_.banks; ++b) {
            for (unsigned g = 0; g < v_.groups; ++g) {
                for (unsigned o = 0; o < v_.outputs; ++o) access(line_of(b, g), o, true);
            }
        }
    }
    void cycle() {
        const auto b = static_cast<unsigned>(random_.in(0, v_.banks - 1));
        const auto g = static_cast<unsigned>(random_.in(0, v_.groups - 1));
        unsigned line = line_of(b, g);
        if (random_.chance(20)) line = static_cast<unsigned>(random_.bits(line_bits_));
        const auto output = static_cast<unsigned>(random_.in(0, v_.outputs));  // the last: elsewhere
        if (random_.chance(50)) access(line, output, random_.chance(50));
        else code(line, output % v_.outputs);
    }

  private:
    unsigned line_of(unsigned bank, unsigned group) const {
        return (bank << field(v_.groups)) + group;
    }
    bool exists(unsigned line) const {
        return (line >> field(v_.groups)) < v_.banks && line % (1u << field(v_.groups)) < v_.groups;
    }
    std::uint64_t& value(unsigned line, unsigned output) {
        return values_[(line << field(v_.outputs)) + output];
    }

    void access(unsigned line, unsigned output, bool write) {
        const bool here = exists(line) && output < v_.outputs;
        const std::uint64_t data = random_.bits(v_.bits);
        step(true, write, line, random_.bits(8), output < v_.outputs ? 1u << output : 0, data,
             here ? value(line, output) : 0, !write);
        if (write && here) value(line, output) = data;
    }
    void code(unsigned line, unsigned output) {
        const unsigned next = (output + 1) % v_.outputs;
        step(false, false, line, next, random_.bits(v_.outputs), random_.bits(v_.bits),
             exists(line) ? value(line, output) : 0, true);
    }
    void step(bool access, bool write, unsigned line, std::uint64_t next, std::uint64_t selected,
              std::uint64_t data, std::uint64_t expected, bool compared) {
        bench::Put in = dut_.in(n_);
        in(access, 1)(write, 1)(line, line_bits_)(next, bench::index_bits(v_.outputs));
        in(selected, v_.outputs)(data, v_.bits);
        dut_.settle();
        const std::uint64_t found = dut_.out(n_)(v_.bits);
        if (compared) bench::same(found, expected, "word", n_, access, line, selected, next);
        dut_.clock();
    }

    bench::Bench<Vtb_binsparx_column_file>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    unsigned line_bits_ = 1;
    std::vector<std::uint64_t> values_;
};

}  // namespace

TEST_CASE("binsparx column file: a table by bank, group and output", "[binsparx_column_file]") {
    bench::Bench<Vtb_binsparx_column_file> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        trial.fill();
        for (int i = 0; i < 4000; ++i) trial.cycle();
    }
}
