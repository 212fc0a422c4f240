// SPDX-License-Identifier: Apache-2.0
/// The law of an array that is not ideal, a strip of columns at a time: plain loops over arrays,
/// which the compiler makes vectors of for each instruction set, but for the random numbers.
#include <algorithm>
#include <cmath>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/analog_kernel.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/analog-inl.hpp"
#include "golden/fast/noise-inl.hpp"
#include "golden/wide.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

/// What the wire keeps, 2^-16. Where narrow, 2^53 bounds the dividend, and a quotient that is not
/// an integer lies at least 1 / divisor, more than a rounding, away from one.
HWY_INLINE void apply_wire(const AnalogLaw& law, const AnalogStrip& strip,
                           const Strip<std::int64_t>& v, const Strip<std::int64_t>& squares,
                           Strip<std::int64_t>& e, AnalogCounts& counts) {
    Strip<std::int64_t> kept;
    if (law.narrow_wire) {
        for (std::size_t c = 0; c < strip_length; ++c) {
            const std::int64_t whole = 5 * v.of[c] << 16;
            const std::int64_t lost = law.ir_drop * squares.of[c] >> 16;
            const std::int64_t divisor = std::max<std::int64_t>(whole + 6 * lost, 1);
            kept.of[c] = static_cast<std::int64_t>(static_cast<double>((whole + lost) << 16) /
                                                   static_cast<double>(divisor));
        }
    } else {
        for (std::size_t c = 0; c < strip_length; ++c) {
            const Wide whole = static_cast<Wide>(5 * v.of[c]) << 16;
            const Wide lost = (Wide{law.ir_drop} * squares.of[c]) >> 16;
            kept.of[c] =
                v.of[c] == 0
                    ? 0
                    : static_cast<std::int64_t>(((whole + lost) << 16) / (whole + 6 * lost));
        }
    }
    std::int64_t lost_half = 0;
    for (std::size_t c = 0; c < strip.columns; ++c)
        lost_half += v.of[c] > 0 && 2 * kept.of[c] < fixed_one;
    for (std::size_t c = 0; c < strip_length; ++c)
        e.of[c] = v.of[c] > 0 ? e.of[c] * kept.of[c] >> 16 : e.of[c];
    counts.lost_half += static_cast<std::uint64_t>(lost_half);
}

/// floor(q·e / p)
template <class T>
HWY_INLINE void scale(const AnalogLaw& law, Strip<T>& e) {
    const T q = static_cast<T>(law.step_den);
    const auto p = static_cast<std::uint64_t>(law.step_num);
    if (std::has_single_bit(p)) {
        const int shift = std::countr_zero(p);
        for (T& each : e.of) each = static_cast<T>(each * q) >> shift;
    } else {
        for (T& each : e.of) each = static_cast<T>(floor_div(std::int64_t{each} * q, law.step_num));
    }
}

/// Codes before they are clamped, of `e` as scale() leaves it, or, with alpha, of e itself.
template <class T>
HWY_INLINE void unclipped(const AnalogLaw& law, const AnalogStrip& strip, const Strip<T>& e,
                          const Strip<T>& x, Strip<T>& code) {
    if (strip.alpha == nullptr) {
        for (std::size_t c = 0; c < strip_length; ++c)
            code.of[c] = (e.of[c] + x.of[c] + static_cast<T>(fixed_half)) >> 16;
        return;
    }
    const int shift = law.alpha_frac + 16;
    const std::int64_t below_half = (std::int64_t{1} << (shift - 1)) - 1;
    for (std::size_t c = 0; c < strip_length; ++c) {
        const std::int64_t n =
            strip.alpha[c] * std::int64_t{e.of[c]} + (std::int64_t{x.of[c]} << law.alpha_frac);
        const std::int64_t rounded = (n + below_half + (n >> shift & 1)) >> shift;
        code.of[c] = static_cast<T>(rounded - strip.center[c]);
    }
}

