// SPDX-License-Identifier: Apache-2.0
// Four vectors against 64 columns (bytes) or 32 (bits) at once in registers, in blocks of 64
// vectors so that the columns' words stay in the nearest cache. Per word, four loads of inputs and
// one load of weights for each four products.
#include "bare_dot.hpp"

#include <bit>
#include <random>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bench {
namespace {

constexpr std::size_t lane_count = 16, block_size = 64, vectors_at_once = 4;

/// Calls tile(first vector, first chunk of 16 columns) for all tiles of vectors_at_once x
/// chunk_count.
template <std::size_t chunk_count, class Tile>
void for_tiles(const DotData& data, const Tile& tile) {
    for (std::size_t block = 0; block < data.vectors; block += block_size) {
        for (std::size_t chunk = 0; chunk < data.columns / lane_count; chunk += chunk_count) {
            for (std::size_t v = block; v < block + block_size; v += vectors_at_once)
                tile(v, chunk);
        }
    }
}

#if defined(__x86_64__)

struct ByteDot {
    __attribute__((target("avx512f,avx512vnni"), always_inline)) static inline __m512i add(
        __m512i sum, __m512i x, __m512i w) {
        return _mm512_dpbusd_epi32(sum, x, w);
    }
};

struct BitDot {
    __attribute__((target("avx512f,avx512vpopcntdq"), always_inline)) static inline __m512i add(
        __m512i sum, __m512i x, __m512i w) {
        return _mm512_add_epi32(sum, _mm512_popcnt_epi32(_mm512_xor_si512(x, w)));
    }
};

#define CIMRTL_WIDE_TILE(name, Dot, chunk_count, isa)                                              \
    __attribute__((target(isa))) void name(DotData& data, std::size_t vector, std::size_t chunk) { \
        const std::uint32_t* x = &data.inputs[vector * data.words];                                \
        const std::uint32_t* w = &data.weights[chunk * data.words * lane_count];                   \
        __m512i sum[chunk_count][vectors_at_once] = {};                                            \
        for (std::size_t i = 0; i < data.words; ++i) {                                             \
            __m512i inputs[vectors_at_once];                                                       \
            for (std::size_t k = 0; k < vectors_at_once; ++k)                                      \
                inputs[k] = _mm512_set1_epi32(static_cast<int>(x[k * data.words + i]));            \
            for (std::size_t c = 0; c < (chunk_count); ++c) {                                      \
                const __m512i weights = _mm512_loadu_si512(w + (c * data.words + i) * lane_count); \
                for (std::size_t k = 0; k < vectors_at_once; ++k)                                  \
                    sum[c][k] = Dot::add(sum[c][k], inputs[k], weights);                           \
            }                                                                                      \
        }                                                                                          \
        for (std::size_t k = 0; k < vectors_at_once; ++k) {                                        \
            for (std::size_t c = 0; c < (chunk_count); ++c)                                        \
                _mm512_storeu_si512(                                                               \
                    &data.products[(vector + k) * data.columns + (chunk + c) * lane_count],        \
                    sum[c][k]);                                                                    \
        }                                                                                          \
    }

CIMRTL_WIDE_TILE(byte_tile, ByteDot, 4, "avx512f,avx512vnni")
CIMRTL_WIDE_TILE(bit_tile, BitDot, 2, "avx512f,avx512vpopcntdq")

#endif

std::int32_t byte_products(std::uint32_t x, std::uint32_t w) {
    std::int32_t sum = 0;
    for (int i = 0; i < 32; i += 8)
        sum += static_cast<std::int32_t>(x >> i & 255U) * static_cast<std::int8_t>(w >> i);
    return sum;
}

template <class Product>
void portable_tile(DotData& data, std::size_t vector, std::size_t chunk, const Product& product) {
    for (std::size_t k = 0; k < vectors_at_once; ++k) {
        std::int32_t* out = &data.products[(vector + k) * data.columns + chunk * lane_count];
        std::int32_t sum[lane_count] = {};
        for (std::size_t i = 0; i < data.words; ++i) {
            const std::uint32_t x = data.inputs[(vector + k) * data.words + i];
            const std::uint32_t* w = &data.weights[(chunk * data.words + i) * lane_count];
            for (std::size_t l = 0; l < lane_count; ++l) sum[l] += product(x, w[l]);
        }
        for (std::size_t l = 0; l < lane_count; ++l) out[l] = sum[l];
    }
}

}  // namespace

DotData::DotData(std::size_t vectors_, std::size_t columns_, std::size_t words_)
    : vectors(vectors_),
      columns(columns_),
      words(words_),
      inputs(vectors_ * words_),
      weights(columns_ * words_),
      products(vectors_ * columns_) {
    std::mt19937 rng(1);
    for (auto& word : inputs) word = static_cast<std::uint32_t>(rng());
    for (auto& word : weights) word = static_cast<std::uint32_t>(rng());
}

long run_byte_dots(DotData& data) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni")) {
        for_tiles<4>(data, [&](std::size_t v, std::size_t c) { byte_tile(data, v, c); });
        return data.products[5];
    }
#endif
    for_tiles<1>(data,
                 [&](std::size_t v, std::size_t c) { portable_tile(data, v, c, byte_products); });
    return data.products[5];
}

long run_bit_dots(DotData& data) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq")) {
        for_tiles<2>(data, [&](std::size_t v, std::size_t c) { bit_tile(data, v, c); });
        return data.products[5];
    }
#endif
    const auto differ = [](std::uint32_t x, std::uint32_t w) { return std::popcount(x ^ w); };
    for_tiles<1>(data, [&](std::size_t v, std::size_t c) { portable_tile(data, v, c, differ); });
    return data.products[5];
}

}  // namespace bench
