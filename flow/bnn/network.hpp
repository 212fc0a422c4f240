/// A binary network as its folder describes it: network.json and .npy files
/// (flow/models/train_bnn.py).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "golden/golden.hpp"

namespace bnn {

/// One layer of the macro: a convolution without padding, or a fully connected layer (kernel 0).
struct Layer {
    std::string name;
    int kernel = 0;
    int stride = 1;
    int pool = 1;            ///< maximum over pool x pool, behind the threshold
    golden::Matrix weights;  ///< (K, M), +1 and -1; K = (ky, kx, channel), the channel innermost
    std::vector<std::int64_t> thresholds;  ///< (M,): +1 from this sum on; empty: the last layer
    std::vector<float> gain, shift;  ///< (M,): batch norm of the float evaluation; may be empty
};

/// How an image becomes the first layer's input.
struct Input {
    std::string kind;         ///< "levels": one plane a level; "cifar10": by an 8-bit convolution
    std::vector<int> levels;  ///< +1 where the pixel reaches it
    int height = 0, width = 0;
    /// cifar10: the layer before the macro's first. Weights (27, M); +1 where 2·sum > threshold, in
    /// units of 1/256 of the input's range (BNN-PYNQ).
    golden::Matrix weights;
    std::vector<std::int64_t> thresholds;
};

struct Network {
    Input input;
    std::vector<Layer> layers;
};

/// Throws base::Error for files that are missing or do not fit.
Network read_network(const std::filesystem::path& folder);

}  // namespace bnn
