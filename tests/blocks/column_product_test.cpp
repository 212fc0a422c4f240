// SPDX-License-Identifier: Apache-2.0
/// column_product: one register behind combinational logic. Every input of a small variant (one
/// code, with centre and scale: 15 bits) and of one without both (8 bits); corners and random
/// inputs of wide ones: scales of columns and of planes, several visits, several terms with their
/// planes' positions and signs. Expected one cycle later: the sum of ±(u + c0) · scale [·
/// 2^position] of the visited codes in 64-bit integers, modulo 2^SumBits; 0 without a visit.
#include <optional>

#include "Vtb_column_product.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned visits, terms, code_bits;
    bool has_center;
    unsigned center_bits, scale_bits;
    bool by_column;
    unsigned sum_bits;
    unsigned scales() const { return scale_bits == 0 ? 0 : by_column ? visits * terms : terms; }
};
constexpr Variant variants[] = {{1, 1, 3, true, 4, 3, true, 8},
                                {2, 1, 2, false, 8, 0, false, 2},
                                {4, 1, 8, true, 8, 16, true, 25},
                                {3, 1, 1, true, 8, 8, false, 18},
                                {2, 4, 4, true, 8, 8, true, 30},
                                {1, 3, 5, false, 8, 5, false, 22},
                                // Behind clock gates.
                                {4, 1, 8, true, 8, 16, true, 25},
                                {2, 4, 4, true, 8, 8, true, 30}};

struct Input {
    bool valid = false;
    unsigned visit = 0;
    std::vector<std::uint64_t> code, scale, center, negate, pos;
};

std::int64_t expected_sum(const Variant& v, const Input& in) {
    std::int64_t sum = 0;
    for (unsigned a = 0; a < v.terms; ++a) {
        const unsigned place = in.visit * v.terms + a;
        std::int64_t term = bench::to_signed(in.code[place], v.code_bits);
        if (v.has_center) term += bench::to_signed(in.center[a], v.center_bits);
        if (v.scale_bits > 0) term *= static_cast<std::int64_t>(in.scale[v.by_column ? place : a]);
        if (v.terms > 1) term *= std::int64_t{1} << in.pos[a];
        sum += in.negate[a] ? -term : term;
    }
    return sum;
}

/// `standing`: the sum of the last visit; a cycle without one leaves it as it is.
void trial(bench::Bench<Vtb_column_product>& dut, unsigned n, const Input& input,
           std::optional<std::int64_t>& standing) {
    const Variant& v = variants[n];
    bench::Put in = dut.in(n);
    in(input.valid, 1)(input.visit, bench::index_bits(v.visits));
    for (const auto c : input.code) in(c, v.code_bits);
    for (const auto s : input.scale) in(s, v.scale_bits);
    if (v.scale_bits == 0) in(0, 1);
    for (const auto c : input.center) in(c, v.center_bits);
    for (const auto s : input.negate) in(s, 1);
    for (const auto p : input.pos) in(p, 3);
    dut.settle();
    dut.clock();
    if (input.valid) standing = expected_sum(v, input);
    if (!standing) return;
    bench::Get out = dut.out(n);
    const std::uint64_t sum = out(v.sum_bits), carry = out(1);
    bench::same(bench::wrap(static_cast<std::int64_t>(sum + carry), v.sum_bits),
                bench::wrap(*standing, v.sum_bits), "sum", n, input.valid, input.visit,
                input.code[0]);
}

Input draw(const Variant& v, bench::Random& random) {
    const auto list = [&](std::size_t count, unsigned bits) {
        const std::uint64_t top = bench::wrap(-1, bits);
        const std::uint64_t ends[] = {0, 1, top, top >> 1, top ^ (top >> 1)};
        std::vector<std::uint64_t> values(count);
        for (auto& x : values)
            x = random.chance(30) ? ends[random.in(0, 4)] & top : random.bits(bits);
        return values;
    };
    return {random.chance(90),
            static_cast<unsigned>(random.in(0, v.visits - 1)),
            list(v.visits * v.terms, v.code_bits),
            list(v.scales(), v.scale_bits),
            list(v.terms, v.center_bits),
            list(v.terms, 1),
            list(v.terms, 3)};
}

}  // namespace

TEST_CASE("column product: every input of the small variants", "[column_product]") {
    bench::Bench<Vtb_column_product> dut;
    std::optional<std::int64_t> first, second;
    for (unsigned x = 0; x < 1u << 12; ++x) {
        trial(dut, 0, {(x & 1) != 0, 0, {x >> 1 & 7}, {x >> 4 & 7}, {x >> 7 & 15}, {x >> 11}, {5}},
              first);
    }
    for (unsigned x = 0; x < 1u << 7; ++x) {
        trial(dut, 1, {(x & 1) != 0, x >> 1 & 1, {x >> 2 & 3, x >> 4 & 3}, {}, {77}, {x >> 6}, {3}},
              second);
    }
}

TEST_CASE("column product: corners and random inputs", "[column_product]") {
    bench::Bench<Vtb_column_product> dut;
    bench::Random random(2500);
    for (unsigned n = 2; n < std::size(variants); ++n) {
        std::optional<std::int64_t> standing;
        for (int i = 0; i < 20000; ++i) trial(dut, n, draw(variants[n], random), standing);
    }
}
