// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/engine.hpp"

#include <algorithm>
#include <vector>

namespace golden::fast {

ChunkEngine::ChunkEngine(const Job& job, std::size_t lanes)
    : job_(job), lanes_(lanes), chunks_((job.layout.outputs + lanes_ - 1) / lanes_) {}

void ChunkEngine::run(std::size_t first, std::size_t last, Result& result) {
    const Layout& layout = job_.layout;
    const std::size_t lanes = lanes_;
    const Range accumulator = signed_range(job_.resolved.accumulator_bits);
    const WordBuffer inputs = pack_inputs(first, last);

    std::vector<std::int64_t> outputs((last - first) * lanes);
    KernelCounts counts;
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
        const std::size_t column = chunk * lanes;
        const std::size_t used = std::min(lanes, layout.outputs - column);
        std::int64_t start[max_lanes] = {}, is_used[max_lanes] = {};
        std::fill_n(is_used, used, std::int64_t{-1});
        if (!job_.operands.bias.empty()) std::copy_n(&job_.operands.bias[column], used, start);
        std::int64_t* target = &result.outputs.data[first * layout.outputs + column];
        const bool whole = used == lanes;
        run_chunk({.vectors = last - first,
                   .inputs = inputs.data(),
                   .weights = weights_.data() + chunk * weight_words_,
                   .start = start,
                   .used = job_.resolved.can_saturate ? is_used : nullptr,
                   .acc_min = accumulator.min,
                   .acc_max = accumulator.max,
                   .outputs = whole ? target : outputs.data(),
                   .output_stride = whole ? layout.outputs : lanes,
                   .saturated = &result.saturated[first],
                   .counts = &counts,
                   .chunk = chunk,
                   .first_vector = first});
        for (std::size_t v = 0; !whole && v < last - first; ++v)
            std::copy_n(&outputs[v * lanes], used, target + v * layout.outputs);
    }
    for (std::size_t v = first; v < last; ++v) end_vector(&result.outputs.data[v * layout.outputs]);

    const std::lock_guard lock(mutex_);
    counts_.add(counts);
}

void ChunkEngine::copy_columns(std::size_t first, std::int64_t* columns, std::size_t stride) const {
    const Layout& layout = job_.layout;
    const std::size_t used = std::min(lanes_, layout.outputs - first);
    for (std::size_t k = 0; k < layout.features; ++k) {
        const std::int64_t* row = &job_.operands.weights.data[k * layout.outputs + first];
        for (std::size_t lane = 0; lane < used; ++lane) columns[lane * stride + k] = row[lane];
    }
}

void ChunkEngine::finish(Result& result) const {
    const Layout& layout = job_.layout;
    result.adc_clipped = counts_.clipped;
    result.conversions = std::uint64_t{layout.vectors} * layout.blocks * layout.driven_groups *
                         job_.resolved.steps * layout.macro_outputs * job_.resolved.planes;
}

}  // namespace golden::fast
