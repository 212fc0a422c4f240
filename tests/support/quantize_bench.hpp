// SPDX-License-Identifier: Apache-2.0
/// What the tests of quantize share: configs, and the integers of each code written down anew.
#pragma once

#include <array>
#include <cstdlib>
#include <vector>

#include "generator/config.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"
#include "npy_bench.hpp"

namespace quantize_bench {

using namespace npy_bench;
using Floats = operands::Tensor<double>;
using Levels = std::vector<int>;

/// The config with a macro that holds what the tests quantize.
inline generator::Config placed(generator::Config c, int planes) {
    c.name = "bench";
    c.array = {.rows = 1024, .outputs = 64, .active_rows = 1024, .banks = 1};
    c.adc.share = planes;
    c.adc.latency = 1;
    c.accumulator.max_tiles = 8;
    return c;
}

inline generator::Config conventional(int input_bits, bool input_signed, int weight_bits) {
    generator::Config c = placed({}, weight_bits);
    c.accumulator.bias = true;
    c.section = generator::conventional::Section{input_bits, input_signed, weight_bits};
    return c;
}

inline generator::Config zebra(std::array<int, 4> base, int ratio) {
    generator::Config c = placed({}, 4);
    c.section = generator::zebra::Section{"", base, ratio};
    return c;
}

inline const std::array<int, 4> option1 = {0, 1, 2, 3}, option2 = {0, 2, 4, 6},
                                paired = {0, 1, 4, 5};

/// The integers of a code, written down anew.
inline Levels between(int lo, int hi) {
    Levels out;
    for (int i = lo; i <= hi; ++i) out.push_back(i);
    return out;
}
inline Levels zebra_levels(const std::array<int, 4>& base, int ratio) {
    Levels out;
    for (int v = -255; v <= 255; ++v) {
        for (int code = 0; code < 32; ++code) {
            int m = 0;
            for (int k = 0; k < 4; ++k) m += (code >> k & 1) * (1 << base[std::size_t(k)]);
            if (m * (code >= 16 ? ratio : 1) != std::abs(v)) continue;
            out.push_back(v);
            break;
        }
    }
    return out;
}

/// A tensor of one element.
inline const Floats one = {{1, 1}, {1}};

}  // namespace quantize_bench
