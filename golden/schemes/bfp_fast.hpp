/// The fast form of bfp: the bit planes of the rounded inputs, pass by pass, against the bit planes
/// of the weights; the plain product where no conversion clips or rounds.
#pragma once

#include <memory>

#include "src/fast_engine.hpp"

namespace golden::detail {

/// What of a spec the rounding needs.
struct BfpForm {
    int input_bits = 0;
    int weight_bits = 0;
    int mantissa = 0;  ///< m of this run
    bool dynamic = false;
};

std::unique_ptr<Engine> make_bfp_engine(const BfpForm& form, const FastJob& job);

}  // namespace golden::detail
