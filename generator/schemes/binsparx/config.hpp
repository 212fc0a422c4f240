/// binsparx: sparsified binary networks. Source: the specification's page "binsparx".
#pragma once

namespace generator::binsparx {

/// Which halves are on.
struct Section {
    bool weights = true;      ///< columns stored with at most half of their bits set
    bool activations = true;  ///< groups driven with at most half of their rows
    bool threshold = false;   ///< a 1-bit output per channel

    bool operator==(const Section&) const = default;
};

}  // namespace generator::binsparx
