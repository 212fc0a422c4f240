// SPDX-License-Identifier: Apache-2.0
/// Binary inputs and weights.
#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/binary.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

/// Ones of `words` words of vectors_at_once vectors against one column a lane: in both (by_xor
/// false), or in one of the two.
template <int vectors_at_once, bool by_xor>
HWY_INLINE void count_ones(const std::uint32_t* x, std::size_t x_stride, const std::uint32_t* w,
                           std::size_t words, V32 (&counts)[vectors_at_once]) {
    for (std::size_t base = 0; base < words; base += static_cast<std::size_t>(max_words)) {
        const std::size_t left = words - base;
        const std::size_t end = base + (left < static_cast<std::size_t>(max_words)
                                            ? left
                                            : static_cast<std::size_t>(max_words));
        Ones ones[vectors_at_once];
        for (auto& one : ones) one = no_ones();
        for (std::size_t i = base; i < end; ++i) {
            const V32 column = load(w + i * lane_count);
            for (int k = 0; k < vectors_at_once; ++k) {
                const V32 input = splat(x[k * x_stride + i]);
                ones[k] =
                    add_ones(ones[k], by_xor ? hn::Xor(input, column) : hn::And(input, column));
            }
        }
        for (int k = 0; k < vectors_at_once; ++k)
            counts[k] = hn::Add(counts[k], total_ones(ones[k]));
    }
}

/// What is tracked of v: Σ x·w of a group, which is 4·Σ ab − 2·Σ a − 2·Σ b + n, gives the plain Σ
/// ab. Sums of four vectors of any length fit 32 bits.
struct BinaryTrack {
    V32 value_max, value_sum, plain_max, plain_sum;

    HWY_INLINE void begin() { value_max = value_sum = plain_max = plain_sum = zero(); }

    HWY_INLINE void add(V32 v, V32 term, V32 flip, V32 ones) {
        const V32 plain =
            hn::Add(hn::Sub(hn::Xor(hn::Add(hn::ShiftLeft<2>(v), term), flip), flip), ones);
        value_max = hn::Max(value_max, v);
        plain_max = hn::Max(plain_max, plain);
        value_sum = hn::Add(value_sum, v);
        plain_sum = hn::Add(plain_sum, plain);
    }
    HWY_INLINE void store(KernelCounts& counts) const {
        for_lanes(D32(), value_max,
                  [&](std::int64_t v) { counts.value_max = std::max(counts.value_max, v); });
        for_lanes(D32(), plain_max,
                  [&](std::int64_t v) { counts.plain_max = std::max(counts.plain_max, v); });
        for_lanes(D32(), value_sum,
                  [&](std::int32_t v) { counts.value_sum += static_cast<std::uint32_t>(v); });
        for_lanes(D32(), plain_sum,
                  [&](std::int32_t v) { counts.plain_sum += static_cast<std::uint32_t>(v); });
    }
};

