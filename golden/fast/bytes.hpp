// SPDX-License-Identifier: Apache-2.0
/// Bit planes of bytes: how elements of at most eight bits are packed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "golden/fast/engine.hpp"

namespace golden::fast {

/// The bytes of one group, zeros behind them to a whole number of the kernels' blocks.
class GroupBytes {
  public:
    explicit GroupBytes(std::size_t rows);
    /// Takes the lowest eight bits of each element.
    void load(const Elements& elements);

    std::uint8_t* data() { return bytes_.data(); }
    const std::uint8_t* data() const { return bytes_.data(); }
    std::size_t size() const { return bytes_.size(); }  ///< with the zeros
    std::size_t words() const { return words_; }        ///< per plane

  private:
    std::size_t words_;
    std::vector<std::uint8_t> bytes_;
};

/// Writes a column's elements, [group][plane][word], a word every lane_count() words.
void pack_byte_planes(const Layout& layout, const Elements& column, int planes, std::uint32_t* out);

}  // namespace golden::fast
