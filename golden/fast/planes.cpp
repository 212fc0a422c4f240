// SPDX-License-Identifier: Apache-2.0
/// Bit planes: ones counted word by word.
#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/planes.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

// Offsets within the planes of a few steps are far below 2^31.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

/// v of one class and no signs; word_count > 0 fixes the number of words at compile time.
template <int word_count>
struct BitValue {
    static constexpr bool is_signed = false;

    /// `x`: words of one step, `w`: of all planes
    static HWY_INLINE V32 value(const PlaneForm& form, const std::uint32_t* x, const std::uint32_t*,
                                const std::uint32_t* w, int j) {
        const int words = word_count > 0 ? word_count : form.words;
        w += j * words * lane_count;
        V32 sum = zero();
        for (int base = 0; base < words; base += max_words) {
            const int end = words - base > max_words ? base + max_words : words;
            Ones ones = no_ones();
            for (int i = base; i < end; ++i)
                ones = add_ones(ones, hn::And(splat(x[i]), load(w + i * lane_count)));
            sum = hn::Add(sum, total_ones(ones));
        }
        return sum;
    }
};

/// v of two classes and signs: see code.hpp.
struct ClassValue {
    static constexpr bool is_signed = true;

    static HWY_INLINE V32 value(const PlaneForm& form, const std::uint32_t* x,
                                const std::uint32_t* x_sign, const std::uint32_t* w, int j) {
        const int words = form.words;
        const std::uint32_t* w_sign = w + 2 * form.planes * words * lane_count;
        w += 2 * j * words * lane_count;
        V32 sum = zero();
        for (int base = 0; base < words; base += max_words) {
            const int end = words - base > max_words ? base + max_words : words;
            Ones all[3] = {no_ones(), no_ones(), no_ones()};
            Ones minus[3] = {no_ones(), no_ones(), no_ones()};
            for (int i = base; i < end; ++i) {
                const V32 x0 = splat(x[i]), x1 = splat(x[words + i]);
                const V32 w0 = load(w + i * lane_count);
                const V32 w1 = load(w + (words + i) * lane_count);
                const V32 sign = hn::Xor(splat(x_sign[i]), load(w_sign + i * lane_count));
                const V32 level[3] = {hn::And(x0, w0), hn::Or(hn::And(x0, w1), hn::And(x1, w0)),
                                      hn::And(x1, w1)};
                for (int l = 0; l < 3; ++l) {
                    all[l] = add_ones(all[l], level[l]);
                    minus[l] = add_ones(minus[l], hn::And(level[l], sign));
                }
            }
            for (int l = 0; l < 3; ++l) {
                const V32 negative = total_ones(minus[l]);
                const V32 ones = hn::Sub(total_ones(all[l]), hn::Add(negative, negative));
                sum = hn::Add(sum, hn::ShiftLeftSame(ones, l * form.ratio_log2));
            }
        }
        return sum;
    }
};

/// One group's steps, the same for all vectors.
template <class Value>
struct FixedSteps {
    static constexpr bool tracks_max = false;
    static constexpr int sign_classes = Value::is_signed ? 2 : 1;
    const PlaneForm& form;
    const std::uint32_t* x;

    HWY_INLINE int count() const { return form.steps; }
    HWY_INLINE std::int32_t factor(int t) const { return form.step_factor[t]; }
    HWY_INLINE const std::uint32_t* words(int t) const { return x + t * sign_classes * form.words; }
    HWY_INLINE const std::uint32_t* signs() const { return words(form.steps); }
    HWY_INLINE const std::uint32_t* end() const {
        return signs() + (Value::is_signed ? form.words : 0);
    }
};

/// One group's steps as they are listed.
template <bool track_max>
struct ListedSteps {
    static constexpr bool tracks_max = track_max;
    const PlaneForm& form;
    const std::uint32_t* x;

    HWY_INLINE int count() const { return static_cast<int>(x[0]); }
    HWY_INLINE std::int32_t factor(int t) const { return static_cast<std::int32_t>(words(t)[-1]); }
    HWY_INLINE const std::uint32_t* words(int t) const { return x + 2 + t * (form.words + 1); }
    HWY_INLINE const std::uint32_t* signs() const { return nullptr; }
    HWY_INLINE const std::uint32_t* end() const { return words(count()) - 1; }
};

template <class Value, Law::Kind law_kind, class Steps>
void plane_kernel(const PlaneForm& form, const ChunkJob& job) {
    constexpr int sign_classes = Value::is_signed ? 2 : 1;
    constexpr int sign_planes = Value::is_signed ? 1 : 0;
    const std::size_t w_group =
        (sign_classes * form.planes + sign_planes) * form.words * lane_count;
    const std::uint32_t* x = job.inputs;
    V32 greatest = zero();
    for (std::size_t vector = 0; vector < job.vectors; ++vector) {
        const std::uint32_t* w = job.weights;
        Accumulators accumulators;
        accumulators.begin(job.start);
        V32 clipped = zero();
        std::size_t group_in_tile = 0;
        for (std::size_t group = 0; group < form.groups; ++group, w += w_group) {
            const Steps steps{form, x};
            x = steps.end();
            for (int t = 0; t < steps.count(); ++t) {
                V32 part = zero();
                for (int j = 0; j < form.planes; ++j) {
                    const V32 v = Value::value(form, steps.words(t), steps.signs(), w, j);
                    if constexpr (Steps::tracks_max) greatest = hn::Max(greatest, v);
                    const V32 code = digitize<law_kind, Value::is_signed>(form.law, v, clipped);
                    part = hn::Add(part, hn::Mul(code, splat(form.plane_factor[j])));
                }
                accumulators.add(part, steps.factor(t));
            }
            if (++group_in_tile == form.groups_per_tile || group + 1 == form.groups) {
                accumulators.end_tile(job.acc_min, job.acc_max);
                group_in_tile = 0;
            }
        }
        accumulators.store(job, vector);
        add_clipped(job, clipped);
    }
    for_lanes(D32(), greatest,
              [&](std::int64_t v) { job.counts->value_max = std::max(job.counts->value_max, v); });
}

template <class Value, class Steps>
void plane_kernel_of_law(const PlaneForm& form, const ChunkJob& job) {
    switch (form.law.kind) {
        case Law::Kind::shift:
            return plane_kernel<Value, Law::Kind::shift, Steps>(form, job);
        case Law::Kind::affine:
            return plane_kernel<Value, Law::Kind::affine, Steps>(form, job);
        case Law::Kind::table:
            return plane_kernel<Value, Law::Kind::table, Steps>(form, job);
    }
}

template <int word_count>
void run_bit_planes(const PlaneForm& form, const ChunkJob& job) {
    using Value = BitValue<word_count>;
    if (!form.is_listed) return plane_kernel_of_law<Value, FixedSteps<Value>>(form, job);
    if (form.track_max) return plane_kernel_of_law<Value, ListedSteps<true>>(form, job);
    plane_kernel_of_law<Value, ListedSteps<false>>(form, job);
}

void planes(const PlaneForm& form, const ChunkJob& job) {
    using Classes = ClassValue;
    if (form.is_signed) return plane_kernel_of_law<Classes, FixedSteps<Classes>>(form, job);
    if (form.words == 1) return run_bit_planes<1>(form, job);
    if (form.words == 2) return run_bit_planes<2>(form, job);
    if (form.words == 4) return run_bit_planes<4>(form, job);
    run_bit_planes<0>(form, job);
}

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(planes);
void run_planes(const PlaneForm& form, const ChunkJob& job) {
    HWY_DYNAMIC_DISPATCH(planes)(form, job);
}

}  // namespace golden::fast
#endif