template <int vectors_at_once, Law::Kind law_kind, bool track_max>
HWY_INLINE void binary_vectors(const BinaryForm& form, const ChunkJob& job, std::size_t first) {
    const std::size_t group_words = binary_head + form.words;
    const std::size_t x_stride = form.groups * group_words;
    const std::uint32_t* x = job.inputs + first * x_stride;
    const std::uint32_t* w = job.weights;
    Accumulators accumulators[vectors_at_once];
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    V32 sum[vectors_at_once];
    for (auto& lanes : sum) lanes = zero();
    V32 clipped = zero();
    BinaryTrack track;
    track.begin();
    std::size_t group_in_tile = 0;
    for (std::size_t group = 0; group < form.groups; ++group) {
        const V32 flip_w = load(w), term_w = load(w + lane_count);
        V32 v[vectors_at_once];
        for (auto& lanes : v) lanes = zero();
        count_ones<vectors_at_once, false>(x + binary_head, x_stride, w + binary_head * lane_count,
                                           form.words, v);
        for (int k = 0; k < vectors_at_once; ++k) {
            // An offset of few words.
            // NOLINTNEXTLINE(bugprone-implicit-widening-of-multiplication-result)
            const std::uint32_t* head = x + k * x_stride;
            const V32 flip = hn::Xor(splat(head[0]), flip_w);
            const V32 term = hn::Add(splat(head[1]), term_w);
            const V32 code = digitize<law_kind, false>(form.law, v[k], clipped);
            const V32 share = hn::Add(hn::Mul(code, splat(form.code_factor)), term);
            sum[k] = hn::Add(sum[k], hn::Sub(hn::Xor(share, flip), flip));
            if constexpr (track_max) {
                // NOLINTNEXTLINE(bugprone-implicit-widening-of-multiplication-result): few words
                const V32 ones = hn::Add(splat(head[2]), load(w + 2 * lane_count));
                track.add(v[k], term, flip, ones);
            }
        }
        x += group_words;
        w += group_words * lane_count;
        if (++group_in_tile == form.groups_per_tile || group + 1 == form.groups) {
            for (int k = 0; k < vectors_at_once; ++k) {
                accumulators[k].add(sum[k], 1);
                accumulators[k].end_tile(job.acc_min, job.acc_max);
                sum[k] = zero();
            }
            group_in_tile = 0;
        }
    }
    for (int k = 0; k < vectors_at_once; ++k) accumulators[k].store(job, first + k);
    add_clipped(job, clipped);
    if constexpr (track_max) track.store(*job.counts);
}

template <Law::Kind law_kind, bool track_max>
void binary_kernel(const BinaryForm& form, const ChunkJob& job) {
    std::size_t i = 0;
    for (; i + 4 <= job.vectors; i += 4) binary_vectors<4, law_kind, track_max>(form, job, i);
    for (; i < job.vectors; ++i) binary_vectors<1, law_kind, track_max>(form, job, i);
}

template <bool track_max>
void binary_kernel_of_law(const BinaryForm& form, const ChunkJob& job) {
    switch (form.law.kind) {
        case Law::Kind::shift:
            return binary_kernel<Law::Kind::shift, track_max>(form, job);
        case Law::Kind::affine:
            return binary_kernel<Law::Kind::affine, track_max>(form, job);
        case Law::Kind::table:
            return binary_kernel<Law::Kind::table, track_max>(form, job);
    }
}

void binary(const BinaryForm& form, const ChunkJob& job) {
    if (form.track) return binary_kernel_of_law<true>(form, job);
    binary_kernel_of_law<false>(form, job);
}

template <int vectors_at_once>
HWY_INLINE void xnor_vectors(const XnorForm& form, const ChunkJob& job, std::size_t first) {
    const std::size_t x_stride = form.tiles * form.words;
    const std::uint32_t* x = job.inputs + first * x_stride;
    const std::uint32_t* w = job.weights;
    Accumulators accumulators[vectors_at_once];
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    for (std::size_t tile = 0; tile < form.tiles; ++tile) {
        const std::int32_t rows = tile + 1 == form.tiles ? form.last_rows : form.rows;
        V32 differ[vectors_at_once];
        for (auto& lanes : differ) lanes = zero();
        count_ones<vectors_at_once, true>(x, x_stride, w, form.words, differ);
        for (int k = 0; k < vectors_at_once; ++k) {
            accumulators[k].add(hn::Sub(splat(rows), hn::Add(differ[k], differ[k])), 1);
            accumulators[k].end_tile(job.acc_min, job.acc_max);
        }
        x += form.words;
        w += form.words * lane_count;
    }
    for (int k = 0; k < vectors_at_once; ++k) accumulators[k].store(job, first + k);
}

void xnor(const XnorForm& form, const ChunkJob& job) {
    std::size_t i = 0;
    for (; i + 4 <= job.vectors; i += 4) xnor_vectors<4>(form, job, i);
    for (; i < job.vectors; ++i) xnor_vectors<1>(form, job, i);
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(binary);
HWY_EXPORT(xnor);
void run_binary(const BinaryForm& form, const ChunkJob& job) {
    HWY_DYNAMIC_DISPATCH(binary)(form, job);
}
void run_xnor(const XnorForm& form, const ChunkJob& job) { HWY_DYNAMIC_DISPATCH(xnor)(form, job); }

}  // namespace golden::fast
#endif
