/// A binary network layer by layer: on the golden model, on the RTL, and in floats.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generator/config.hpp"
#include "images.hpp"
#include "network.hpp"

namespace bnn {

/// Activations of some images, channel innermost; a vector is height = width = 1.
struct Maps {
    std::size_t images = 0, height = 1, width = 1, channels = 0;
    std::vector<std::int8_t> values;  ///< +1 and -1
};

/// What one layer cost the array, over all images; `plain`: without sparsification.
struct LayerCost {
    std::size_t vectors = 0, images = 0;
    double ones_driven = 0, ones_driven_plain = 0;  ///< mean per group and vector
    double ones_stored = 0, ones_stored_plain = 0;  ///< mean per group and column
    double analog = 0, analog_plain = 0;            ///< mean of v
    std::int64_t analog_max = 0, analog_max_plain = 0;
    std::uint64_t conversions = 0, adc_clipped = 0;
    std::size_t rtl_outputs = 0;  ///< compared on the RTL
    std::uint64_t rtl_cycles = 0;
    std::string rtl_mismatch;
};

/// The first layer's input.
Maps encode(const Input& input, const Images& images, std::size_t first, std::size_t count);

/// One layer on the golden model; its cost is added to `cost`. `scores`: the sums of a layer
/// without thresholds, (images, M). The first `rtl_vectors` vectors also run on the RTL.
Maps forward(const generator::Config& config, const Layer& layer, const Maps& x, LayerCost& cost,
             std::vector<std::int64_t>& scores, std::size_t rtl_vectors);

/// The same in single-precision floats: sum, batch norm, sign (needs Layer::gain).
Maps forward_float(const Layer& layer, const Maps& x, std::vector<float>& scores);

/// The config for a layer: with thresholds or without, rows and outputs as given.
generator::Config config_for(const std::string& path, bool threshold);

}  // namespace bnn
