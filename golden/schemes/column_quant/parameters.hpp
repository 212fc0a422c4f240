// SPDX-License-Identifier: Apache-2.0
/// What a config says of column_quant. Source: specification, column_quant.
#pragma once

#include <memory>
#include <string_view>

#include "golden/forward.hpp"

namespace golden::column_quant {

struct Parameters {
    static constexpr std::string_view scheme = "column_quant";
    int cell_bits = 1;
    bool differential = true;  ///< column_quant.signing
    int dac_bits = 0;          ///< 0: input.bits
    int alpha_frac = 16;
    int scale_bits = 8;
    int center = 0;  ///< everywhere, if Operands::center is empty
};

/// The reference form. Throws Error for parameters out of the page's ranges.
std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own);
/// The fast form of one product.
std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters& own);

}  // namespace golden::column_quant
