// SPDX-License-Identifier: Apache-2.0
/// What calibrates a layer, drawn evenly from its inputs.
#include <algorithm>

#include "gather.hpp"
#include "lowering.hpp"
#include "network/mapping.hpp"

namespace network {

namespace {

constexpr std::size_t most_elements = std::size_t{1} << 18;         ///< of the input
constexpr std::size_t most_vector_elements = std::size_t{1} << 21;  ///< of all vectors
constexpr std::size_t most_vectors = 2048;

/// Every so many so that at most `most` of `all` stay; odd, so that no row's length divides it.
std::size_t step_for(std::size_t all, std::size_t most) {
    const std::size_t step = (all + most - 1) / std::max<std::size_t>(most, 1);
    return std::max<std::size_t>(step | (step > 1), 1);
}

}  // namespace

Sampler::Sampler(const Network& network, const Layer& layer, std::size_t images)
    : net_(network), layer_(layer) {
    const Lowering& l = *layer.lowering;
    const std::size_t size = element_count(network.shapes[static_cast<std::size_t>(layer.x)]);
    element_step_ = step_for(size * images, most_elements);
    const std::size_t vectors =
        std::clamp<std::size_t>(most_vector_elements / (l.depth * l.groups), 16, most_vectors);
    vector_step_ = step_for(l.vectors * images, vectors);
    sample_.vectors.resize(l.groups);
}

std::vector<std::size_t> Sampler::picks(std::size_t image) const {
    const std::size_t vectors = layer_.lowering->vectors, begin = image * vectors;
    std::vector<std::size_t> out;
    for (std::size_t n = (begin + vector_step_ - 1) / vector_step_ * vector_step_;
         n < begin + vectors; n += vector_step_) {
        out.push_back(n - begin);
    }
    return out;
}

void Sampler::add(const Tensor& x, std::size_t image) {
    const Lowering& l = *layer_.lowering;
    const auto zero = static_cast<double>(layer_.zero_point);
    const std::size_t begin = image * x.size();
    for (std::size_t n = (begin + element_step_ - 1) / element_step_ * element_step_;
         n < begin + x.size(); n += element_step_) {
        sample_.values.push_back(x.number(n - begin) - zero);
    }
    const std::vector<std::size_t> chosen = picks(image);
    sample_.rows += chosen.size();
    if (chosen.empty()) return;
    for (std::size_t g = 0; g < l.groups; ++g) {
        const auto gather = [&](const auto& from) {
            const Places places = places_of(l, from.data(), from.size(), g, [zero](auto e) {
                return static_cast<double>(e) - zero;
            });
            for (const std::size_t v : chosen) {
                const double* first = places.data.data() + places.starts[v];
                for (const std::size_t k : places.offsets) sample_.vectors[g].push_back(first[k]);
            }
        };
        if (x.is_float()) {
            gather(x.f);
        } else {
            gather(x.i);
        }
    }
}

}  // namespace network
