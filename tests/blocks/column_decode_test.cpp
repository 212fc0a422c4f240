// SPDX-License-Identifier: Apache-2.0
/// column_decode: every column, visit, step position and flag of lanes of all kinds (an ADC for an
/// output, for several, several ADCs for one output, at once and in turn, of one output and of
/// two). Expected: a list of a step's visits, written down by loops over columns, an output's ADCs
/// and outputs; the registered marks one cycle later.
#include "Vtb_column_decode.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned share, planes, visits, terms, outputs, slices, stride;
};
constexpr Variant variants[] = {
    {4, 4, 4, 1, 4, 2, 2}, {1, 1, 1, 1, 1, 1, 1},  {6, 3, 1, 1, 2, 3, 1}, {2, 8, 8, 1, 2, 4, 1},
    {1, 6, 6, 1, 1, 3, 2}, {2, 12, 3, 2, 1, 6, 1}, {1, 8, 1, 8, 1, 4, 1}};

struct Visit {
    unsigned column = 0, index = 0, output = 0;
    std::vector<unsigned> planes;
    bool plane_turn = false, turn = false;
};

/// Visits of a step in their order.
std::vector<Visit> visits_of(const Variant& v) {
    std::vector<Visit> list;
    const bool whole = v.share > v.planes;  // an ADC serves several outputs
    const unsigned adcs = whole ? 1 : v.planes / v.share;
    for (unsigned c = 0; c < v.share; ++c) {
        unsigned index = 0;
        for (unsigned first = 0; first < adcs; first += v.terms) {
            const unsigned outputs = whole ? 1 : v.outputs;
            for (unsigned o = 0; o < outputs; ++o) {
                Visit visit{c, index++, whole ? c / v.planes : o, {}, o + 1 == outputs, true};
                for (unsigned a = first; a < first + v.terms; ++a) {
                    visit.planes.push_back((a * v.share + c) % v.planes);
                }
                if (whole) visit.turn = visit.planes[0] == v.planes - 1;
                list.push_back(visit);
            }
        }
    }
    return list;
}

void trial(bench::Bench<Vtb_column_decode>& dut, unsigned n, const Visit& visit, unsigned step_pos,
           unsigned flags) {
    const Variant& v = variants[n];
    const bool valid = flags & 1;
    dut.in(n)(valid, 1)(visit.index, bench::index_bits(v.visits))(
        visit.column, bench::index_bits(v.share))(step_pos, 3)(flags >> 1 & 1, 1)(flags >> 2, 1);
    dut.settle();
    bench::Get out = dut.out(n);
    bench::same(out.flag(), valid && visit.plane_turn, "plane turn", n, visit.column, visit.index);
    const auto pos = [&v](unsigned plane) { return plane % v.slices * v.stride; };
    for (const unsigned plane : visit.planes)
        bench::same(out.flag(), plane >= v.slices, "sign", n, visit.column, visit.index);
    for (const unsigned plane : visit.planes)
        bench::same(out(3), pos(plane), "position", n, visit.column, visit.index);
    dut.clock();
    out = dut.out(n);
    out(1 + 4 * v.terms);
    bench::same(out.flag(), valid, "add valid", n);
    bench::same(out(4), step_pos + (v.terms == 1 ? pos(visit.planes[0]) : 0), "add position", n,
                visit.column, visit.index);
    bench::same(out.flag(), visit.planes[0] == 0, "first of its output", n, visit.column,
                visit.index);
    const bool turn = out.flag();
    if (v.outputs > 1) bench::same(turn, visit.turn, "turn", n, visit.column, visit.index);
    bench::same(out(2), flags >> 1, "first tile and vector", n);
}

}  // namespace

TEST_CASE("column decode: every visit", "[column_decode]") {
    bench::Bench<Vtb_column_decode> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        for (const Visit& visit : visits_of(variants[n])) {
            for (unsigned x = 0; x < 64; ++x) trial(dut, n, visit, x & 7, x >> 3);
        }
    }
}
