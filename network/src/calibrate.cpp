// SPDX-License-Identifier: Apache-2.0
#include "calibrate.hpp"

#include <algorithm>

#include "lowering.hpp"

namespace network {

std::size_t batch_images(const Network& net) {
    constexpr std::size_t room = std::size_t{128}
                                 << 20;  // bytes of the largest tensors, in all images
    std::size_t largest = 1;
    for (std::size_t v = 0; v < net.shapes.size(); ++v) {
        if (net.model.values[v].constant) continue;
        largest = std::max(largest, element_count(net.shapes[v]) * sizeof(std::int64_t));
    }
    return std::clamp<std::size_t>(room / (4 * largest), 2, 64);
}

std::vector<Sample> calibrate(const Network& net, const ImageFile& file, std::size_t images,
                              unsigned threads) {
    std::vector<Sampler> samplers;
    for (const Layer& layer : net.layers) samplers.emplace_back(net, layer, images);
    std::size_t first = 0;
    Execution e;
    e.threads = threads;
    e.on_macro.assign(net.layers.size(), true);
    e.run_layer = [&](const Layer& layer, std::span<const Tensor* const> inputs) {
        std::vector<Tensor> out;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            samplers[static_cast<std::size_t>(layer.number)].add(*inputs[i], first + i);
            out.push_back(finish_layer(net, layer, digital_sums(net, layer, *inputs[i])));
        }
        return out;
    };
    const std::size_t batch = batch_images(net);
    for (; first < images; first += batch) {
        execute(net, file.read(first, std::min(batch, images - first), net.model.input_type), e);
    }
    std::vector<Sample> out;
    for (const Sampler& s : samplers) out.push_back(s.sample());
    return out;
}

}  // namespace network
