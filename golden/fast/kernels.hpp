// SPDX-License-Identifier: Apache-2.0
/// The kernels of the fast form, and what they work on. Each runs in the instruction set that is in
/// use (targets.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

#include "golden/fast/law.hpp"

namespace golden::fast {

/// What kernels count.
struct KernelCounts {
    std::uint64_t clipped = 0;   ///< conversions
    std::int64_t value_max = 0;  ///< greatest v, where the form asks for it
    /// Of binary forms, where asked for; `plain`: four times what v would be, nothing flipped.
    std::int64_t plain_max = 0;
    std::uint64_t value_sum = 0, plain_sum = 0;

    void add(const KernelCounts& other) {
        clipped += other.clipped;
        value_max = value_max > other.value_max ? value_max : other.value_max;
        plain_max = plain_max > other.plain_max ? plain_max : other.plain_max;
        value_sum += other.value_sum;
        plain_sum += other.plain_sum;
    }
};

/// Vectors against one chunk of as many outputs as there are lanes.
struct ChunkJob {
    std::size_t vectors = 0;
    const std::uint32_t* inputs = nullptr;   ///< packed, vector after vector
    const std::uint32_t* weights = nullptr;  ///< packed, words interleaved by lane
    const std::int64_t* start = nullptr;     ///< starting values (lanes,)
    /// (lanes,): all ones, or 0 behind output M − 1; null: no addition can saturate.
    const std::int64_t* used = nullptr;
    std::int64_t acc_min = 0, acc_max = 0;  ///< range of the accumulator
    std::int64_t* outputs = nullptr;        ///< one row of lanes every `output_stride`
    std::size_t output_stride = 0;
    std::uint8_t* saturated = nullptr;        ///< (vectors,): set, never cleared
    KernelCounts* counts = nullptr;           ///< added to
    std::size_t chunk = 0, first_vector = 0;  ///< which ones
};

/// Bit planes: input words are [group][step][cls][word], then [group][word] signs if signed;
/// weights alike with planes. See code.hpp for the classes.
/// Listed: each group of each vector has its own number of steps n: [group] of n and [n] of a
/// factor and [word]; never signed.
struct PlaneForm {
    int steps = 0, planes = 0, words = 0;
    bool is_signed = false;  ///< two classes and signs, else one class and no signs
    bool is_listed = false;
    bool track_max = false;  ///< listed: count value_max
    int ratio_log2 = 0;      ///< what a bit of class 1 counts, as a power of two
    std::size_t groups = 0;  ///< driven groups over all tiles
    std::size_t groups_per_tile = 0;
    std::int32_t step_factor[8] = {};
    std::int32_t plane_factor[8] = {};
    Law law;
};

/// Plain products of levels: words hold two int16 of neighbouring rows, [tile][pair].
struct ProductForm {
    std::size_t tiles = 0;
    std::size_t pairs = 0;  ///< words per tile; the last tile has `last_pairs`
    std::size_t last_pairs = 0;
    std::size_t input_words = 0;  ///< per vector
};

/// The codes of one plane of one tile lie in lo … hi.
struct ColumnWindow {
    std::int32_t lo = 0, hi = 0;
};

/// Dot products of bytes, four neighbouring rows a word, each column with its own transfer. Input
/// words are [group][step][quad], unsigned; weight words are [tile][plane] of alpha (a float), the
/// factor of the codes, and [group][quad], signed.
struct ColumnForm {
    int steps = 0, planes = 0;
    int step_bits = 0;      ///< a code of step t counts 2^(step_bits · t)
    std::size_t quads = 0;  ///< words of a group
    std::size_t tiles = 0;
    std::size_t groups = 0;  ///< driven groups over all tiles
    std::size_t groups_per_tile = 0;
    std::size_t input_words = 0;            ///< per vector
    std::size_t weight_words = 0;           ///< per lane
    const ColumnWindow* windows = nullptr;  ///< [tile][plane]
};

/// Binary dot products: v counts the rows with a 1 in both input and column; with f_x and f_w all
/// ones or zeros, a group's share is 4Δ·code + input term + column term, negative if f_x ⊕ f_w.
/// Input words are [group] of f_x, the input term, 2 · (ones before the flip) − n, and [word];
/// weight words are [group] of f_w, the column term, 2 · (ones before the flip), and [word].
struct BinaryForm {
    std::size_t words = 0;   ///< of a group's bits
    std::size_t groups = 0;  ///< driven groups over all tiles
    std::size_t groups_per_tile = 0;
    std::int32_t code_factor = 0;  ///< 4Δ
    bool track = false;            ///< count values
    Law law;
};
constexpr std::size_t binary_head = 3;  ///< words of a group before its bits

/// Binary dot products of whole tiles, nothing flipped: n − 2 · (rows that differ). Words are
/// [tile][word], zeros where no row is present.
struct XnorForm {
    std::size_t words = 0;  ///< of a tile
    std::size_t tiles = 0;
    std::int32_t rows = 0, last_rows = 0;  ///< present rows of a tile, of the last tile
};

/// q in least … greatest becomes min(q / 2^shift rounded to the nearest, half upwards; limit), any
/// other 0.
struct ByteRounding {
    int shift = 0;
    std::uint8_t least = 0, greatest = 0;
    std::uint8_t limit = 0;
};

/// Outputs of a chunk: 32-bit lanes of a vector of the instruction set in use.
std::size_t lane_count();

// Vectors against one chunk.
void run_planes(const PlaneForm& form, const ChunkJob& job);
void run_product(const ProductForm& form, const ChunkJob& job);
void run_columns(const ColumnForm& form, const ChunkJob& job);
void run_binary(const BinaryForm& form, const ChunkJob& job);
void run_xnor(const XnorForm& form, const ChunkJob& job);

/// Are all elements in the range?
bool all_inside(const std::int64_t* elements, std::size_t count, const Range& range);
/// levels[i] += bytes[i] · 2^shift; returns the OR of the bytes.
std::uint8_t add_shifted(const std::uint8_t* bytes, std::size_t count, int shift,
                         std::int16_t* levels);
/// The lowest eight bits of each element.
void low_bytes(const std::int64_t* elements, std::size_t count, std::uint8_t* bytes);
/// Bit i of the words: element i is positive. Writes all bits of the last word.
void sign_bits(const std::int64_t* elements, std::size_t count, std::uint32_t* words);
/// Bit r of word c: element c of row r is positive; rows lie `stride` apart, 32 at the most.
void sign_columns(const std::int64_t* elements, std::size_t stride, std::size_t rows,
                  std::size_t columns, std::uint32_t* words);
/// See ByteRounding.
void round_bytes(const ByteRounding& rounding, const std::uint8_t* bytes, std::size_t count,
                 std::uint8_t* out);
/// Bit t of 32 · `words` bytes (reading on to a whole byte_block), [t][word]: bit i of a word is
/// row i. ones[t]: how many.
void byte_planes(const std::uint8_t* bytes, std::size_t words, int planes, std::uint32_t* out,
                 std::uint32_t* ones);

constexpr std::size_t byte_block = 64;

constexpr std::size_t max_lanes = 64;  ///< of bytes

/// The lane that holds output `output` of a chunk: the first half of the outputs in the even lanes,
/// the others in the odd ones. Widening to 64 bits takes them apart in that order.
constexpr std::size_t lane_of(std::size_t output, std::size_t lanes) {
    return output < lanes / 2 ? 2 * output : 2 * (output - lanes / 2) + 1;
}

}  // namespace golden::fast
