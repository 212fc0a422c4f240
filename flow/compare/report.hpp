/// The comparison as Markdown and as JSON.
#pragma once

#include <string>
#include <vector>

#include "measure.hpp"

namespace comparing {

struct Comparison {
    std::size_t vectors = 0, features = 0, outputs = 0;  ///< V, K, M of the layer
    bool integer = false;
    Macro macro;
    std::string library;          ///< cell library; empty: no synthesis
    std::vector<Row> auto_rows;   ///< part 1: adc.bits auto, step 1
    std::vector<Row> fixed_rows;  ///< part 2: 8 bits, best step
    /// Conventional, then bfp by m; adc.bits auto, step 1; may be empty.
    std::vector<Row> bfp_rows;
};

std::string markdown(const Comparison& comparison);
/// bfp beside conventional, by m; a table of its own.
std::string bfp_markdown(const Comparison& comparison);
std::string json(const Comparison& comparison);

}  // namespace comparing
