// SPDX-License-Identifier: Apache-2.0
/// The frame of the fast forms: vectors in blocks, each block packed once and run against one chunk
/// of outputs at a time, so that the chunk's weights stay in the cache.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "golden/array.hpp"
#include "golden/chip.hpp"
#include "golden/fast/kernels.hpp"
#include "golden/fast/word_buffer.hpp"
#include "golden/layout.hpp"
#include "golden/range.hpp"
#include "golden/scheme.hpp"
#include "golden/steps.hpp"

namespace golden::fast {

/// Neighbouring elements of a vector, or of a column of the weights.
struct Elements {
    const std::int64_t* data;
    std::size_t count;
};

/// Calls use(elements, tile, group) for each group with a present row, of the K elements of a
/// vector or of a column.
template <class Use>
void for_groups(const Layout& layout, const Elements& whole, const Use& use) {
    for (std::size_t tile = 0; tile < layout.tiles; ++tile) {
        for (std::size_t group = 0; group < layout.groups; ++group) {
            const std::size_t first = tile * layout.rows + group * layout.active_rows;
            if (first >= layout.features) return;
            use(Elements{whole.data + first, std::min(layout.active_rows, layout.features - first)},
                tile, group);
        }
    }
}

/// One product, checked. What it refers to outlives the engine.
struct Job {
    const Spec& spec;
    const Scheme& scheme;
    const Resolved& resolved;
    const Layout& layout;
    const Operands& operands;
    Adc adc;
    bool statistics;  ///< Result::statistics is wanted
    const Chip& chip;
    const StepNumbers* numbers;  ///< null: the array is ideal, and nothing is corrected
};

/// The fast form of one product: everything that is fixed before the first vector is in it.
class Engine {
  public:
    virtual ~Engine() = default;

    /// Vectors first … last − 1 against all outputs: writes their rows of result.outputs and
    /// result.saturated. Called from several threads at once, for different vectors.
    virtual void run(std::size_t first, std::size_t last, Result& result) = 0;

    /// Counts and statistics, after all vectors.
    virtual void finish(Result& result) const = 0;
};

/// An engine of packed words. A subclass packs the weights when it is made, [chunk][weight_words].
class ChunkEngine : public Engine {
  public:
    /// `lanes`: outputs of a chunk.
    explicit ChunkEngine(const Job& job, std::size_t lanes = lane_count());
    void run(std::size_t first, std::size_t last, Result& result) final;
    /// adc_clipped, and conversions where every step is driven.
    void finish(Result& result) const override;

  protected:
    /// The words of vectors first … last − 1, one after the other, as run_chunk wants them.
    virtual WordBuffer pack_inputs(std::size_t first, std::size_t last) = 0;
    virtual void run_chunk(const ChunkJob& chunk) const = 0;
    /// Turns the accumulators of one vector into its outputs, in place (M,).
    virtual void end_vector(std::int64_t*) const {}

    /// Makes room for the weights and calls pack(output, column, first word) for every output: word
    /// i of an output belongs at first[i · lanes].
    template <class Pack>
    void pack_weights(std::size_t words, const Pack& pack) {
        const std::size_t lanes = lanes_, features = job_.layout.features;
        make_weights(words);
        // An odd number of cache lines, so that the columns do not compete for the same ones.
        const std::size_t stride = ((features + 7) / 8 | 1) * 8;
        std::vector<std::int64_t> columns(lanes * stride);
        for (std::size_t output = 0; output < job_.layout.outputs; ++output) {
            const std::size_t lane = output % lanes;
            if (lane == 0) copy_columns(output, columns.data(), stride);
            pack(output, Elements{&columns[lane * stride], features}, weight_words(output));
        }
    }
    /// Room for `words` words an output, zeros.
    void make_weights(std::size_t words) {
        weight_words_ = words * lanes_;
        weights_ = WordBuffer(chunks_ * weight_words_);
    }
    /// Of all outputs of a chunk.
    std::uint32_t* chunk_weights(std::size_t chunk) {
        return weights_.data() + chunk * weight_words_;
    }
    /// Word i of an output belongs at [i · lanes].
    std::uint32_t* weight_words(std::size_t output) {
        const std::size_t lanes = lanes_;
        return weights_.data() + output / lanes * weight_words_ + lane_of(output % lanes, lanes);
    }

    Elements input_row(std::size_t vector) const {
        const std::size_t features = job_.layout.features;
        return {&job_.operands.inputs.data[vector * features], features};
    }

    const Job job_;
    std::size_t lanes_;  ///< outputs of a chunk
    std::size_t chunks_;
    KernelCounts counts_;  ///< of all vectors so far
    std::mutex mutex_;     ///< guards what run() adds up

  private:
    /// A chunk's columns, `stride` apart: memory is read row by row.
    void copy_columns(std::size_t first, std::int64_t* columns, std::size_t stride) const;

    WordBuffer weights_{0};
    std::size_t weight_words_ = 0;  ///< per chunk
};

}  // namespace golden::fast
