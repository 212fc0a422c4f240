// SPDX-License-Identifier: Apache-2.0
// For one vector and eight outputs (one per 64-bit lane): per pair of input bit t and weight bit j
// two ANDs, two counts of ones, their sum, the ADC (add one, halve, cap at 63), and Horner's rule
// over the planes, most significant first. The top weight plane counts negative.
#include "bare_kernel.hpp"

#include <bit>
#include <cstdint>
#include <random>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Offsets within one vector are far below 2^31.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)
namespace bench {
namespace {

constexpr int operand_bits = 8;
constexpr int word_count = bare_rows / 64;
constexpr int top_code = 63;  ///< greatest code

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512vpopcntdq"))) void run_wide(const std::uint64_t* inputs,
                                                                 const std::uint64_t* weights,
                                                                 std::size_t vectors,
                                                                 std::int64_t* outputs) {
    const __m512i one = _mm512_set1_epi64(1);
    const __m512i top = _mm512_set1_epi64(top_code);
    for (std::size_t v = 0; v < vectors; ++v) {
        const std::uint64_t* x = inputs + v * operand_bits * word_count;
        for (std::size_t o = 0; o < bare_outputs; o += 8) {
            __m512i sum = _mm512_setzero_si512();
            for (int t = operand_bits - 1; t >= 0; --t) {
                const __m512i x0 = _mm512_set1_epi64(static_cast<long long>(x[t * word_count]));
                const __m512i x1 = _mm512_set1_epi64(static_cast<long long>(x[t * word_count + 1]));
                __m512i step = _mm512_setzero_si512();
                for (int j = operand_bits - 1; j >= 0; --j) {
                    const std::uint64_t* w = weights + j * word_count * bare_outputs + o;
                    const __m512i w0 = _mm512_loadu_si512(w);
                    const __m512i w1 = _mm512_loadu_si512(w + bare_outputs);
                    const __m512i n =
                        _mm512_add_epi64(_mm512_popcnt_epi64(_mm512_and_si512(x0, w0)),
                                         _mm512_popcnt_epi64(_mm512_and_si512(x1, w1)));
                    // A full mask: g++ 12 warns about the plain form in its own header.
                    const __m512i code = _mm512_maskz_min_epi64(
                        0xff, _mm512_maskz_srli_epi64(0xff, _mm512_add_epi64(n, one), 1), top);
                    step = j == operand_bits - 1
                               ? _mm512_sub_epi64(step, code)
                               : _mm512_add_epi64(_mm512_add_epi64(step, step), code);
                }
                sum = _mm512_add_epi64(_mm512_add_epi64(sum, sum), step);
            }
            _mm512_storeu_si512(outputs + v * bare_outputs + o, sum);
        }
    }
}

/// Ones of two words a lane: nibbles by table, bytes by sums of differences.
__attribute__((target("avx2"), always_inline)) inline __m256i count_avx2(__m256i a, __m256i b) {
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                           0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(15);
    const auto bytes = [&](__m256i x) __attribute__((target("avx2"), always_inline)) {
        return _mm256_add_epi8(
            _mm256_shuffle_epi8(table, _mm256_and_si256(x, low)),
            _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(x, 4), low)));
    };
    return _mm256_sad_epu8(_mm256_add_epi8(bytes(a), bytes(b)), _mm256_setzero_si256());
}

