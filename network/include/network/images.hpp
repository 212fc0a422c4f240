// SPDX-License-Identifier: Apache-2.0
/// Images and labels of a run, from `.npy` files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "network/tensor.hpp"
#include "operands/npy_header.hpp"

namespace network {

/// (x · scale − mean) / std, per channel; axes as the model has them.
struct Preparation {
    double scale = 1;
    std::vector<double> mean, std;  ///< none, one, or one a channel
    bool channels_last = false;     ///< the file is (V, H, W, C)
};

/// A file of images, float32, float64 or uint8, read piece by piece. Throws base::Error naming the
/// file: another type, NaN or infinity, no image, a truncated file.
class ImageFile {
  public:
    ImageFile(const std::string& path, Preparation preparation);
    std::size_t count() const { return header_.shape.front(); }
    /// Of one image as the model gets it, first axis 1.
    const Shape& shape() const { return shape_; }
    /// Images first … first + count − 1, in the model's type; f32 takes any file, integers an
    /// integer file without preparation.
    /// Throws base::Error for a NaN or an infinity anywhere in the file.
    void check_finite() const;
    std::vector<Tensor> read(std::size_t first, std::size_t count, Type type) const;

  private:
    Tensor make(const char* bytes, Type type) const;
    double element(const char* bytes, std::size_t n) const;

    std::string path_;
    operands::NpyHeader header_;
    std::size_t begin_ = 0;  ///< of the data
    Preparation prepare_;
    Shape shape_;
    std::size_t size_ = 0;
};

/// (V,) integers, each from 0 to classes − 1, one an image.
std::vector<std::int64_t> read_labels(const std::string& path, std::size_t images,
                                      std::size_t classes);

}  // namespace network
