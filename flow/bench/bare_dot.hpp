// SPDX-License-Identifier: Apache-2.0
/// Yardsticks for the golden model's column_quant and binsparx: dot products of packed operands and
/// nothing else: no transfer, scales, tiling, packing, checks or counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

/// The operands of `vectors` x `columns` dot products over rows that fill `words` words of 32 bits.
struct DotData {
    std::size_t vectors, columns, words;
    std::vector<std::uint32_t> inputs;   ///< (vectors, words)
    std::vector<std::uint32_t> weights;  ///< (columns / 16, words, 16)
    std::vector<std::int32_t> products;  ///< (vectors, columns)

    /// Random bits; columns is a multiple of 64, vectors of 64.
    DotData(std::size_t vectors_, std::size_t columns_, std::size_t words_);
};

/// Bytes, four rows a word, unsigned inputs and signed weights; once, on one thread. Returns a
/// digest, so that no work can be left out. AVX-512 VNNI where the processor has it, else a
/// portable form.
long run_byte_dots(DotData& data);
/// Bits, 32 rows a word: the number of rows in which input and weight differ. AVX-512 VPOPCNTDQ
/// where the processor has it, else a portable form.
long run_bit_dots(DotData& data);

}  // namespace bench
