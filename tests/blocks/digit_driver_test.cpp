// SPDX-License-Identifier: Apache-2.0
/// cim_digit_driver: combinational; every input of the variants whose inputs have at most 18 bits
/// (one row, several digits of one and two bits, one digit only), random ones of 33 rows of 8 bits.
/// Expected: the element divided by radix^step, modulo the radix; 0 for a row that is not enabled.
#include "Vtb_digit_driver.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned rows, element_bits, digit_bits;
};
constexpr Variant variants[] = {{1, 1, 1}, {2, 5, 1}, {2, 6, 2}, {3, 4, 4}, {1, 8, 1}, {33, 8, 1}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_digit_driver>& dut, unsigned n) : dut_(dut), n_(n), v_(variants[n]) {}

    void run(const std::vector<std::uint64_t>& elements, std::uint64_t enabled, unsigned step) {
        bench::Put in = dut_.in(n_);
        in(step, bench::index_bits(v_.element_bits / v_.digit_bits))(enabled, v_.rows);
        for (const std::uint64_t e : elements) in(e, v_.element_bits);
        dut_.settle();
        const std::uint64_t radix = std::uint64_t{1} << v_.digit_bits;
        bench::Get out = dut_.out(n_);
        for (unsigned r = 0; r < v_.rows; ++r) {
            std::uint64_t rest = elements[r];
            for (unsigned t = 0; t < step; ++t) rest /= radix;
            const std::uint64_t expected = enabled >> r & 1 ? rest % radix : 0;
            bench::same(out(v_.digit_bits), expected, "drive", n_, r, elements[r], step);
        }
    }

  private:
    bench::Bench<Vtb_digit_driver>& dut_;
    unsigned n_;
    Variant v_;
};

}  // namespace

TEST_CASE("digit driver: every element, step and enable", "[digit_driver]") {
    bench::Bench<Vtb_digit_driver> dut;
    for (unsigned n = 0; n + 1 < std::size(variants); ++n) {
        const Variant& v = variants[n];
        Trial trial(dut, n);
        const unsigned data_bits = v.rows * v.element_bits;
        for (std::uint64_t x = 0; x >> (data_bits + v.rows) == 0; ++x) {
            std::vector<std::uint64_t> elements(v.rows);
            for (unsigned r = 0; r < v.rows; ++r) {
                elements[r] = x >> (r * v.element_bits) & ((1u << v.element_bits) - 1);
            }
            for (unsigned t = 0; t < v.element_bits / v.digit_bits; ++t) {
                trial.run(elements, x >> data_bits, t);
            }
        }
    }
}

TEST_CASE("digit driver: many rows", "[digit_driver]") {
    bench::Bench<Vtb_digit_driver> dut;
    bench::Random random(10);
    const unsigned n = std::size(variants) - 1;
    Trial trial(dut, n);
    for (int i = 0; i < 3000; ++i) {
        std::vector<std::uint64_t> elements(variants[n].rows);
        for (auto& e : elements) e = random.bits(8);
        trial.run(elements, random.bits(variants[n].rows), static_cast<unsigned>(random.in(0, 7)));
    }
}