/// From the sums of the columns to codes, and these into the outputs' sums.
template <class T>
HWY_INLINE void digitize_strip(const AnalogLaw& law, const AnalogStrip& strip,
                               const std::int32_t* noise, std::int32_t factor, Strip<T>& e,
                               std::int32_t* HWY_RESTRICT sums, AnalogCounts& counts) {
    if (strip.gain != nullptr) {
        for (std::size_t c = 0; c < strip_length; ++c)
            e.of[c] += static_cast<T>(std::int64_t{e.of[c]} * strip.gain[c] >> 16);
    }
    if (noise != nullptr && law.noise_in_v) {
        for (std::size_t c = 0; c < strip_length; ++c) e.of[c] += noise[c];
    }
    if (strip.alpha == nullptr) scale(law, e);
    Strip<T> x, code;
    x.fill(0);
    if (strip.offset != nullptr) x.copy(strip.offset);
    if (strip.inl != nullptr) {
        unclipped(law, strip, e, x, code);
        for (std::size_t c = 0; c < strip.columns; ++c) {
            const std::int64_t entry = std::clamp<std::int64_t>(code.of[c], law.lo, law.hi);
            x.of[c] += static_cast<T>(strip.inl[c][entry - law.lo]);
        }
    }
    if (noise != nullptr && !law.noise_in_v) {
        for (std::size_t c = 0; c < strip_length; ++c) x.of[c] += noise[c];
    }
    unclipped(law, strip, e, x, code);
    const T lo = static_cast<T>(law.lo), hi = static_cast<T>(law.hi);
    T clipped = 0;
    if (strip.columns == strip_length) {
        for (std::size_t c = 0; c < strip_length; ++c)
            clipped += static_cast<T>(code.of[c] < lo) + static_cast<T>(code.of[c] > hi);
    } else {
        for (std::size_t c = 0; c < strip.columns; ++c)
            clipped += static_cast<T>(code.of[c] < lo) + static_cast<T>(code.of[c] > hi);
    }
    counts.clipped += static_cast<std::uint64_t>(clipped);
    for (T& each : code.of) each = std::min(std::max(each, lo), hi);
    if (strip.correction != nullptr) {
        for (std::size_t c = 0; c < strip_length; ++c) code.of[c] -= strip.correction[c];
    }
    for (std::size_t c = 0; c < strip_length; ++c)
        sums[c] += factor * static_cast<std::int32_t>(code.of[c]);
}

/// The columns' sums in units of 2^-16, and v where it is asked for.
template <class T>
HWY_INLINE void add_products(const AnalogLaw& law, const AnalogStrip& strip,
                             const AnalogSteps& steps, const Step& step, Strip<T>& e,
                             Strip<std::int64_t>* values) {
    const bool unit = law.unit_drives;
    if (values != nullptr || !law.gains) {
        if (law.narrow_values) {
            Strip<std::int16_t> v;
            add_rows(steps, step, unit, strip.cells, v);
            if (values != nullptr) values->copy(v.of);
            for (std::size_t c = 0; c < strip_length; ++c) e.of[c] = static_cast<T>(v.of[c]) << 16;
        } else {
            Strip<std::int32_t> v;
            add_rows(steps, step, unit, strip.cells, v);
            if (values != nullptr) values->copy(v.of);
            for (std::size_t c = 0; c < strip_length; ++c) e.of[c] = static_cast<T>(v.of[c]) << 16;
        }
    }
    if (law.gains) add_rows(steps, step, unit, strip.gained, e);
}

template <class T>
HWY_INLINE void analog_step(const AnalogLaw& law, const AnalogStrip& strip,
                            const AnalogSteps& steps, const Step& step, std::uint64_t noise_key,
                            std::int32_t* sums, AnalogCounts& counts) {
    Strip<T> e;
    const bool wants_values = law.track_values || law.ir_drop > 0;
    Strip<std::int64_t> v;
    add_products(law, strip, steps, step, e, wants_values ? &v : nullptr);
    if (law.track_values) {
        for (std::size_t c = 0; c < strip.columns; ++c)
            counts.value_max = std::max(counts.value_max, v.of[c]);
    }
    if constexpr (sizeof(T) == 8) {
        if (law.ir_drop > 0) {
            Strip<std::int64_t> squares;
            if (law.narrow_squares)
                sum_squares_narrow(strip, steps, step, squares);
            else
                sum_squares(strip, steps, step, squares);
            apply_wire(law, strip, v, squares, e, counts);
        }
    }
    alignas(64) std::int32_t noise[strip_length];
    const std::int32_t* drawn = nullptr;
    if (law.noise_factor != 0) {
        Noise{law.noise_factor, noise_key}.store(strip.noise, strip_length, noise);
        drawn = noise;
    }
    digitize_strip(law, strip, drawn, static_cast<std::int32_t>(step.factor), e, sums, counts);
}

enum class NoiseKind { none, narrow, wide };

/// The whole law in registers, where it is plain; e of the strip is in `sum`, in units of
/// 2^-unit_bits.
template <NoiseKind has_noise, int unit_bits, class Sum>
HWY_INLINE void plain_strip(const AnalogLaw& law, const AnalogStrip& strip, const Sum* sum,
                            std::uint64_t noise_key, std::int32_t factor, std::int32_t* sums,
                            AnalogCounts& counts) {
    const Noise noise{law.noise_factor, noise_key};
    const V32 lo = splat(static_cast<std::int32_t>(law.lo));
    const V32 hi = splat(static_cast<std::int32_t>(law.hi));
    const V32 q = splat(static_cast<std::int32_t>(law.step_den)), factors = splat(factor);
    const int shift = std::countr_zero(static_cast<std::uint64_t>(law.step_num));
    V32 inside = zero();  // −1 for each conversion that does not clip
    for (std::size_t c = 0; c < strip_length; c += lane_count) {
        V32 e = load_cells<std::int32_t>(sum + c);
        if constexpr (unit_bits == 0) e = hn::ShiftLeft<16>(e);
        V32 drawn = zero();
        if constexpr (has_noise == NoiseKind::narrow) drawn = noise.of<false>(strip.noise + c);
        if constexpr (has_noise == NoiseKind::wide) drawn = noise.of<true>(strip.noise + c);
        if (law.noise_in_v) e = hn::Add(e, drawn);
        if (law.step_den != 1) e = hn::Mul(e, q);
        V32 x = hn::Add(hn::ShiftRightSame(e, shift), splat(static_cast<std::int32_t>(fixed_half)));
        if (!law.noise_in_v) x = hn::Add(x, drawn);
        if (strip.offset != nullptr) x = hn::Add(x, hn::LoadU(D32(), strip.offset + c));
        const V32 exact = hn::ShiftRight<16>(x);
        const V32 code = hn::Min(hn::Max(exact, lo), hi);
        inside = hn::Add(inside, hn::VecFromMask(D32(), hn::Eq(exact, code)));
        hn::StoreU(hn::Add(hn::LoadU(D32(), sums + c), hn::Mul(code, factors)), D32(), sums + c);
    }
    std::int64_t total = strip_length;
    for_lanes(D32(), inside, [&](std::int32_t n) { total += n; });
    counts.clipped += static_cast<std::uint64_t>(total);
}

