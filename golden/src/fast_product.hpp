/// The fast form where no conversion clips or rounds: the plain product of what the planes stand
/// for, tile by tile.
#pragma once

#include <cstdint>
#include <functional>

#include "src/fast_engine.hpp"

namespace golden::detail {

/// Writes the 16-bit levels of one tile's inputs (present rows,).
using InputLevels =
    std::function<void(const std::int64_t* inputs, std::size_t count, std::int16_t* levels)>;
/// The 16-bit level of a weight.
using WeightLevel = std::function<std::int16_t(std::int64_t weight)>;

class ProductEngine : public ChunkEngine {
  public:
    /// |Σ levels · levels| of a tile must fit 32 bits.
    ProductEngine(const FastJob& job, InputLevels inputs, const WeightLevel& weight);

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override;
    void run_chunk(const ChunkJob& chunk) const override { kernels_.product(form_, chunk); }

  private:
    InputLevels input_levels_;
    ProductForm form_;
};

}  // namespace golden::detail
