// SPDX-License-Identifier: Apache-2.0
/// What the sliced kernels share, for one instruction set: rows added up bit by bit, and the
/// accumulators of a chunk. Included through Highway's foreach_target.h, once for each.
#include "golden/fast/lanes-inl.hpp"
#include "golden/fast/slices.hpp"

#if defined(GOLDEN_FAST_SLICES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOLDEN_FAST_SLICES_INL
#undef GOLDEN_FAST_SLICES_INL
#else
#define GOLDEN_FAST_SLICES_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {

using DU16 = hn::ScalableTag<std::uint16_t>;
using VU16 = hn::Vec<DU16>;

constexpr int counter_bits = 8;  ///< bits of v

/// a + b + sum, bit by bit: the sum stays, the carry is returned.
HWY_INLINE V8 full_add(V8& sum, V8 a, V8 b) {
#if HWY_TARGET == HWY_AVX3_DL
    constexpr int majority = 0xe8;  // of three bits, as a table
    const V8 carry{_mm512_ternarylogic_epi64(a.raw, b.raw, sum.raw, majority)};
    sum = hn::Xor3(sum, a, b);
#else
    const V8 differ = hn::Xor(a, b);
    const V8 carry = hn::Or(hn::And(a, b), hn::And(differ, sum));
    sum = hn::Xor(sum, differ);
#endif
    return carry;
}

/// Adds slice_rows rows to counters 0 to 2; `offsets` says where they lie. Returns the carry.
HWY_INLINE V8 add_rows(V8 (&counters)[counter_bits], const std::uint8_t* weights,
                       const std::uint16_t* offsets) {
    const D8 d;
    const auto row = [&](int i) HWY_ATTR { return hn::Load(d, weights + offsets[i]); };
    // The counters last: what waits for them is short.
    V8 ones[2] = {row(0), row(3)};
    V8 twos[4], fours[2];
    twos[0] = full_add(ones[0], row(1), row(2));
    twos[1] = full_add(ones[1], row(4), row(5));
    twos[2] = full_add(ones[0], ones[1], row(6));
    twos[3] = full_add(counters[0], ones[0], row(7));
    fours[0] = full_add(twos[0], twos[1], twos[2]);
    fours[1] = full_add(counters[1], twos[0], twos[3]);
    return full_add(counters[2], fours[0], fours[1]);
}

/// Adds 1, 2, 4 … blocks of rows to counters 0 to 2, 3, 4 … Returns the carry.
template <int blocks>
HWY_INLINE V8 add_blocks(V8 (&counters)[counter_bits], const std::uint8_t* weights,
                         const std::uint16_t* offsets) {
    if constexpr (blocks == 1) {
        return add_rows(counters, weights, offsets);
    } else {
        const V8 first = add_blocks<blocks / 2>(counters, weights, offsets);
        const V8 second =
            add_blocks<blocks / 2>(counters, weights, offsets + blocks / 2 * slice_rows);
        constexpr int weight = std::countr_zero(unsigned{slice_rows * blocks / 2});
        return full_add(counters[weight], first, second);
    }
}

/// Adds `carry` to counter `first` and the ones above.
template <int first>
HWY_INLINE void add_carry(V8 (&counters)[counter_bits], V8 carry) {
    for (int i = first; i < counter_bits; ++i) {
        const V8 next = hn::And(counters[i], carry);
        counters[i] = hn::Xor(counters[i], carry);
        carry = next;
    }
}

/// Exchanges the bits above bit_mask of `low` with those below it of `high`, shift_by apart.
template <int shift_by, int bit_mask>
HWY_INLINE void exchange(V8& low, V8& high) {
    const D8 d;
    const DU16 d16;
    const V8 down = hn::BitCast(d, hn::ShiftRight<shift_by>(hn::BitCast(d16, low)));
    const V8 moved = hn::And(hn::Xor(down, high), hn::Set(d, std::uint8_t{bit_mask}));
    high = hn::Xor(high, moved);
    low = hn::Xor(low, hn::BitCast(d, hn::ShiftLeft<shift_by>(hn::BitCast(d16, moved))));
}

/// Bit j of vector i becomes bit i of vector j, in every byte.
HWY_INLINE void transpose(V8 (&v)[8]) {
    for (int i : {0, 1, 2, 3}) exchange<4, 0x0f>(v[i], v[i + 4]);
    for (int i : {0, 1, 4, 5}) exchange<2, 0x33>(v[i], v[i + 2]);
    for (int i : {0, 2, 4, 6}) exchange<1, 0x55>(v[i], v[i + 1]);
}

