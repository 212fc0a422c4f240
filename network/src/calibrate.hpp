// SPDX-License-Identifier: Apache-2.0
/// The float network's inputs of each layer.
#pragma once

#include <vector>

#include "network/images.hpp"
#include "network/mapping.hpp"

namespace network {

/// Runs the first `images` of a file through the model in float and draws a sample for each layer.
std::vector<Sample> calibrate(const Network& network, const ImageFile& file, std::size_t images,
                              unsigned threads);

/// How many images go through the network together: so that their tensors stay below a few hundred
/// MiB, at most 64.
std::size_t batch_images(const Network& network);

}  // namespace network
