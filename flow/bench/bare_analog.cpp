// SPDX-License-Identifier: Apache-2.0
#include "bare_analog.hpp"

#include <cstdint>
#include <random>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bench {
namespace {

constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15, first_factor = 0xBF58476D1CE4E5B9,
                        second_factor = 0x94D049BB133111EB;
constexpr std::int64_t noise_factor = 983LL * 20547966 / 16;  ///< σ · 20547966 inside 31 bits
constexpr std::size_t pair_count = bare_rows / 2, step_count = 4;

struct Draws {
    alignas(64) std::uint64_t offsets[draw_columns];
    alignas(64) std::int64_t sums[draw_columns] = {};
    Draws() {
        for (std::size_t c = 0; c < draw_columns; ++c) offsets[c] = (c + 1) * golden_gamma;
    }
    long digest() const {
        long all = 0;
        for (const std::int64_t sum : sums) all ^= static_cast<long>(sum);
        return all;
    }
};

struct Gains {
    std::vector<std::uint32_t> inputs, weights;  ///< pairs of int16, [step][pair], [pair][column]
    std::vector<std::int32_t> sums;              ///< [step][column]
    explicit Gains(std::size_t steps)
        : inputs(steps * pair_count),
          weights(pair_count * draw_columns),
          sums(steps * draw_columns) {
        std::mt19937 rng(1);
        for (auto& pair : inputs) pair = static_cast<std::uint32_t>(rng()) & 0x10001;
        for (auto& pair : weights) pair = static_cast<std::uint32_t>(rng()) & 0x1fff1fff;
    }
};

#if defined(__x86_64__)

__attribute__((target("avx512f,avx512dq,avx512bw"))) void draw_avx512(Draws& draws,
                                                                      std::size_t steps) {
    for (std::size_t n = 0; n < steps; ++n) {
        const __m512i base =
            // NOLINTNEXTLINE(bugprone-misplaced-widening-cast): modulo 2^64, both
            _mm512_set1_epi64(static_cast<long long>(first_factor + (n << 14) * golden_gamma));
        for (std::size_t c = 0; c < draw_columns; c += 8) {
            __m512i x = _mm512_add_epi64(base, _mm512_load_si512(draws.offsets + c));
            x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_maskz_srli_epi64(0xff, x, 30)),
                                   _mm512_set1_epi64(static_cast<long long>(first_factor)));
            x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_maskz_srli_epi64(0xff, x, 27)),
                                   _mm512_set1_epi64(static_cast<long long>(second_factor)));
            x = _mm512_xor_si512(x, _mm512_maskz_srli_epi64(0xff, x, 31));
            const __m512i z = _mm512_add_epi64(_mm512_sad_epu8(x, _mm512_setzero_si512()),
                                               _mm512_set1_epi64(static_cast<long long>(-1020ULL)));
            const __m512i scaled = _mm512_add_epi64(
                _mm512_maskz_mul_epi32(0xff, z,
                                       _mm512_set1_epi64(static_cast<long long>(noise_factor))),
                _mm512_set1_epi64(static_cast<long long>(1ULL << 31)));
            _mm512_store_si512(draws.sums + c,
                               _mm512_add_epi64(_mm512_load_si512(draws.sums + c),
                                                _mm512_maskz_srai_epi64(0xff, scaled, 32)));
        }
    }
}

__attribute__((target("avx2"), always_inline)) inline __m256i multiply_avx2(__m256i a,
                                                                            std::uint64_t b) {
    const __m256i low = _mm256_set1_epi64x(static_cast<long long>(b));
    const __m256i high = _mm256_set1_epi64x(static_cast<long long>(b >> 32));
    const __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), low),
                                           _mm256_mul_epu32(a, high));
    return _mm256_add_epi64(_mm256_mul_epu32(a, low), _mm256_slli_epi64(cross, 32));
}

__attribute__((target("avx2"))) void draw_avx2(Draws& draws, std::size_t steps) {
    const auto* offsets = reinterpret_cast<const __m256i*>(draws.offsets);
    auto* sums = reinterpret_cast<__m256i*>(draws.sums);
    for (std::size_t n = 0; n < steps; ++n) {
        const __m256i base =
            // NOLINTNEXTLINE(bugprone-misplaced-widening-cast): modulo 2^64, both
            _mm256_set1_epi64x(static_cast<long long>(first_factor + (n << 14) * golden_gamma));
        for (std::size_t c = 0; c < draw_columns / 4; ++c) {
            __m256i x = _mm256_add_epi64(base, _mm256_load_si256(offsets + c));
            x = multiply_avx2(_mm256_xor_si256(x, _mm256_srli_epi64(x, 30)), first_factor);
            x = multiply_avx2(_mm256_xor_si256(x, _mm256_srli_epi64(x, 27)), second_factor);
            x = _mm256_xor_si256(x, _mm256_srli_epi64(x, 31));
            const __m256i z = _mm256_add_epi64(_mm256_sad_epu8(x, _mm256_setzero_si256()),
                                               _mm256_set1_epi64x(-1020));
            const __m256i scaled =
                _mm256_add_epi64(_mm256_mul_epi32(z, _mm256_set1_epi64x(noise_factor)),
                                 _mm256_set1_epi64x(1LL << 31));
            const __m256i upper = _mm256_shuffle_epi32(scaled, 0xF5);
            const __m256i noise = _mm256_blend_epi32(upper, _mm256_srai_epi32(upper, 31), 0xAA);
            _mm256_store_si256(sums + c, _mm256_add_epi64(_mm256_load_si256(sums + c), noise));
        }
    }
}