template <int unit_bits, class Sum>
HWY_INLINE void plain_strip_of_noise(const AnalogLaw& law, const AnalogStrip& strip, const Sum* sum,
                                     std::uint64_t noise_key, std::int32_t factor,
                                     std::int32_t* sums, AnalogCounts& counts) {
    if (law.noise_factor == 0)
        return plain_strip<NoiseKind::none, unit_bits>(law, strip, sum, noise_key, factor, sums,
                                                       counts);
    if (law.noise_factor >> 32 == 0)
        return plain_strip<NoiseKind::narrow, unit_bits>(law, strip, sum, noise_key, factor, sums,
                                                         counts);
    plain_strip<NoiseKind::wide, unit_bits>(law, strip, sum, noise_key, factor, sums, counts);
}

HWY_INLINE void plain_step(const AnalogLaw& law, const AnalogStrip& strip, const AnalogSteps& steps,
                           const Step& step, std::uint64_t noise_key, std::int32_t* sums,
                           AnalogCounts& counts) {
    const auto factor = static_cast<std::int32_t>(step.factor);
    if (law.gains) {
        Strip<std::int32_t> e;
        add_rows(steps, step, law.unit_drives, strip.gained, e);
        return plain_strip_of_noise<16>(law, strip, e.of, noise_key, factor, sums, counts);
    }
    if (law.bytes) {
        Strip<std::uint8_t> v;
        sum_rows<std::uint8_t, true>(steps, step, strip.bytes, v);
        return plain_strip_of_noise<0>(law, strip, v.of, noise_key, factor, sums, counts);
    }
    Strip<std::int16_t> v;
    add_rows(steps, step, law.unit_drives, strip.cells, v);
    plain_strip_of_noise<0>(law, strip, v.of, noise_key, factor, sums, counts);
}

template <class Run>
HWY_INLINE void for_steps(std::span<const AnalogSteps> vectors, std::size_t group,
                          std::span<const std::uint64_t> n, std::uint64_t key, const Run& run) {
    for (std::size_t v = 0; v < vectors.size(); ++v) {
        const AnalogSteps& steps = vectors[v];
        const std::size_t begin = steps.group_begin(group), end = steps.group_end(group);
        for (std::size_t s = begin; s < end; ++s)
            run(v, steps, steps[s], key + ((n[v] + (s - begin)) << 14) * golden_gamma);
    }
}

void analog(const AnalogLaw& law, const AnalogStrip& strip, std::span<const AnalogSteps> vectors,
            std::size_t group, std::span<const std::uint64_t> n, std::uint64_t key,
            std::int32_t* sums, std::size_t stride, AnalogCounts& counts) {
    if (law.plain && strip.columns == strip_length)
        return for_steps(vectors, group, n, key,
                         [&](std::size_t v, const AnalogSteps& steps, const Step& step,
                             std::uint64_t noise) HWY_ATTR {
                             plain_step(law, strip, steps, step, noise, sums + v * stride, counts);
                         });
    for_steps(vectors, group, n, key,
              [&](std::size_t v, const AnalogSteps& steps, const Step& step, std::uint64_t noise)
                  HWY_ATTR {
                      std::int32_t* of = sums + v * stride;
                      if (law.narrow)
                          analog_step<std::int32_t>(law, strip, steps, step, noise, of, counts);
                      else
                          analog_step<std::int64_t>(law, strip, steps, step, noise, of, counts);
                  });
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(analog);
void run_analog(const AnalogLaw& law, const AnalogStrip& strip,
                std::span<const AnalogSteps> vectors, std::size_t group,
                std::span<const std::uint64_t> n, std::uint64_t key, std::int32_t* sums,
                std::size_t stride, AnalogCounts& counts) {
    HWY_DYNAMIC_DISPATCH(analog)(law, strip, vectors, group, n, key, sums, stride, counts);
}

}  // namespace golden::fast
#endif
