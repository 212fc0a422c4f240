// SPDX-License-Identifier: Apache-2.0
/// The noise of docs/spec/analog.md, drawn a vector at a time, for one instruction set. Included
/// through Highway's foreach_target.h, once for each.
#include "golden/fast/lanes-inl.hpp"

#if defined(GOLDEN_FAST_NOISE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOLDEN_FAST_NOISE_INL
#undef GOLDEN_FAST_NOISE_INL
#else
#define GOLDEN_FAST_NOISE_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {

using VU64 = hn::Vec<DU64>;

/// The low 64 bits of a · b.
HWY_INLINE VU64 multiply(VU64 a, std::uint64_t b) {
#if HWY_TARGET == HWY_AVX3_DL
    return VU64{_mm512_mullo_epi64(a.raw, _mm512_set1_epi64(static_cast<long long>(b)))};
#else
    const DU32 d32;
    const auto low = hn::BitCast(d32, hn::Set(DU64(), b));
    const auto high = hn::BitCast(d32, hn::Set(DU64(), b >> 32));
    const auto a_low = hn::BitCast(d32, a);
    const auto a_high = hn::BitCast(d32, hn::ShiftRight<32>(a));
    const VU64 cross = hn::Add(hn::MulEven(a_high, low), hn::MulEven(a_low, high));
    return hn::Add(hn::MulEven(a_low, low), hn::ShiftLeft<32>(cross));
#endif
}

template <int shift_by>
HWY_INLINE VU64 fold(VU64 x) {
    return hn::Xor(x, hn::ShiftRight<shift_by>(x));
}

/// z + 1020 of each key + (index + 1) · γ.
HWY_INLINE VU64 draw(VU64 x) {
    x = multiply(fold<30>(x), 0xBF58476D1CE4E5B9);
    x = multiply(fold<27>(x), 0x94D049BB133111EB);
    return hn::SumsOf8(hn::BitCast(D8(), fold<31>(x)));
}

/// gauss() of lanes that lie in order, the noise of as many conversions.
struct Noise {
    std::int64_t factor;
    std::uint64_t key;

    template <bool wide_lanes>
    HWY_INLINE V32 of(const std::uint64_t* offsets) const {
        const DU32 d32;
        const DU64 d64;
        const auto low = hn::BitCast(d32, hn::Set(d64, static_cast<std::uint64_t>(factor)));
        const auto high = hn::BitCast(d32, hn::Set(d64, static_cast<std::uint64_t>(factor) >> 32));
        const VU64 constant =
            hn::Set(d64, static_cast<std::uint64_t>((std::int64_t{1} << 31) - 1020 * factor));
        const VU64 base = hn::Set(d64, key);
        VU64 scaled[2];
        for (std::size_t h = 0; h < 2; ++h) {
            const VU64 offset = hn::LoadU(d64, offsets + h * hn::MaxLanes(DU64()));
            const auto z = hn::BitCast(d32, draw(hn::Add(base, offset)));
            scaled[h] = hn::Add(hn::MulEven(z, low), constant);
            if constexpr (wide_lanes)
                scaled[h] = hn::Add(scaled[h], hn::ShiftLeft<32>(hn::MulEven(z, high)));
        }
        // The upper halves are the quotients by 2^32.
        return hn::BitCast(
            D32(), hn::ConcatOdd(d32, hn::BitCast(d32, scaled[1]), hn::BitCast(d32, scaled[0])));
    }
    bool wide() const { return factor >> 32 != 0; }
    /// Of `count` columns, whole vectors.
    HWY_INLINE void store(const std::uint64_t* offsets, std::size_t count,
                          std::int32_t* noise) const {
        for (std::size_t c = 0; c < count; c += lane_count)
            hn::StoreU(wide() ? of<true>(offsets + c) : of<false>(offsets + c), D32(), noise + c);
    }
};

/// The same in 16-bit lanes: σ · 20547966 as digits of 16 bits, signed but for the highest.
struct NoiseDigits {
    V32 high, middle;  ///< what a pair (z, z · low / 2^16) is multiplied by
    V16 low;

    HWY_INLINE explicit NoiseDigits(std::int64_t factor) {
        const auto digit = [](std::int64_t x) { return static_cast<std::int16_t>(x); };
        const std::int64_t d0 = digit(factor), rest = (factor - d0) >> 16;
        const std::int64_t d1 = digit(rest), d2 = (rest - d1) >> 16;
        low = hn::Set(D16(), digit(d0));
        middle = splat(static_cast<std::int32_t>((d1 & 0xffff) | 1 << 16));
        high = splat(static_cast<std::int32_t>(d2));
    }
    /// gauss() of the lower and the upper lanes of each 16 bytes of z.
    HWY_INLINE void scale(V16 z, V32 (&noise)[2]) const {
        const V16 below = hn::MulHigh(z, low);
        const V16 pairs[2] = {hn::InterleaveLower(D16(), z, below),
                              hn::InterleaveUpper(D16(), z, below)};
        for (int i = 0; i < 2; ++i) {
            const V32 pair = hn::BitCast(D32(), pairs[i]);
            const V32 fraction = add_products(splat(1 << 15), pair, middle);
            noise[i] = add_products(hn::ShiftRight<16>(fraction), pair, high);
        }
    }
};

/// z of 16-bit lanes: lane 4i + m is lane i of the m-th of four vectors of offsets.
HWY_INLINE V16 draw_lanes(VU64 base, const std::uint64_t* offsets) {
    const DU64 d;
    VU64 z[4];
    for (std::size_t m = 0; m < 4; ++m)
        z[m] = draw(hn::Add(base, hn::LoadU(d, offsets + m * hn::MaxLanes(DU64()))));
    const VU64 even = hn::Or(z[0], hn::ShiftLeft<32>(z[2]));
    const VU64 odd = hn::Or(z[1], hn::ShiftLeft<32>(z[3]));
    return hn::Sub(hn::BitCast(D16(), hn::Or(even, hn::ShiftLeft<16>(odd))),
                   hn::Set(D16(), std::int16_t{1020}));
}

}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
