// SPDX-License-Identifier: Apache-2.0
/// The macro as its user described it: the config's raw values. Absent optionals are `auto`;
/// nothing here is derived.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "golden/analog.hpp"
#include "golden/output.hpp"
#include "golden/schemes.hpp"

namespace golden {

using base::Error;

/// What every scheme has. Source: contract, "Configuration".
struct Macro {
    int rows = 0;
    int outputs = 0;
    int active_rows = 0;
    int banks = 16;
    std::optional<int> adc_bits;
    int step_num = 1;  ///< adc.step = step_num / step_den
    int step_den = 1;
    int max_tiles = 16;
    std::optional<int> accumulator_bits;
    bool bias = false;
    bool chain = false;
    int input_bits = 0;  ///< 0 where the scheme has no such key
    bool input_signed = false;
    int weight_bits = 0;  ///< 0 where the scheme has no such key
    OutputStage output;
    int adc_share = 0;  ///< columns of an ADC; 0: planes
    int correction_bits = 0;
    Analog analog;
};

/// A macro of one of the tool's schemes.
struct Spec : Macro {
    OwnParameters own;  ///< the scheme, and the values of its own section

    /// The scheme's name in a config.
    std::string_view scheme() const {
        return std::visit([](const auto& parameters) { return parameters.scheme; }, own);
    }
    /// Throws std::bad_variant_access if the macro is of another scheme.
    template <class Parameters>
    Parameters& as() {
        return std::get<Parameters>(own);
    }
    template <class Parameters>
    const Parameters& as() const {
        return std::get<Parameters>(own);
    }
    template <class Parameters>
    bool is() const {
        return std::holds_alternative<Parameters>(own);
    }
};

/// What `auto` resolves to, and the scheme's shape.
struct Resolved {
    int planes = 0;
    int steps = 0;  ///< input planes; of one pass where the scheme forms passes
    int adc_bits = 0;
    std::int64_t code_min = 0, code_max = 0;  ///< the ADC's whole code range
    std::int64_t v_min = 0, v_max = 0;        ///< range of the analog value
    int accumulator_bits = 0;
    bool can_saturate = false;  ///< false: no data whatever can saturate an addition
};
/// Throws Error if `auto` needs an ADC above 16 bits or an accumulator above 63.
Resolved resolve(const Spec& spec);

}  // namespace golden
