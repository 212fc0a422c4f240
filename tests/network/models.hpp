// SPDX-License-Identifier: Apache-2.0
/// The models of this folder, with inputs and expected results (make_models.py).
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "network/images.hpp"
#include "network/network.hpp"
#include "network/session.hpp"
#include "operands/npy.hpp"

inline std::string model_file(const std::string& name) {
    return std::string(NETWORK_MODELS) + "/" + name;
}

/// What a session is refused with.
inline std::string complaint(const network::SessionOptions& o) {
    try {
        network::run_session(o);
    } catch (const base::Error& e) {
        return e.what();
    }
    return "no complaint";
}

struct Case {
    network::ImageFile images;
    network::Network net;
    operands::Tensor<double> expected;

    explicit Case(const std::string& name)
        : images(model_file(name + "_inputs.npy"), {}),
          net(network::prepare(network::read_model(model_file(name + ".onnx")), images.shape())),
          expected(operands::read_npy_float(model_file(name + "_expected.npy"))) {}

    std::vector<network::Tensor> inputs() const {
        return images.read(0, images.count(), net.model.input_type);
    }

    /// Largest difference from what is expected, in units of the largest magnitude.
    double worst(const std::vector<network::Tensor>& found) const {
        double top = 0, worst = 0;
        const std::size_t classes = expected.shape[1];
        for (std::size_t n = 0; n < expected.data.size(); ++n) {
            top = std::max(top, std::abs(expected.data[n]));
            worst = std::max(
                worst, std::abs(found.at(n / classes).number(n % classes) - expected.data[n]));
        }
        return worst / top;
    }
};
