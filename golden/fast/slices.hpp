// SPDX-License-Identifier: Apache-2.0
/// Bit planes as slices: the fast form of schemes whose cells are the bits of a weight and whose
/// drives are the bits of an input.
///
/// A byte holds all planes of one weight, a vector the bytes of as many outputs. Only rows that are
/// driven with a 1 are added up, in counters of one bit a column (carry-save adders); the counters
/// of eight planes are then transposed to bytes, and the ADC works on 16 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "golden/fast/engine.hpp"

namespace golden::fast {

constexpr std::size_t slice_rows = 8;        ///< rows that are added at once
constexpr std::size_t max_slice_rows = 255;  ///< v fits a byte
constexpr int max_sliced_code_bits = 7;      ///< a group's sum of eight steps fits 15 bits

/// code = min(u, hi); two ways to u(v):
struct NarrowLaw {
    enum class Kind {
        bytes,  ///< (v + offset) >> shift, in eight bits
        words,  ///< ((v + offset) · factor) >> 16, in sixteen
    };
    Kind kind = Kind::words;
    int shift = 0;
    bool clips = false;  ///< u exceeds hi for some v
    std::uint16_t offset = 0, factor = 0;
    std::int32_t hi = 0;
    std::int32_t greatest = 0;  ///< code
    /// Of kind bytes: bits of a code whose cap is all ones, or which none exceeds; 0: neither, or
    /// more than max_sliced_code_bits.
    int code_bits = 0;
};
/// Exact for 0 … greatest_v; none where 16 bits do not suffice. ADCs of step 1 to 2^k need bytes
/// alone.
std::optional<NarrowLaw> make_narrow_law(const Adc& adc, std::int64_t greatest_v);

/// Codes of an array whose conversions have noise and no other effect: clamp((units + noise) >> 16,
/// 0, hi), units of v being floor(2^16 · v · q / p) + 2^15 and p/q the ADC's step.
struct NoiseLaw {
    std::int64_t factor = 0;  ///< σ · 20547966
    bool in_v = false;        ///< noise before the division; `shift` holds then
    int shift = -1;           ///< p = 2^shift and q = 1; −1: `units` says, by v
    std::int32_t hi = 0;
    std::vector<std::int32_t> units;
};
/// None if the job's array is ideal, or not only noisy, or has an ADC that this form cannot be.
std::optional<NoiseLaw> make_noise_law(const Job& job, std::int64_t greatest_v);

/// What a sliced form needs of a job: one of the two.
struct SliceLaw {
    NarrowLaw narrow;
    NoiseLaw noise;  ///< factor 0: an ideal array
};

/// Input words: of each group the number of steps, of each step the factor of its codes, the number
/// of blocks of slice_rows rows, and the offsets of the rows in the group's weights, two a word. A
/// step without driven rows is left out. Weights: [group][row][byte of an output], and one row of
/// zeros behind each group. Where steps are numbered, those without driven rows are not left out.
struct SliceForm {
    int planes = 0;
    std::size_t rows = 0;  ///< of a group
    bool track_max = false;
    bool steps_ascend = false;  ///< factors of a group's steps: powers of two 1 … 128, each once
    std::size_t groups = 0;     ///< driven groups over all tiles
    std::size_t groups_per_tile = 0;
    std::int32_t plane_factor[8] = {};  ///< −128 … 127
    std::int16_t pair_factor[4] = {};   ///< the same, two planes each; filled by SliceEngine
    NarrowLaw law;
    NoiseLaw noise;
};
void run_slices(const SliceForm& form, const ChunkJob& job);

/// A chunk of one column block, and which noise its conversions draw.
struct NoisyChunk {
    const ChunkJob* job = nullptr;
    std::uint64_t key = 0;  ///< of the noise's stream
    /// (column + 1) · γ: [plane][half of 16 outputs][draw][lane of 64 bits]; lane i of draw m is
    /// output 4i + m of those that half's lanes hold.
    const std::uint64_t* offsets = nullptr;
    const std::uint64_t* numbers = nullptr;  ///< n of the first step, [vector][set of banks]
    std::size_t sets = 1, tiles_per_set = 1;
    std::size_t outputs = 0;  ///< that count
};
void run_noisy_slices(const SliceForm& form, const NoisyChunk& chunk);

/// Outputs of a chunk: the bytes of a vector of the instruction set in use.
std::size_t slice_lanes();

/// The steps of one group after the other.
class SliceSteps {
  public:
    /// `out` has room for words() words a group, `rows` rows each.
    /// `keep_empty`: steps without driven rows too.
    SliceSteps(std::size_t rows, std::uint32_t* out, bool keep_empty = false)
        : rows_(rows), out_(out), keep_empty_(keep_empty) {}
    /// Words of a group of up to `steps` steps.
    static std::size_t words(std::size_t rows, std::size_t steps);
    /// Words behind the last group that may be written to.
    static constexpr std::size_t slack_bytes = 32;

    /// What the rows are driven with in `count` steps: bit r of [step][word] is row r.
    struct Planes {
        const std::int32_t* factors;  ///< of a step's codes
        const std::uint32_t* bits;
        std::size_t count, words;  ///< words of a step
    };

    void begin_group() {
        steps_ = out_++;
        *steps_ = 0;
    }
    void add(const Planes& planes);
    void add(std::int32_t factor, const std::uint32_t* bits) {
        add({.factors = &factor, .bits = bits, .count = 1, .words = (rows_ + 31) / 32});
    }

  private:
    std::size_t rows_;
    std::uint32_t* out_;
    bool keep_empty_;
    std::uint32_t* steps_ = nullptr;
};

/// Weights packed, and the kernel chosen. A subclass packs the inputs.
class SliceEngine : public ChunkEngine {
  public:
    /// Is this form both possible and worth it? `plane_sum` and `step_sum` are the sums of the
    /// factors' magnitudes, the latter of one group.
    static std::optional<SliceLaw> law_of(const Job& job, int planes, std::int64_t plane_sum,
                                          std::int64_t step_sum);

    /// `form`: planes, their factors, laws and what to track.
    SliceEngine(const Job& job, SliceForm form);

  protected:
    void run_chunk(const ChunkJob& chunk) const override;

    SliceForm form_;

  private:
    void run_noisy(const ChunkJob& chunk) const;

    std::uint64_t noise_key_ = 0;
    std::vector<std::uint64_t> noise_offsets_;  ///< NoisyChunk::offsets, chunk after chunk
};

}  // namespace golden::fast
