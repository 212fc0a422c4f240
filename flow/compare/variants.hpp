/// The schemes that are compared, and the macro that all of them share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "generator/config.hpp"

namespace comparing {

struct Variant {
    std::string label;  ///< in the table
    std::string key;    ///< first part of the macro's name
    std::string scheme;
    std::string pattern = {};  ///< zebra's; empty for others
    int mantissa = 0;          ///< bfp's m; 0 for others
    bool dynamic = false;      ///< bfp.block
};

/// In the order of the table: conventional 8-8 first, the baseline.
std::span<const Variant> variants();

/// conventional 8-8, then bfp with m = 2 to 8, static and dynamic.
std::span<const Variant> bfp_variants();

/// One macro for every variant; it holds all weights of a column block (tiles <= banks).
struct Macro {
    int rows = 0, outputs = 0;
    int tiles = 0;               ///< of the layer
    bool signed_inputs = false;  ///< some are negative: conventional takes them in two's
                                 ///< complement, bfp with a zero point and a bias
    int least_banks = 16;        ///< more only if the tiles need them
    int banks() const;           ///< and accumulator.max_tiles
};

/// An ADC of 8 bits, and how fine it is; absent: `bits: auto`, step 1.
struct FixedAdc {
    static constexpr int bits = 8;
    generator::Rational step;
};

/// The config as YAML, as a user would write it.
std::string config_text(const Variant& variant, const Macro& macro,
                        const std::optional<FixedAdc>& adc);

/// "3" or "5/2".
std::string step_text(const generator::Rational& step);

}  // namespace comparing
