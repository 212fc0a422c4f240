// SPDX-License-Identifier: Apache-2.0
/// The fast form where no conversion clips or rounds: the plain product of what the planes stand
/// for, tile by tile.
#pragma once

#include <cstdint>
#include <functional>

#include "golden/fast/engine.hpp"

namespace golden::fast {

/// Where the levels of a block of vectors belong: zeros at first.
class LevelWriter {
  public:
    LevelWriter(const Layout& layout, const ProductForm& form, WordBuffer& packed)
        : layout_(layout), form_(form), packed_(packed) {}

    /// The levels of one group's rows, in order; `vector` counts inside the block.
    std::int16_t* levels(std::size_t vector, std::size_t tile, std::size_t group) {
        std::uint32_t* words = packed_.data() + vector * form_.input_words + tile * form_.pairs;
        return reinterpret_cast<std::int16_t*>(words) + group * layout_.active_rows;
    }

  private:
    const Layout& layout_;
    const ProductForm& form_;
    WordBuffer& packed_;
};

class ProductEngine : public ChunkEngine {
  public:
    /// `weight_level`: the 16-bit level of a weight. |Σ levels · levels| of a tile must fit 32
    /// bits.
    ProductEngine(const Job& job, const std::function<std::int16_t(std::int64_t)>& weight_level);

  protected:
    /// Writes the 16-bit levels of vectors first … last − 1.
    virtual void write_levels(std::size_t first, std::size_t last, LevelWriter& writer) = 0;

    WordBuffer pack_inputs(std::size_t first, std::size_t last) final;
    void run_chunk(const ChunkJob& chunk) const final { run_product(form_, chunk); }

  private:
    ProductForm form_;
};

}  // namespace golden::fast
