// SPDX-License-Identifier: Apache-2.0
/// Columns with a transfer of their own.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/columns.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
// Highway asks the processor for VNNI, but version 1.0 does not tell the compiler.
#if HWY_TARGET == HWY_AVX3_DL && HWY_COMPILER_GCC_ACTUAL
#pragma GCC target("avx512vnni")
#endif
namespace golden::fast::HWY_NAMESPACE {
namespace {

/// Planes of which the codes are made at once.
constexpr int planes_at_once = HWY_TARGET == HWY_AVX3_DL ? 4 : 2;

/// sum + products of four unsigned and four signed bytes. A pair of products stays below 2 · 255 ·
/// 15, so sums of 16 bits do not saturate.
HWY_INLINE V32 dot(V32 sum, V32 x, V32 w) {
#if HWY_TARGET == HWY_AVX3_DL && HWY_COMPILER_GCC_ACTUAL
    return V32{_mm512_dpbusd_epi32(sum.raw, x.raw, w.raw)};
#elif HWY_TARGET == HWY_AVX3_DL
    const V32 pairs{_mm512_maddubs_epi16(x.raw, w.raw)};
    return add_products(sum, pairs, splat(0x10001));
#elif HWY_TARGET == HWY_AVX2
    const V32 pairs{_mm256_maddubs_epi16(x.raw, w.raw)};
    return add_products(sum, pairs, splat(0x10001));
#else
    const V16 x16 = hn::BitCast(D16(), x), w16 = hn::BitCast(D16(), w);
    const V16 low = hn::And(x16, hn::Set(D16(), 255));
    const V16 high = hn::And(hn::ShiftRight<8>(x16), hn::Set(D16(), 255));
    const V16 w_low = hn::ShiftRight<8>(hn::ShiftLeft<8>(w16)), w_high = hn::ShiftRight<8>(w16);
    sum = add_products(sum, hn::BitCast(D32(), low), hn::BitCast(D32(), w_low));
    return add_products(sum, hn::BitCast(D32(), high), hn::BitCast(D32(), w_high));
#endif
}

/// alpha · v rounded to the nearest integer, ties to even, plus the bias, where that is less than
/// 2^22; beyond, anything that lies on the same side of it.
#if GOLDEN_FAST_FUSED
constexpr std::int32_t scaled_bias = 0x4b400000;  ///< 1.5 · 2^23 as a float
HWY_INLINE V32 scaled(V32 v, V32 alpha) {
    const hn::ScalableTag<float> floats;
    const auto bias = hn::BitCast(floats, splat(scaled_bias));
    return hn::BitCast(D32(),
                       hn::MulAdd(hn::ConvertTo(floats, v), hn::BitCast(floats, alpha), bias));
}
#else
constexpr std::int32_t scaled_bias = 0;
/// alpha · v is exact in a double, and so is the sum with 1.5 · 2^52 but for the rounding to an
/// integer.
HWY_INLINE V32 scaled(V32 v, V32 alpha) {
    std::int32_t values[lane_count];
    float alphas[lane_count];
    hn::StoreU(v, D32(), values);
    hn::StoreU(hn::BitCast(hn::ScalableTag<float>(), alpha), hn::ScalableTag<float>(), alphas);
    for (int l = 0; l < lane_count; ++l) {
        const double product = static_cast<double>(alphas[l]) * values[l];
        const double kept = product > 1e6 ? 1e6 : product < -1e6 ? -1e6 : product;
        values[l] = static_cast<std::int32_t>((kept + 0x1.8p52) - 0x1.8p52);
    }
    return hn::LoadU(D32(), values);
}
#endif

template <int plane_count, int vectors_at_once>
HWY_INLINE void clear(V32 (&lanes)[plane_count][vectors_at_once]) {
    for (auto& row : lanes) {
        for (auto& lane : row) lane = zero();
    }
}

/// One group and step: v of plane_count columns for vectors_at_once vectors.
template <int vectors_at_once, int plane_count>
HWY_INLINE void column_values(const ColumnForm& form, const std::uint32_t* x,
                              const std::uint32_t* w, std::size_t plane_words,
                              V32 (&v)[plane_count][vectors_at_once]) {
    for (std::size_t quad = 0; quad < form.quads; ++quad) {
        V32 inputs[vectors_at_once];
        for (int i = 0; i < vectors_at_once; ++i) inputs[i] = splat(x[i * form.input_words + quad]);
        for (int j = 0; j < plane_count; ++j) {
            const V32 digits = load(w + (j * plane_words + quad) * lane_count);
            for (int i = 0; i < vectors_at_once; ++i) v[j][i] = dot(v[j][i], inputs[i], digits);
        }
    }
}

/// One tile of plane_count planes from `w`: adds scale · code of all groups and steps.
template <int vectors_at_once, int plane_count>
HWY_INLINE void column_planes(const ColumnForm& form, const ColumnWindow* windows,
                              std::size_t groups, const std::uint32_t* x, const std::uint32_t* w,
                              Accumulators (&accumulators)[vectors_at_once], V32& clipped) {
    const std::size_t plane_words = 2 + groups * form.quads;
    V32 sum[plane_count][vectors_at_once];
    clear(sum);
    for (std::size_t group = 0; group < groups; ++group) {
        const std::uint32_t* digits = w + (2 + group * form.quads) * lane_count;
        for (int t = 0; t < form.steps; ++t, x += form.quads) {
            V32 v[plane_count][vectors_at_once];
            clear(v);
            column_values<vectors_at_once, plane_count>(form, x, digits, plane_words, v);
            for (int j = 0; j < plane_count; ++j) {
                const V32 alpha = load(w + j * plane_words * lane_count);
                const V32 lo = splat(windows[j].lo + scaled_bias);
                const V32 hi = splat(windows[j].hi + scaled_bias);
                for (int i = 0; i < vectors_at_once; ++i) {
                    const V32 q = scaled(v[j][i], alpha);
                    const V32 code = hn::Max(hn::Min(q, hi), lo);
                    clipped = count_lanes(clipped, hn::Ne(q, code));
                    const V32 plain = hn::Sub(code, splat(scaled_bias));
                    sum[j][i] = hn::Add(sum[j][i], hn::ShiftLeftSame(plain, form.step_bits * t));
                }
            }
        }
    }
    for (int j = 0; j < plane_count; ++j) {
        const V32 factor = load(w + (j * plane_words + 1) * lane_count);
        for (int i = 0; i < vectors_at_once; ++i) accumulators[i].add(sum[j][i], factor);
    }
}

template <int vectors_at_once>
HWY_INLINE void column_vectors(const ColumnForm& form, const ChunkJob& job, std::size_t first) {
    const std::uint32_t* x = job.inputs + first * form.input_words;
    const std::uint32_t* w = job.weights;
    const ColumnWindow* windows = form.windows;
    Accumulators accumulators[vectors_at_once];
    V32 clipped = zero();
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    for (std::size_t tile = 0; tile < form.tiles; ++tile) {
        const std::size_t left = form.groups - tile * form.groups_per_tile;
        const std::size_t groups = left < form.groups_per_tile ? left : form.groups_per_tile;
        const std::size_t plane_words = (2 + groups * form.quads) * lane_count;
        const auto planes = [&]<int plane_count>() HWY_ATTR {
            column_planes<vectors_at_once, plane_count>(form, windows, groups, x, w, accumulators,
                                                        clipped);
            windows += plane_count;
            w += plane_count * plane_words;
        };
        int left_planes = form.planes;
        if constexpr (planes_at_once >= 4 && vectors_at_once <= 4) {
            for (; left_planes >= 4; left_planes -= 4) planes.template operator()<4>();
        }
        for (; left_planes >= 2; left_planes -= 2) planes.template operator()<2>();
        if (left_planes == 1) planes.template operator()<1>();
        x += groups * form.quads * static_cast<std::size_t>(form.steps);
        for (auto& accumulator : accumulators) accumulator.end_tile(job.acc_min, job.acc_max);
    }
    for (int i = 0; i < vectors_at_once; ++i) accumulators[i].store(job, first + i);
    add_clipped(job, clipped);
}

void columns(const ColumnForm& form, const ChunkJob& job) {
    std::size_t vector = 0;
    if constexpr (planes_at_once >= 4) {  // few planes: as many sums at once by more vectors
        for (; form.planes < 4 && vector + 8 <= job.vectors; vector += 8)
            column_vectors<8>(form, job, vector);
    }
    for (; vector + 4 <= job.vectors; vector += 4) column_vectors<4>(form, job, vector);
    for (; vector < job.vectors; ++vector) column_vectors<1>(form, job, vector);
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(columns);
void run_columns(const ColumnForm& form, const ChunkJob& job) {
    HWY_DYNAMIC_DISPATCH(columns)(form, job);
}

}  // namespace golden::fast
#endif
