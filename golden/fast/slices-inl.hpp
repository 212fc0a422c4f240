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
    const V8 differ = hn::Xor(a, b);
#if HWY_TARGET == HWY_AVX3_DL
    const V8 carry = hn::IfVecThenElse(differ, sum, a);  // bit by bit here; by bytes on AVX2
#else
    const V8 carry = hn::Or(hn::And(a, b), hn::And(differ, sum));
#endif
    sum = hn::Xor(sum, differ);
    return carry;
}

/// Adds slice_rows rows to counters 0 to 2; `offsets` says where they lie. Returns the carry.
HWY_INLINE V8 add_rows(V8 (&counters)[counter_bits], const std::uint8_t* weights,
                       const std::uint16_t* offsets) {
    const D8 d;
    const auto row = [&](int i) HWY_ATTR { return hn::Load(d, weights + offsets[i]); };
    V8 twos[2], fours[2];
    for (int half = 0; half < 2; ++half) {
        for (int pair = 0; pair < 2; ++pair) {
            const int i = 4 * half + 2 * pair;
            twos[pair] = full_add(counters[0], row(i), row(i + 1));
        }
        fours[half] = full_add(counters[1], twos[0], twos[1]);
    }
    return full_add(counters[2], fours[0], fours[1]);
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

/// v of all planes of the rows that `blocks` blocks of offsets list, in bytes: plane j in v[j].
HWY_INLINE void count_rows(V8 (&v)[counter_bits], std::uint32_t blocks,
                           const std::uint16_t* offsets, const std::uint8_t* weights) {
    for (auto& counter : v) counter = hn::Zero(D8());
    std::uint32_t block = 0;
    for (; block + 2 <= blocks; block += 2) {
        const V8 eights = add_rows(v, weights, offsets + block * slice_rows);
        const V8 others = add_rows(v, weights, offsets + (block + 1) * slice_rows);
        add_carry<4>(v, full_add(v[3], eights, others));
    }
    if (block < blocks) add_carry<3>(v, add_rows(v, weights, offsets + block * slice_rows));
    transpose(v);
}

/// In 16 bits, half h holds the bytes 8h … 8h + 7 of every 16, in order.
HWY_INLINE V16 widen(V8 v, int h) {
    const V8 none = hn::Zero(D8());
    return hn::BitCast(
        D16(), h == 0 ? hn::InterleaveLower(D8(), v, none) : hn::InterleaveUpper(D8(), v, none));
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
