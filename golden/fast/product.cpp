// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/product.hpp"

namespace golden::fast {
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

}  // namespace

ProductEngine::ProductEngine(const Job& job,
                             const std::function<std::int16_t(std::int64_t)>& weight_level)
    : ChunkEngine(job), form_(make_form(job.layout)) {
    const Layout& layout = job.layout;
    pack_weights(form_.input_words, [&](std::size_t, const Elements& column, std::uint32_t* out) {
        for (std::size_t k = 0; k < layout.features; ++k) {
            const std::size_t tile = k / layout.rows, row = k % layout.rows;
            std::uint32_t* word = out + (tile * form_.pairs + row / 2) * lanes_;
            reinterpret_cast<std::int16_t*>(word)[row % 2] = weight_level(column.data[k]);
        }
    });
}

WordBuffer ProductEngine::pack_inputs(std::size_t first, std::size_t last) {
    WordBuffer packed((last - first) * form_.input_words);
    LevelWriter writer(job_.layout, form_, packed);
    write_levels(first, last, writer);
    return packed;
}

}  // namespace golden::fast
