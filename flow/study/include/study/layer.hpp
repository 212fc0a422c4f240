// SPDX-License-Identifier: Apache-2.0
/// A layer as a matrix product: what every row of a comparison is measured on.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "operands/npy.hpp"
#include "study/said_file.hpp"

namespace study {

struct LayerFiles {
    std::string name;                             ///< of the data set; may be empty
    std::string weights;                          ///< (K, M)
    std::string inputs;                           ///< (V, K)
    std::size_t vectors = 0;                      ///< the first of the inputs; 0: all
    std::map<std::string, std::string> operands;  ///< further tensors of `run`, by name
    std::vector<SaidFile> said = {};              ///< those that a study file names
};

struct Layer {
    LayerFiles files;
    operands::Tensor<double> weights, inputs;
    bool integer = false;         ///< both files hold integers: they stand for themselves
    std::vector<double> product;  ///< (V, M): inputs · weights, the reference of every error
    std::string hash;             ///< SHA-256 of all files' bytes and the number of vectors

    std::size_t vectors() const { return inputs.shape[0]; }
    std::size_t features() const { return inputs.shape[1]; }
    std::size_t outputs() const { return weights.shape[1]; }
    bool has_negative_inputs() const;
};

/// Reads all files. Throws base::Error naming the file: unreadable, no matrix, an empty one, K that
/// differs between the two. Files of floats may hold no NaN and no infinity.
Layer read_layer(const LayerFiles& files);

}  // namespace study