/// v of every column of the rows that `blocks` blocks of offsets list: bit i of it in v[i].
HWY_INLINE void count_rows_by_bits(V8 (&v)[counter_bits], std::uint32_t blocks,
                                   const std::uint16_t* offsets, const std::uint8_t* weights) {
    for (auto& counter : v) counter = hn::Zero(D8());
    const auto rows = [&](std::uint32_t count) GOLDEN_FAST_INLINE_LAMBDA {
        const std::uint16_t* listed = offsets;
        offsets += count * slice_rows;
        return listed;
    };
    for (; blocks >= 4; blocks -= 4) add_carry<5>(v, add_blocks<4>(v, weights, rows(4)));
    if ((blocks & 2) != 0) add_carry<4>(v, add_blocks<2>(v, weights, rows(2)));
    if ((blocks & 1) != 0) add_carry<3>(v, add_blocks<1>(v, weights, rows(1)));
}

/// The same in bytes: plane j in v[j].
HWY_INLINE void count_rows(V8 (&v)[counter_bits], std::uint32_t blocks,
                           const std::uint16_t* offsets, const std::uint8_t* weights) {
    count_rows_by_bits(v, blocks, offsets, weights);
    transpose(v);
}

/// In 16 bits, half h holds the bytes 8h … 8h + 7 of every 16, in order.
HWY_INLINE V16 widen(V8 v, int h) {
    const V8 none = hn::Zero(D8());
    return hn::BitCast(
        D16(), h == 0 ? hn::InterleaveLower(D8(), v, none) : hn::InterleaveUpper(D8(), v, none));
}

/// Calls use(factor, blocks, rows) for each step of a group, and reads its words.
template <class Use>
HWY_INLINE void for_steps(const std::uint32_t*& x, const Use& use) {
    for (std::uint32_t left = *x++; left > 0; --left) {
        const std::uint32_t blocks = x[1];
        use(static_cast<std::int32_t>(x[0]), blocks, reinterpret_cast<const std::uint16_t*>(x + 2));
        x += 2 + blocks * (slice_rows / 2);
    }
}

/// Writes sums in the order of the outputs, and clears them. They hold `piece` outputs of every 16,
/// the first of these in the first 4 · piece / 16 vectors, and so on.
template <int piece>
HWY_INLINE void take_sums(V32 (&sums)[4], std::int32_t (&out)[byte_lane_count]) {
    constexpr int parts = 16 / piece;
    HWY_ALIGN std::int32_t held[parts][byte_lane_count / parts];
    for (int i = 0; i < 4; ++i) {
        // An offset of few words.
        // NOLINTNEXTLINE(bugprone-implicit-widening-of-multiplication-result)
        hn::Store(sums[i], D32(), &held[0][0] + i * lane_count);
        sums[i] = zero();
    }
    for (int o = 0; o < byte_lane_count; o += piece)
        // An offset of few words.
        // NOLINTNEXTLINE(bugprone-implicit-widening-of-multiplication-result)
        std::memcpy(out + o, held[o / piece % parts] + o / 16 * piece, piece * sizeof *out);
}

/// The accumulators of a chunk, in the order of the outputs.
struct SliceAccumulators {
    HWY_ALIGN std::int64_t acc[byte_lane_count];
    HWY_ALIGN std::int64_t changed[byte_lane_count];

    void begin(const std::int64_t* start) {
        std::memcpy(acc, start, sizeof acc);
        std::memset(changed, 0, sizeof changed);
    }
    /// acc = sat(acc + sum); `sum`: in the order of the outputs
    HWY_INLINE void end_tile(const ChunkJob& job, const std::int32_t (&sum)[byte_lane_count]) {
        const std::int64_t min = job.acc_min, max = job.acc_max;
        for (int o = 0; o < byte_lane_count; ++o) {
            const std::int64_t exact = acc[o] + sum[o];
            const std::int64_t capped = exact > max ? max : exact;
            acc[o] = capped < min ? min : capped;
            changed[o] |= exact ^ acc[o];
        }
    }
    void store(const ChunkJob& job, std::size_t vector) const {
        std::memcpy(job.outputs + vector * job.output_stride, acc, sizeof acc);
        if (job.used == nullptr) return;
        std::int64_t any = 0;
        for (int o = 0; o < byte_lane_count; ++o) any |= changed[o] & job.used[o];
        if (any != 0) job.saturated[vector] = 1;
    }
};

}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
