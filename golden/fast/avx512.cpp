#include "golden/fast/isa.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vnni,avx512vpopcntdq")

namespace golden::fast {
namespace {

#include "golden/fast/kernel.hpp"
#include "golden/fast/kernel_binary.hpp"
#include "golden/fast/kernel_columns.hpp"
#include "golden/fast/kernel_pack.hpp"
#include "golden/fast/kernel_product.hpp"
#include "golden/fast/kernel_table.hpp"

/// Sixteen lanes; ones are counted by VPOPCNTD.
struct Avx512Lanes {
    static constexpr int kLanes = 16;
    typedef std::int32_t Vec __attribute__((vector_size(64)));
    typedef std::int64_t Wide __attribute__((vector_size(64)));
    typedef Vec Ones;
    static constexpr int kMaxWords = 32;

    static CIMRTL_INLINE __m512i raw(Vec v) { return reinterpret_cast<__m512i>(v); }
    static CIMRTL_INLINE Vec vec(__m512i v) { return reinterpret_cast<Vec>(v); }

    static CIMRTL_INLINE Ones zero() { return Ones{}; }
    static CIMRTL_INLINE Ones add(Ones ones, Vec bits) {
        return ones + vec(_mm512_popcnt_epi32(raw(bits)));
    }
    static CIMRTL_INLINE Vec total(Ones ones) { return ones; }

    // The forms with a full mask compile to the same instructions; g++ 12 takes the plain ones of
    // its own header for uses of an uninitialized variable.
    static constexpr __mmask16 kAll = 0xffff;
    static CIMRTL_INLINE Vec min(Vec a, Vec b) {
        return vec(_mm512_maskz_min_epi32(kAll, raw(a), raw(b)));
    }
    static CIMRTL_INLINE Vec max(Vec a, Vec b) {
        return vec(_mm512_maskz_max_epi32(kAll, raw(a), raw(b)));
    }
    static CIMRTL_INLINE Vec gather(const std::int32_t* table, Vec index) {
        return vec(_mm512_mask_i32gather_epi32(_mm512_setzero_si512(), kAll, raw(index), table, 4));
    }
    static CIMRTL_INLINE Vec madd(Vec sum, Vec a, Vec b) {
        return sum + vec(_mm512_madd_epi16(raw(a), raw(b)));
    }
    static CIMRTL_INLINE Vec shift_right(Vec v, int distance) {
        return vec(_mm512_maskz_srav_epi32(kAll, raw(v), _mm512_set1_epi32(distance)));
    }
    static CIMRTL_INLINE Wide multiply_even(Vec a, Vec b) {
        return reinterpret_cast<Wide>(_mm512_maskz_mul_epi32(0xff, raw(a), raw(b)));
    }
    static CIMRTL_INLINE Vec count_above(Vec count, Vec u, Vec hi) {
        const __mmask16 above = _mm512_cmpgt_epi32_mask(raw(u), raw(hi));
        return vec(_mm512_mask_add_epi32(raw(count), above, raw(count), _mm512_set1_epi32(1)));
    }
    static CIMRTL_INLINE Vec count_below(Vec count, Vec u, Vec lo) {
        return count_above(count, lo, u);
    }

    static constexpr std::size_t kByteLanes = 64;
    static CIMRTL_INLINE std::uint64_t byte_bits(const std::uint8_t* bytes, int t) {
        return _mm512_test_epi8_mask(_mm512_loadu_si512(bytes),
                                     _mm512_set1_epi8(static_cast<char>(1 << t)));
    }

    static constexpr int kColumnPlanes = 4;
    static constexpr std::int32_t kScaledBias = 0x4b400000;  ///< 1.5 · 2^23 as a float
    static CIMRTL_INLINE Vec dot(Vec sum, Vec x, Vec w) {
        return vec(_mm512_dpbusd_epi32(raw(sum), raw(x), raw(w)));
    }
    static CIMRTL_INLINE Vec scaled(Vec v, Vec alpha) {
        const __m512 bias = _mm512_castsi512_ps(_mm512_set1_epi32(kScaledBias));
        const __m512 value = _mm512_maskz_cvtepi32_ps(kAll, raw(v));
        return vec(
            _mm512_castps_si512(_mm512_fmadd_ps(value, _mm512_castsi512_ps(raw(alpha)), bias)));
    }
    static CIMRTL_INLINE Vec count_unequal(Vec count, Vec a, Vec b) {
        const __mmask16 unequal = _mm512_cmpneq_epi32_mask(raw(a), raw(b));
        return vec(_mm512_mask_add_epi32(raw(count), unequal, raw(count), _mm512_set1_epi32(1)));
    }

    static CIMRTL_INLINE std::uint32_t positive(const std::int64_t* elements) {
        std::uint32_t bits = 0;
        for (int i = 0; i < 32; i += 8) {
            const __m512i eight = _mm512_loadu_si512(elements + i);
            bits |= std::uint32_t{_mm512_cmpgt_epi64_mask(eight, _mm512_setzero_si512())} << i;
        }
        return bits;
    }
};

}  // namespace

const Kernels* avx512_kernels() {
    static constexpr Kernels kKernels = kernels_of_lanes<Avx512Lanes>("AVX-512 VPOPCNTDQ");
    return &kKernels;
}

}  // namespace golden::fast

#pragma GCC pop_options

#else

namespace golden::fast {
const Kernels* avx512_kernels() { return nullptr; }
}  // namespace golden::fast

#endif
