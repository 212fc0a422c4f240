// SPDX-License-Identifier: Apache-2.0
/// The section `column_quant` and the shared keys that the scheme takes, as plain data.
#pragma once

#include <memory>
#include <string_view>

namespace generator {

class Scheme;

namespace column_quant {

/// Which scale factors are independent.
enum class Granularity {
    column,  ///< each physical column of each tile
    array,   ///< each plane of each tile
    layer,   ///< one for everything
};

struct Section {
    static constexpr std::string_view scheme = "column_quant";

    int input_bits = 0;        ///< a, 1..8, unsigned
    int weight_bits = 0;       ///< b, 2..8
    int cell_bits = 1;         ///< c, bits of a weight in one cell; divides b
    bool differential = true;  ///< w+ and w- in planes of their own, else two's complement
    int dac_bits = 0;          ///< d, bits of an input driven in one step; divides a
    int alpha_frac = 16;       ///< fraction bits of alpha
    int scale_bits = 8;        ///< of a digital scale factor, unsigned
    int center = 0;            ///< c0 of every tile and plane, unless `run --center` says otherwise
    Granularity granularity = Granularity::column;
    int range_bits = 0;  ///< r, trim bits a column
    int slices() const { return weight_bits / cell_bits; }
};

std::unique_ptr<const Scheme> make_scheme(const Section&);

}  // namespace column_quant

}  // namespace generator