__attribute__((target("avx2"))) void run_avx2(const std::uint64_t* inputs,
                                              const std::uint64_t* weights, std::size_t vectors,
                                              std::int64_t* outputs) {
    const __m256i one = _mm256_set1_epi64x(1);
    const __m256i top = _mm256_set1_epi64x(top_code);
    for (std::size_t v = 0; v < vectors; ++v) {
        const std::uint64_t* x = inputs + v * operand_bits * word_count;
        for (std::size_t o = 0; o < bare_outputs; o += 4) {
            __m256i sum = _mm256_setzero_si256();
            for (int t = operand_bits - 1; t >= 0; --t) {
                const __m256i x0 = _mm256_set1_epi64x(static_cast<long long>(x[t * word_count]));
                const __m256i x1 =
                    _mm256_set1_epi64x(static_cast<long long>(x[t * word_count + 1]));
                __m256i step = _mm256_setzero_si256();
                for (int j = operand_bits - 1; j >= 0; --j) {
                    const std::uint64_t* w = weights + j * word_count * bare_outputs + o;
                    const __m256i n = count_avx2(
                        _mm256_and_si256(x0,
                                         _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w))),
                        _mm256_and_si256(x1, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(
                                                 w + bare_outputs))));
                    // Of 32 bits: small and not negative.
                    const __m256i code =
                        _mm256_min_epi32(_mm256_srli_epi64(_mm256_add_epi64(n, one), 1), top);
                    step = j == operand_bits - 1
                               ? _mm256_sub_epi64(step, code)
                               : _mm256_add_epi64(_mm256_add_epi64(step, step), code);
                }
                sum = _mm256_add_epi64(_mm256_add_epi64(sum, sum), step);
            }
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(outputs + v * bare_outputs + o), sum);
        }
    }
}
#endif

void run_portable(const std::uint64_t* inputs, const std::uint64_t* weights, std::size_t vectors,
                  std::int64_t* outputs) {
    for (std::size_t v = 0; v < vectors; ++v) {
        const std::uint64_t* x = inputs + v * operand_bits * word_count;
        for (std::size_t o = 0; o < bare_outputs; ++o) {
            std::int64_t sum = 0;
            for (int t = operand_bits - 1; t >= 0; --t) {
                std::int64_t step = 0;
                for (int j = operand_bits - 1; j >= 0; --j) {
                    const std::uint64_t* w = weights + j * word_count * bare_outputs + o;
                    const int n = std::popcount(x[t * word_count] & w[0]) +
                                  std::popcount(x[t * word_count + 1] & w[bare_outputs]);
                    const int code = n + 1 > 2 * top_code + 1 ? top_code : (n + 1) / 2;
                    step = j == operand_bits - 1 ? -code : 2 * step + code;
                }
                sum = 2 * sum + step;
            }
            outputs[v * bare_outputs + o] = sum;
        }
    }
}

}  // namespace

struct BareKernel::Data {
    std::vector<std::uint64_t> inputs, weights;
    std::vector<std::int64_t> outputs;
};

bool has_form(BareForm form) {
    if (form == BareForm::portable) return true;
#if defined(__x86_64__)
    if (form == BareForm::avx2) return __builtin_cpu_supports("avx2");
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq");
#else
    return false;
#endif
}

BareForm best_form() {
    for (const BareForm form : {BareForm::avx512, BareForm::avx2}) {
        if (has_form(form)) return form;
    }
    return BareForm::portable;
}

BareKernel::BareKernel(std::size_t vectors, BareForm form) : data_(new Data), form_(form) {
    std::mt19937_64 rng(1);
    data_->inputs.resize(vectors * operand_bits * word_count);
    data_->weights.resize(operand_bits * word_count * bare_outputs);
    data_->outputs.resize(vectors * bare_outputs);
    for (auto& word : data_->inputs) word = rng();
    for (auto& word : data_->weights) word = rng();
}

BareKernel::~BareKernel() { delete data_; }

long BareKernel::run() {
    const std::size_t vectors = data_->outputs.size() / bare_outputs;
    const auto kernel = [&] {
#if defined(__x86_64__)
        if (form_ == BareForm::avx512) return run_wide;
        if (form_ == BareForm::avx2) return run_avx2;
#endif
        return run_portable;
    }();
    kernel(data_->inputs.data(), data_->weights.data(), vectors, data_->outputs.data());
    return static_cast<long>(data_->outputs[5]);
}

}  // namespace bench
// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
