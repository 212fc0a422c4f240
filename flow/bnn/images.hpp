/// Labelled images from the files in which they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bnn {

struct Images {
    std::size_t count = 0, height = 0, width = 0, channels = 0;
    std::vector<std::uint8_t> pixels;  ///< (count, height, width, channels)
    std::vector<std::uint8_t> labels;  ///< (count,)
};

/// Gzipped IDX files of images and labels (Fashion-MNIST). The first `limit` (0: all).
Images read_idx(const std::string& images, const std::string& labels, std::size_t limit);
/// Records of CIFAR-10's binary version: label, then red, green and blue planes of 32 x 32.
Images read_cifar10(const std::string& path, std::size_t limit);

}  // namespace bnn
