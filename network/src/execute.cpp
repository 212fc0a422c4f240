// SPDX-License-Identifier: Apache-2.0
/// The network, node by node, for a batch of images.

#include "base/parallel.hpp"
#include "epilogue.hpp"
#include "evaluate.hpp"
#include "lowering.hpp"
#include "network/network.hpp"
#include "seconds.hpp"

namespace network {

namespace {

Call call_of(const Network& net, const Layer& layer, const Tensor* x) {
    const Node& node = net.node(layer);
    Call call{node, {}};
    call.weights_first = layer.swapped;
    for (const int v : node.inputs) call.inputs.push_back(v == layer.x ? x : net.constant(v));
    return call;
}

using Batch = std::vector<std::vector<Tensor>>;  // by value, then by image

void run_node(const Network& net, const Node& node, Batch& values, std::size_t images,
              unsigned threads) {
    for (const int out : node.outputs) {
        if (out >= 0) values[static_cast<std::size_t>(out)].resize(images);
    }
    bool weights_first = false;
    for (const Layer& layer : net.layers) {
        if (&net.node(layer) == &node) weights_first = layer.swapped;
    }
    base::parallel_for(images, threads, [&](std::size_t i) {
        Call call{node, {}};
        call.weights_first = weights_first;
        for (const int v : node.inputs) {
            const Tensor* constant = net.constant(v);
            call.inputs.push_back(v < 0      ? nullptr
                                  : constant ? constant
                                             : &values[static_cast<std::size_t>(v)][i]);
        }
        std::vector<Tensor> results = evaluate(net.model, call);
        for (std::size_t k = 0; k < node.outputs.size(); ++k) {
            if (node.outputs[k] >= 0)
                values[static_cast<std::size_t>(node.outputs[k])][i] = std::move(results[k]);
        }
    });
}

}  // namespace

std::vector<Tensor> execute(const Network& net, std::vector<Tensor> images, Execution& e) {
    const double begin = now();
    const std::size_t count = images.size();
    Batch values(net.model.values.size());
    values[static_cast<std::size_t>(net.model.input)] = std::move(images);
    std::vector<const Layer*> macro(net.model.nodes.size(), nullptr);
    for (const Layer& layer : net.layers) {
        const auto number = static_cast<std::size_t>(layer.number);
        if (number < e.on_macro.size() && e.on_macro[number])
            macro[static_cast<std::size_t>(layer.node)] = &layer;
    }
    for (std::size_t n = 0; n < net.model.nodes.size(); ++n) {
        const Node& node = net.model.nodes[n];
        if (!net.computed[n] && macro[n]) {
            std::vector<const Tensor*> inputs;
            for (const Tensor& t : values[static_cast<std::size_t>(macro[n]->x)])
                inputs.push_back(&t);
            const double before = now();
            values[static_cast<std::size_t>(node.outputs[0])] = e.run_layer(*macro[n], inputs);
            e.macro_seconds += now() - before;
        } else if (!net.computed[n]) {
            run_node(net, node, values, count, e.threads);
        }
        for (const int v : net.last_uses[n]) values[static_cast<std::size_t>(v)] = {};
    }
    e.seconds += now() - begin;
    return std::move(values[static_cast<std::size_t>(net.model.output)]);
}

Tensor finish_layer(const Network& net, const Layer& layer, std::span<const double> sums) {
    return placed(net.model, net.node(layer), [&] {
        return Epilogue(call_of(net, layer, nullptr), *layer.lowering).finish(sums);
    });
}

std::vector<double> digital_sums(const Network& net, const Layer& layer, const Tensor& x) {
    return placed(net.model, net.node(layer), [&] {
        return product_sums(call_of(net, layer, &x), *layer.lowering, layer.swapped);
    });
}

}  // namespace network
