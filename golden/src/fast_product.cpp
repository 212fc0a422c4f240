#include "src/fast_product.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace golden::detail {
namespace {

/// Two rows a word.
ProductForm make_form(const Layout& layout) {
    ProductForm form;
    form.tiles = layout.tiles;
    form.pairs = (layout.rows + 1) / 2;
    form.last_pairs = (layout.features - (layout.tiles - 1) * layout.rows + 1) / 2;
    form.input_words = (layout.tiles - 1) * form.pairs + form.last_pairs;
    return form;
}

std::uint32_t low_half(std::int16_t level) { return static_cast<std::uint16_t>(level); }

}  // namespace

ProductEngine::ProductEngine(const FastJob& job, InputLevels inputs, const WeightLevel& weight)
    : ChunkEngine(job), input_levels_(std::move(inputs)), form_(make_form(job.layout)) {
    const Layout& layout = job.layout;
    const std::size_t lanes = kernels_.lanes;
    pack_weights(form_.input_words, [&](std::size_t output, std::uint32_t* out) {
        const std::int64_t* column = &job.operands.weights.data[output];
        for (std::size_t k = 0; k < layout.features; ++k) {
            const std::size_t tile = k / layout.rows, row = k % layout.rows;
            out[(tile * form_.pairs + row / 2) * lanes] |=
                low_half(weight(column[k * layout.outputs])) << (16 * (row % 2));
        }
    });
}

WordBuffer ProductEngine::pack_inputs(std::size_t first, std::size_t last) {
    const Layout& layout = job_.layout;
    WordBuffer packed((last - first) * form_.input_words);
    std::vector<std::int16_t> levels(2 * form_.pairs);
    for (std::size_t v = first; v < last; ++v) {
        std::uint32_t* out = packed.data() + (v - first) * form_.input_words;
        for (std::size_t k = 0; k < layout.features; k += layout.rows) {
            const std::size_t count = std::min(layout.rows, layout.features - k);
            input_levels_(input_row(v) + k, count, levels.data());
            if (count % 2 != 0) levels[count] = 0;
            for (std::size_t row = 0; row < count; row += 2)
                *out++ = low_half(levels[row]) | low_half(levels[row + 1]) << 16;
        }
    }
    return packed;
}

}  // namespace golden::detail
