// SPDX-License-Identifier: Apache-2.0
/// What all kernels do with vector lanes, for one instruction set. Included through Highway's
/// foreach_target.h, once for each.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "golden/fast/kernels.hpp"
#include "hwy/highway.h"

#if defined(GOLDEN_FAST_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOLDEN_FAST_LANES_INL
#undef GOLDEN_FAST_LANES_INL
#else
#define GOLDEN_FAST_LANES_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D8 = hn::ScalableTag<std::uint8_t>;
using D16 = hn::ScalableTag<std::int16_t>;
using D32 = hn::ScalableTag<std::int32_t>;
using D64 = hn::ScalableTag<std::int64_t>;
using DU32 = hn::ScalableTag<std::uint32_t>;
using DU64 = hn::ScalableTag<std::uint64_t>;
using V8 = hn::Vec<D8>;
using V16 = hn::Vec<D16>;
using V32 = hn::Vec<D32>;
using V64 = hn::Vec<D64>;

constexpr int lane_count = HWY_LANES(std::int32_t);
constexpr int byte_lane_count = HWY_LANES(std::uint8_t);

/// Does a multiplication and an addition round once?
#undef GOLDEN_FAST_FUSED
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_NEON
#define GOLDEN_FAST_FUSED 1
#else
#define GOLDEN_FAST_FUSED 0
#endif

/// Of a lambda: left to itself, the compiler may keep what it captures in memory.
#undef GOLDEN_FAST_INLINE_LAMBDA
#define GOLDEN_FAST_INLINE_LAMBDA HWY_ATTR __attribute__((always_inline))

HWY_INLINE V32 splat(std::int32_t value) { return hn::Set(D32(), value); }
HWY_INLINE V32 splat(std::uint32_t value) { return splat(static_cast<std::int32_t>(value)); }
HWY_INLINE V32 zero() { return hn::Zero(D32()); }
HWY_INLINE V32 load(const std::uint32_t* words) {
    return hn::BitCast(D32(), hn::LoadU(DU32(), words));
}

template <class D, class V, class Use>
HWY_INLINE void for_lanes(D d, V v, const Use& use) {
    hn::TFromD<D> values[hn::MaxLanes(D())];
    hn::StoreU(v, d, values);
    for (const auto value : values) use(value);
}

/// count + 1 in the lanes of the mask.
template <class Mask>
HWY_INLINE V32 count_lanes(V32 count, Mask mask) {
#if HWY_TARGET == HWY_AVX3_DL
    return hn::IfThenElse(mask, hn::Add(count, splat(1)), count);
#else
    return hn::Sub(count, hn::VecFromMask(D32(), mask));
#endif
}

/// sum + products of the int16 halves.
HWY_INLINE V32 add_products(V32 sum, V32 a, V32 b) {
    V32 unused = zero();
    return hn::ReorderWidenMulAccumulate(D32(), hn::BitCast(D16(), a), hn::BitCast(D16(), b), sum,
                                         unused);
}

/// Counts the ones of up to max_words words a lane.
#if HWY_TARGET == HWY_AVX3_DL
using Ones = V32;
constexpr int max_words = 32;
HWY_INLINE Ones no_ones() { return zero(); }
HWY_INLINE Ones add_ones(Ones ones, V32 bits) {
    return hn::Add(ones, hn::BitCast(D32(), hn::PopulationCount(hn::BitCast(DU32(), bits))));
}
HWY_INLINE V32 total_ones(Ones ones) { return ones; }
#else
using Ones = V8;
constexpr int max_words = 31;  ///< 31 words of at most 8 ones a byte stay below 256
HWY_INLINE Ones no_ones() { return hn::Zero(D8()); }
HWY_INLINE Ones add_ones(Ones ones, V32 bits) {
    return hn::Add(ones, hn::PopulationCount(hn::BitCast(D8(), bits)));
}
HWY_INLINE V32 total_ones(Ones ones) {
#if HWY_TARGET == HWY_AVX2
    const V16 pairs{_mm256_maddubs_epi16(ones.raw, _mm256_set1_epi8(1))};
#else
    const V16 words = hn::BitCast(D16(), ones);
    const V16 pairs = hn::Add(hn::And(words, hn::Set(D16(), 255)),
                              hn::BitCast(D16(), hn::ShiftRight<8>(hn::BitCast(
                                                     hn::ScalableTag<std::uint16_t>(), words))));
#endif
    return add_products(zero(), hn::BitCast(D32(), pairs), splat(0x10001));
}
#endif

