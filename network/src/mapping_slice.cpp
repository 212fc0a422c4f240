// SPDX-License-Identifier: Apache-2.0
/// The numbers of a layer's conversions, and a slice of them on the RTL.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "gather.hpp"
#include "golden/fast.hpp"
#include "golden/steps.hpp"
#include "lowering.hpp"
#include "network/mapping.hpp"
#include "sim/run.hpp"

namespace network {

namespace {

/// The first `rows` vectors of operands that have `all`.
void keep_first(golden::Operands& o, std::size_t rows, std::size_t all) {
    o.inputs.rows = rows;
    o.inputs.data.resize(rows * o.inputs.cols);
    std::vector<std::uint64_t> kept;
    for (std::size_t at = 0; at < o.first_steps.size(); at += all) {
        const auto first = o.first_steps.begin() + static_cast<std::ptrdiff_t>(at);
        kept.insert(kept.end(), first, first + static_cast<std::ptrdiff_t>(rows));
    }
    o.first_steps = std::move(kept);
}

}  // namespace

/// n of each vector, for whole images one after another: those of image i begin at i · 2^28, those
/// of a further group where the former's ended. Source: docs/spec/network.md, "Noise in a network".
void MappedLayer::number_conversions(golden::Operands& o, std::size_t vectors, std::size_t image,
                                     std::uint64_t first, Noise& noise) const {
    constexpr int image_bits = 28;
    const auto width = static_cast<std::size_t>(spec_.outputs);
    const std::size_t blocks = (o.weights.cols + width - 1) / width, rows = o.inputs.rows;
    const std::vector<std::uint64_t> counts = golden::count_steps(spec_, o);  // (sets, V)
    const std::size_t sets = counts.size() / rows;
    std::vector<std::uint64_t> numbers(blocks * counts.size());
    for (std::size_t from = 0; from < rows; from += vectors, ++image) {
        std::vector<std::uint64_t> own;
        std::uint64_t all = 0;
        for (std::size_t s = 0; s < sets; ++s) {
            for (std::size_t v = 0; v < vectors; ++v) {
                own.push_back(counts[s * rows + from + v]);
                all += own.back() * blocks;
            }
        }
        const std::uint64_t start = ((first + image) << image_bits) + noise.driven[image];
        noise.driven[image] += all;
        if (noise.driven[image] >> image_bits != 0) {
            fail("an image drives more than 2^28 steps; expected fewer");
        }
        const std::vector<std::uint64_t> n = golden::number_steps(own, blocks, start);
        for (std::size_t k = 0; k < blocks * sets; ++k) {
            std::copy_n(n.begin() + static_cast<std::ptrdiff_t>(k * vectors), vectors,
                        numbers.begin() + static_cast<std::ptrdiff_t>(k * rows + from));
        }
    }
    o.first_steps = std::move(numbers);
}

std::vector<golden::Operands> MappedLayer::first_vectors(const Tensor& image,
                                                         std::size_t count) const {
    const Lowering& l = *layer_->lowering;
    const Integers x = integers(image);
    Noise noise{spec_.analog.noise != 0, {0}};
    const std::size_t rows = std::min(count, l.vectors), gathered = noise.on ? l.vectors : rows;
    std::vector<golden::Operands> out;
    for (std::size_t g = 0; g < l.groups; ++g) {
        golden::Operands o = groups_[g].operands;
        o.inputs = {gathered, l.depth, std::vector<std::int64_t>(gathered * l.depth)};
        gather_vectors(l, x.data(), g, 0, gathered, o.inputs.data.data(),
                       static_cast<std::int32_t>(shift_));
        o.first_steps.clear();
        if (noise.on) number_conversions(o, l.vectors, 0, 0, noise);
        keep_first(o, rows, gathered);
        out.push_back(std::move(o));
    }
    return out;
}

void MappedLayer::run_rtl(const Tensor& image, std::size_t count, bool progress) {
    for (const golden::Operands& operands : first_vectors(image, count)) {
        const sim::RunResult r =
            sim::run_macro(macro_.design, operands, sim::Engine::both, progress, macro_.settings);
        if (!r.mismatch.empty()) fail("golden and RTL differ\n" + r.mismatch);
        totals_.rtl_outputs += r.outputs.data.size();
        totals_.rtl_cycles += r.cycles;
    }
}

}  // namespace network
