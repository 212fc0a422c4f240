// SPDX-License-Identifier: Apache-2.0
/// A model made ready: shapes resolved, constants computed, layers found; and its execution.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "network/model.hpp"

namespace network {

struct Lowering;

/// What a node's integers mean: real = scale · integer, low … high, the zero point taken off.
struct Quantizer {
    double scale = 1;
    std::int64_t low = 0, high = 0;
    bool bipolar = false;    ///< -1 and 1 alone, but for zeros of pads
    bool has_zeros = false;  ///< zeros of pads stand among them
};

/// What quantizes a product's result in an integer model:
/// real = scale · (integer − zero_point); integers from low to high: the type's, or what Relu and
/// Clip leave of it.
struct OutputQuantizer {
    double scale = 1;
    std::int64_t zero_point = 0;
    std::int64_t low = 0, high = 0;
    Type type = Type::u8;
};

enum class Dialect { real, qdq, qoperator, qonnx };
std::string_view dialect_name(Dialect dialect);

/// A product that the macro may run.
struct Layer {
    int node = -1;
    int number = 0;    ///< in the order of execution
    std::string name;  ///< the node's
    Dialect dialect = Dialect::real;
    bool swapped = false;  ///< MatMul: the first operand holds the weights
    int x = -1, w = -1;    ///< values
    std::shared_ptr<const Lowering> lowering;
    std::int64_t zero_point = 0;     ///< of an integer node's input
    std::optional<Quantizer> input;  ///< absent: found by `quantize`'s law

    /// Weights of the model's own, as integers less their zero points in the layout of the tensor,
    /// and their scale for each output; empty: found by `quantize`'s law.
    std::vector<std::int64_t> weights;
    std::vector<double> weight_scale;
    bool bipolar_weights = false;
};

struct Network {
    Model model;
    std::vector<Shape> shapes;  ///< of each value, for one image; empty for one without
    std::vector<Type> types;
    std::vector<bool> computed;               ///< nodes whose results are constants
    std::vector<std::vector<int>> last_uses;  ///< values that no node after this one needs
    std::vector<Layer> layers;

    const Tensor* constant(int value) const;
    const Node& node(const Layer& layer) const {
        return model.nodes[static_cast<std::size_t>(layer.node)];
    }
    /// Elements of one image's result.
    std::size_t classes() const;
};

/// Resolves all shapes for one image, computes what depends on constants alone, finds the layers.
/// `image`: the shape of one image of the data, first axis 1; without it every axis of the model's
/// input has to be given. Throws base::Error naming the node: shapes that do not fit or depend on
/// data, weights that are not constant or not finite.
Network prepare(Model model, const std::optional<Shape>& image);

/// Runs a layer for several images at once: (layer, one call an image) → one result an image.
using LayerRunner =
    std::function<std::vector<Tensor>(const Layer&, std::span<const Tensor* const>)>;

/// The network for a batch of images, one tensor each, shapes as the model's input. `run_layer`
/// takes the layers for which `on_macro` (by number) holds; all else is computed here, images in
/// parallel on `threads` threads. Results depend on neither batch nor threads.
struct Execution {
    std::vector<bool> on_macro;
    LayerRunner run_layer;
    unsigned threads = 1;
    /// Seconds in the layers' runner, and in all.
    double macro_seconds = 0, seconds = 0;
};
std::vector<Tensor> execute(const Network& network, std::vector<Tensor> images,
                            Execution& execution);

/// A layer's result from its sums in double (in the order of the result's elements, zero points
/// taken off, in units of integer products for integer nodes, else real).
Tensor finish_layer(const Network& network, const Layer& layer, std::span<const double> sums);
/// The exact sums of a layer for one input.
std::vector<double> digital_sums(const Network& network, const Layer& layer, const Tensor& x);

}  // namespace network
