#include "golden/fast/isa.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx2,fma")

namespace golden::fast {
namespace {

#include "golden/fast/kernel.hpp"
#include "golden/fast/kernel_binary.hpp"
#include "golden/fast/kernel_columns.hpp"
#include "golden/fast/kernel_pack.hpp"
#include "golden/fast/kernel_product.hpp"
#include "golden/fast/kernel_table.hpp"

/// Eight lanes; ones are counted per nibble by a byte shuffle and summed in bytes.
struct Avx2Lanes {
    static constexpr int kLanes = 8;
    typedef std::int32_t Vec __attribute__((vector_size(32)));
    typedef std::int64_t Wide __attribute__((vector_size(32)));
    typedef Vec Ones;                     ///< counts in bytes
    static constexpr int kMaxWords = 31;  ///< 31 words of at most 8 ones a byte stay below 256

    static CIMRTL_INLINE __m256i raw(Vec v) { return reinterpret_cast<__m256i>(v); }
    static CIMRTL_INLINE Vec vec(__m256i v) { return reinterpret_cast<Vec>(v); }

    static CIMRTL_INLINE Ones zero() { return Ones{}; }
    static CIMRTL_INLINE Ones add(Ones ones, Vec bits) {
        const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                               0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        const __m256i nibble = _mm256_set1_epi8(15);
        const __m256i low = _mm256_and_si256(raw(bits), nibble);
        const __m256i high = _mm256_and_si256(_mm256_srli_epi16(raw(bits), 4), nibble);
        const __m256i count =
            _mm256_add_epi8(_mm256_shuffle_epi8(table, low), _mm256_shuffle_epi8(table, high));
        return vec(_mm256_add_epi8(raw(ones), count));
    }
    static CIMRTL_INLINE Vec total(Ones ones) {
        const __m256i pairs = _mm256_maddubs_epi16(raw(ones), _mm256_set1_epi8(1));
        return vec(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }

    static CIMRTL_INLINE Vec min(Vec a, Vec b) { return vec(_mm256_min_epi32(raw(a), raw(b))); }
    static CIMRTL_INLINE Vec max(Vec a, Vec b) { return vec(_mm256_max_epi32(raw(a), raw(b))); }
    static CIMRTL_INLINE Vec gather(const std::int32_t* table, Vec index) {
        return vec(_mm256_i32gather_epi32(table, raw(index), 4));
    }
    static CIMRTL_INLINE Vec madd(Vec sum, Vec a, Vec b) {
        return sum + vec(_mm256_madd_epi16(raw(a), raw(b)));
    }
    static CIMRTL_INLINE Vec shift_right(Vec v, int distance) {
        return vec(_mm256_srav_epi32(raw(v), _mm256_set1_epi32(distance)));
    }
    static CIMRTL_INLINE Wide multiply_even(Vec a, Vec b) {
        return reinterpret_cast<Wide>(_mm256_mul_epi32(raw(a), raw(b)));
    }
    static CIMRTL_INLINE Vec count_above(Vec count, Vec u, Vec hi) { return count - (u > hi); }
    static CIMRTL_INLINE Vec count_below(Vec count, Vec u, Vec lo) { return count - (u < lo); }

    static constexpr std::size_t kByteLanes = 32;
    static CIMRTL_INLINE std::uint64_t byte_bits(const std::uint8_t* bytes, int t) {
        const __m256i raw_bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
        const __m256i top = _mm256_sll_epi16(raw_bytes, _mm_cvtsi32_si128(7 - t));
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(top));
    }

    static constexpr int kColumnPlanes = 2;
    static constexpr std::int32_t kScaledBias = 0x4b400000;  ///< 1.5 · 2^23 as a float
    /// A pair of products stays below 2 · 255 · 15, so the sums of 16 bits do not saturate.
    static CIMRTL_INLINE Vec dot(Vec sum, Vec x, Vec w) {
        const __m256i pairs = _mm256_maddubs_epi16(raw(x), raw(w));
        return sum + vec(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
    static CIMRTL_INLINE Vec scaled(Vec v, Vec alpha) {
        const __m256 bias = _mm256_castsi256_ps(_mm256_set1_epi32(kScaledBias));
        return vec(_mm256_castps_si256(
            _mm256_fmadd_ps(_mm256_cvtepi32_ps(raw(v)), _mm256_castsi256_ps(raw(alpha)), bias)));
    }
    static CIMRTL_INLINE Vec count_unequal(Vec count, Vec a, Vec b) { return count - (a != b); }

    static CIMRTL_INLINE std::uint32_t positive(const std::int64_t* elements) {
        std::uint32_t bits = 0;
        for (int i = 0; i < 32; i += 4) {
            const __m256i four = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(elements + i));
            const __m256i above = _mm256_cmpgt_epi64(four, _mm256_setzero_si256());
            bits |= static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_castsi256_pd(above))) << i;
        }
        return bits;
    }
};

}  // namespace

const Kernels* avx2_kernels() {
    static constexpr Kernels kKernels = kernels_of_lanes<Avx2Lanes>("AVX2");
    return &kKernels;
}

}  // namespace golden::fast

#pragma GCC pop_options

#else

namespace golden::fast {
const Kernels* avx2_kernels() { return nullptr; }
}  // namespace golden::fast

#endif
