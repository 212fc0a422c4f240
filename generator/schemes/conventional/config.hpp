/// conventional: the two's-complement baseline. Source: the specification's page "conventional".
#pragma once

namespace generator::conventional {

/// What the config says about inputs and weights.
struct Section {
    int input_bits = 0;         ///< a, steps
    bool input_signed = false;  ///< two's complement inputs
    int weight_bits = 0;        ///< b, planes; always two's complement

    bool operator==(const Section&) const = default;
};

}  // namespace generator::conventional