/// Lanes 1, 3, … in the places of 0, 2, …; what is left in the others does not matter to MulEven.
HWY_INLINE V32 odd_lanes(V32 v) {
    return hn::BitCast(D32(), hn::ShiftRight<32>(hn::BitCast(DU64(), v)));
}

/// The ADC: codes of one column in every lane, clipped ones counted.
template <Law::Kind law_kind, bool is_signed>
HWY_INLINE V32 digitize(const Law& law, V32 v, V32& clipped) {
    V32 u;
    if constexpr (law_kind == Law::Kind::table) {
        u = hn::GatherIndex(D32(), law.table.data(), hn::Sub(v, splat(law.table_min)));
    } else if constexpr (law_kind == Law::Kind::affine) {
        u = hn::ShiftRightSame(hn::Add(hn::Mul(v, splat(law.factor)), splat(law.offset)),
                               law.shift);
    } else {
        u = hn::ShiftRightSame(hn::Add(v, splat(law.offset)), law.shift);
    }
    const V32 hi = splat(law.hi);
    clipped = count_lanes(clipped, hn::Gt(u, hi));
    u = hn::Min(u, hi);
    if constexpr (is_signed) {
        const V32 lo = splat(law.lo);
        clipped = count_lanes(clipped, hn::Lt(u, lo));
        u = hn::Max(u, lo);
    }
    return u;
}

/// The accumulators of one vector, one per lane, in two halves of 64 bits: the even lanes, then the
/// odd ones. Weights are packed so that this is the order of the outputs.
struct Accumulators {
    V64 acc[2];
    V64 sum[2];
    V64 changed[2];  ///< not 0: some addition was saturated

    HWY_INLINE void begin(const std::int64_t* start) {
        for (int h = 0; h < 2; ++h) {
            acc[h] = hn::LoadU(D64(), start + h * lane_count / 2);
            sum[h] = changed[h] = hn::Zero(D64());
        }
    }
    /// sum += part · factor, the product in 64 bits
    HWY_INLINE void add(V32 part, V32 factor) {
        sum[0] = hn::Add(sum[0], hn::MulEven(part, factor));
        sum[1] = hn::Add(sum[1], hn::MulEven(odd_lanes(part), odd_lanes(factor)));
    }
    HWY_INLINE void add(V32 part, std::int32_t factor) {
        sum[0] = hn::Add(sum[0], hn::MulEven(part, splat(factor)));
        sum[1] = hn::Add(sum[1], hn::MulEven(odd_lanes(part), splat(factor)));
    }
    /// acc = sat(acc + sum), sum = 0
    HWY_INLINE void end_tile(std::int64_t min, std::int64_t max) {
        for (int h = 0; h < 2; ++h) {
            const V64 exact = hn::Add(acc[h], sum[h]);
            acc[h] = hn::Max(hn::Min(exact, hn::Set(D64(), max)), hn::Set(D64(), min));
            changed[h] = hn::Or(changed[h], hn::Xor(exact, acc[h]));
            sum[h] = hn::Zero(D64());
        }
    }
    HWY_INLINE void store(const ChunkJob& job, std::size_t vector) const {
        std::int64_t* out = job.outputs + vector * job.output_stride;
        for (int h = 0; h < 2; ++h) hn::StoreU(acc[h], D64(), out + h * lane_count / 2);
        if (job.used == nullptr) return;
        const V64 both = hn::Or(hn::And(changed[0], hn::LoadU(D64(), job.used)),
                                hn::And(changed[1], hn::LoadU(D64(), job.used + lane_count / 2)));
        if (!hn::AllTrue(D64(), hn::Eq(both, hn::Zero(D64())))) job.saturated[vector] = 1;
    }
};

HWY_INLINE void add_clipped(const ChunkJob& job, V32 clipped) {
    for_lanes(D32(), clipped,
              [&](std::int32_t n) { job.counts->clipped += static_cast<std::uint32_t>(n); });
}

}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