__attribute__((target("avx512f,avx512vnni"))) void sum_avx512(Gains& gains, std::size_t steps) {
    for (std::size_t c = 0; c < draw_columns; c += 32) {
        for (std::size_t s = 0; s < steps; s += step_count) {
            __m512i sums[step_count][2] = {};
            for (std::size_t i = 0; i < pair_count; ++i) {
                const std::uint32_t* w = &gains.weights[i * draw_columns + c];
                const __m512i w0 = _mm512_loadu_si512(w), w1 = _mm512_loadu_si512(w + 16);
                for (std::size_t k = 0; k < step_count; ++k) {
                    const __m512i x =
                        _mm512_set1_epi32(static_cast<int>(gains.inputs[(s + k) * pair_count + i]));
                    sums[k][0] = _mm512_dpwssd_epi32(sums[k][0], x, w0);
                    sums[k][1] = _mm512_dpwssd_epi32(sums[k][1], x, w1);
                }
            }
            for (std::size_t k = 0; k < step_count; ++k) {
                _mm512_storeu_si512(&gains.sums[(s + k) * draw_columns + c], sums[k][0]);
                _mm512_storeu_si512(&gains.sums[(s + k) * draw_columns + c + 16], sums[k][1]);
            }
        }
    }
}

__attribute__((target("avx2"))) void sum_avx2(Gains& gains, std::size_t steps) {
    const auto at = [](auto* words) __attribute__((target("avx2"))) {
        return reinterpret_cast<__m256i*>(words);
    };
    for (std::size_t c = 0; c < draw_columns; c += 16) {
        for (std::size_t s = 0; s < steps; s += step_count) {
            __m256i sums[step_count][2] = {};
            for (std::size_t i = 0; i < pair_count; ++i) {
                std::uint32_t* w = &gains.weights[i * draw_columns + c];
                const __m256i w0 = _mm256_loadu_si256(at(w)), w1 = _mm256_loadu_si256(at(w + 8));
                for (std::size_t k = 0; k < step_count; ++k) {
                    const __m256i x =
                        _mm256_set1_epi32(static_cast<int>(gains.inputs[(s + k) * pair_count + i]));
                    sums[k][0] = _mm256_add_epi32(sums[k][0], _mm256_madd_epi16(x, w0));
                    sums[k][1] = _mm256_add_epi32(sums[k][1], _mm256_madd_epi16(x, w1));
                }
            }
            for (std::size_t k = 0; k < step_count; ++k) {
                std::int32_t* out = &gains.sums[(s + k) * draw_columns + c];
                _mm256_storeu_si256(at(out), sums[k][0]);
                _mm256_storeu_si256(at(out + 8), sums[k][1]);
            }
        }
    }
}

#endif

void draw_portable(Draws& draws, std::size_t steps) {
    for (std::size_t n = 0; n < steps; ++n) {
        for (std::size_t c = 0; c < draw_columns; ++c) {
            std::uint64_t x = first_factor + (n << 14) * golden_gamma + draws.offsets[c];
            x = (x ^ x >> 30) * first_factor;
            x = (x ^ x >> 27) * second_factor;
            x ^= x >> 31;
            std::int64_t z = -1020;
            for (int byte = 0; byte < 64; byte += 8)
                z += static_cast<std::int64_t>(x >> byte & 255);
            draws.sums[c] += (z * noise_factor + (1LL << 31)) >> 32;
        }
    }
}

void sum_portable(Gains& gains, std::size_t steps) {
    for (std::size_t s = 0; s < steps; ++s) {
        for (std::size_t i = 0; i < pair_count; ++i) {
            const std::uint32_t x = gains.inputs[s * pair_count + i];
            for (std::size_t c = 0; c < draw_columns; ++c) {
                const std::uint32_t w = gains.weights[i * draw_columns + c];
                gains.sums[s * draw_columns + c] +=
                    static_cast<std::int32_t>((x & 0xffff) * (w & 0xffff) + (x >> 16) * (w >> 16));
            }
        }
    }
}

}  // namespace

long run_draws(BareForm form, std::size_t steps) {
    static Draws draws;
#if defined(__x86_64__)
    if (form == BareForm::avx512) draw_avx512(draws, steps);
    if (form == BareForm::avx2) draw_avx2(draws, steps);
#endif
    if (form == BareForm::portable) draw_portable(draws, steps);
    return draws.digest();
}

long run_gain_sums(BareForm form, std::size_t steps) {
    static Gains gains(steps);
#if defined(__x86_64__)
    if (form == BareForm::avx512) sum_avx512(gains, steps);
    if (form == BareForm::avx2) sum_avx2(gains, steps);
#endif
    if (form == BareForm::portable) sum_portable(gains, steps);
    return gains.sums.back();
}

}  // namespace bench
