// SPDX-License-Identifier: Apache-2.0
/// Bit planes as slices: a byte holds all planes of one weight, and rows are added up bit by bit,
/// in as many columns at once as a vector has bits.
#include <algorithm>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/slices.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/bit_adc-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

/// Bytes of 1 where the mask holds.
template <class Mask>
HWY_INLINE V8 count_bytes(V8 count, Mask mask) {
#if HWY_TARGET == HWY_AVX3_DL
    return hn::IfThenElse(mask, hn::Add(count, hn::Set(D8(), std::uint8_t{1})), count);
#else
    return hn::Sub(count, hn::VecFromMask(D8(), mask));
#endif
}

/// Σ of neighbouring pairs of unsigned times signed bytes, which fit 16 bits.
HWY_INLINE V16 add_byte_products(V16 sum, V8 codes, V16 factors) {
#if HWY_TARGET == HWY_AVX3_DL
    return hn::Add(sum, V16{_mm512_maddubs_epi16(codes.raw, factors.raw)});
#elif HWY_TARGET == HWY_AVX2
    return hn::Add(sum, V16{_mm256_maddubs_epi16(codes.raw, factors.raw)});
#elif HWY_TARGET == HWY_SSSE3
    return hn::Add(sum, V16{_mm_maddubs_epi16(codes.raw, factors.raw)});
#else
    const V16 pairs = hn::BitCast(D16(), codes);
    const V16 even = hn::And(pairs, hn::Set(D16(), 255));
    const V16 odd = hn::BitCast(D16(), hn::ShiftRight<8>(hn::BitCast(DU16(), pairs)));
    const V16 even_factor = hn::ShiftRight<8>(hn::ShiftLeft<8>(factors));
    return hn::Add(sum,
                   hn::Add(hn::Mul(even, even_factor), hn::Mul(odd, hn::ShiftRight<8>(factors))));
#endif
}

/// The codes of a plane, in bytes.
template <bool clips_codes>
HWY_INLINE V8 byte_code(const NarrowLaw& law, V8 v, V8& clipped) {
    const D8 d;
    const DU16 d16;
    V8 u = v;
    if (law.shift == 1) {
        u = hn::AverageRound(v, hn::Zero(d));
    } else if (law.shift > 0) {
        const V8 raised = hn::Add(v, hn::Set(d, static_cast<std::uint8_t>(law.offset)));
        u = hn::And(hn::BitCast(d, hn::ShiftRightSame(hn::BitCast(d16, raised), law.shift)),
                    hn::Set(d, static_cast<std::uint8_t>(255 >> law.shift)));
    }
    if constexpr (clips_codes) {
        const V8 code = hn::Min(u, hn::Set(d, static_cast<std::uint8_t>(law.hi)));
        clipped = count_bytes(clipped, hn::Ne(u, code));
        u = code;
    }
    return u;
}

/// The codes of half h of a plane, in 16 bits.
template <bool clips_codes>
HWY_INLINE V16 word_code(const NarrowLaw& law, V16 v, V8& clipped) {
    const DU16 du;
    const D16 d;
    const VU16 raised = hn::Add(hn::BitCast(du, v), hn::Set(du, law.offset));
    V16 code = hn::BitCast(d, hn::MulHigh(raised, hn::Set(du, law.factor)));
    if constexpr (clips_codes) {
        const V16 hi = hn::Set(d, static_cast<std::int16_t>(law.hi));
        // Two bytes of ones: counted twice.
        clipped = hn::Sub(clipped, hn::BitCast(D8(), hn::VecFromMask(d, hn::Gt(code, hi))));
        code = hn::Min(code, hi);
    }
    return code;
}

HWY_INLINE V32 promote(V16 part, int half) {
    const hn::Half<D16> d;
    return half == 0 ? hn::PromoteTo(D32(), hn::LowerHalf(d, part))
                     : hn::PromoteTo(D32(), hn::UpperHalf(d, part));
}

/// Digitizes bytes, step by step: for every law.
template <NarrowLaw::Kind law_kind, bool clips_codes, bool track_max>
class ByteAdc {
  public:
    explicit ByteAdc(const SliceForm& form)
        : form_(form), clipped_(hn::Zero(D64())), greatest_(hn::Zero(D8())) {
        for (V32& sum : sum_) sum = zero();
    }
    /// The codes of a group's steps, times the planes' factors, times the steps'. `x`: the group's
    /// words, which are read. `w`: its weights.
    HWY_INLINE void add_group(const std::uint32_t*& x, const std::uint8_t* w) {
        const auto add_step = [&](std::int32_t factor, std::uint32_t blocks,
                                  const std::uint16_t* rows) GOLDEN_FAST_INLINE_LAMBDA {
            V8 v[counter_bits];
            count_rows(v, blocks, rows, w);
            if constexpr (track_max) {
                for (int j = 0; j < form_.planes; ++j) greatest_ = hn::Max(greatest_, v[j]);
            }
            V16 parts[2] = {hn::Zero(D16()), hn::Zero(D16())};
            add_codes(v, parts);
            for (int i = 0; i < 4; ++i) {
                const V32 part = promote(parts[i / 2], i % 2);
                sum_[i] = hn::Add(sum_[i], hn::Mul(part, splat(factor)));
            }
        };
        for_steps(x, add_step);
    }
    /// The tile's sums, in the order of the outputs; and begins the next.
    HWY_INLINE void take(std::int32_t (&out)[byte_lane_count]) { take_sums<8>(sum_, out); }
    void count(KernelCounts& counts) const {
        std::uint64_t clipped = 0;
        for_lanes(D64(), clipped_,
                  [&](std::int64_t n) { clipped += static_cast<std::uint64_t>(n); });
        counts.clipped += law_kind == NarrowLaw::Kind::bytes ? clipped : clipped / 2;
        for_lanes(D8(), greatest_,
                  [&](std::int64_t v) { counts.value_max = std::max(counts.value_max, v); });
    }

  private:
    HWY_INLINE void add_codes(const V8 (&v)[counter_bits], V16 (&parts)[2]) {
        V8 clipped = hn::Zero(D8());
        if constexpr (law_kind == NarrowLaw::Kind::bytes) {
            for (int j = 0; j < form_.planes; j += 2) {
                const V8 even = byte_code<clips_codes>(form_.law, v[j], clipped);
                const V8 odd = byte_code<clips_codes>(form_.law, v[j + 1], clipped);
                const V16 factors = hn::Set(D16(), form_.pair_factor[j / 2]);
                parts[0] =
                    add_byte_products(parts[0], hn::InterleaveLower(D8(), even, odd), factors);
                parts[1] =
                    add_byte_products(parts[1], hn::InterleaveUpper(D8(), even, odd), factors);
            }
        } else {
            for (int j = 0; j < form_.planes; ++j) {
                const V16 factor = hn::Set(D16(), static_cast<std::int16_t>(form_.plane_factor[j]));
                for (int h = 0; h < 2; ++h) {
                    const V16 code = word_code<clips_codes>(form_.law, widen(v[j], h), clipped);
                    parts[h] = hn::Add(parts[h], hn::Mul(code, factor));
                }
            }
        }
        if constexpr (clips_codes)
            clipped_ = hn::Add(clipped_, hn::BitCast(D64(), hn::SumsOf8(clipped)));
    }

    const SliceForm& form_;
    V32 sum_[4];  ///< of the tile, in the halves of widen()
    V64 clipped_;
    V8 greatest_;
};

template <class Adc>
void slice_kernel(const SliceForm& form, const ChunkJob& job) {
    const std::size_t group_bytes = (form.rows + 1) * byte_lane_count;
    const std::uint32_t* x = job.inputs;
    Adc adc(form);
    SliceAccumulators accumulators;
    for (std::size_t vector = 0; vector < job.vectors; ++vector) {
        const auto* w = reinterpret_cast<const std::uint8_t*>(job.weights);
        accumulators.begin(job.start);
        std::size_t group_in_tile = 0;
        for (std::size_t group = 0; group < form.groups; ++group, w += group_bytes) {
            adc.add_group(x, w);
            if (++group_in_tile == form.groups_per_tile || group + 1 == form.groups) {
                std::int32_t tile[byte_lane_count];
                adc.take(tile);
                accumulators.end_tile(job, tile);
                group_in_tile = 0;
            }
        }
        accumulators.store(job, vector);
    }
    adc.count(*job.counts);
}

template <NarrowLaw::Kind law_kind, bool clips_codes>
void slice_kernel_of_track(const SliceForm& form, const ChunkJob& job) {
    if (form.track_max) return slice_kernel<ByteAdc<law_kind, clips_codes, true>>(form, job);
    slice_kernel<ByteAdc<law_kind, clips_codes, false>>(form, job);
}

/// Of the form's number of code bits, at most `code_bits`.
template <int code_bits>
void slice_kernel_of_bits(const SliceForm& form, const ChunkJob& job) {
    if constexpr (code_bits > 1) {
        if (form.law.code_bits < code_bits) return slice_kernel_of_bits<code_bits - 1>(form, job);
    }
    slice_kernel<BitAdc<code_bits>>(form, job);
}

void slices(const SliceForm& form, const ChunkJob& job) {
    using Kind = NarrowLaw::Kind;
    const NarrowLaw& law = form.law;
    if (form.steps_ascend && law.code_bits > 0 && !form.track_max)
        return slice_kernel_of_bits<max_sliced_code_bits>(form, job);
    if (law.kind == Kind::bytes) {
        if (law.clips) return slice_kernel_of_track<Kind::bytes, true>(form, job);
        return slice_kernel_of_track<Kind::bytes, false>(form, job);
    }
    if (law.clips) return slice_kernel_of_track<Kind::words, true>(form, job);
    slice_kernel_of_track<Kind::words, false>(form, job);
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(slices);
void run_slices(const SliceForm& form, const ChunkJob& job) {
    HWY_DYNAMIC_DISPATCH(slices)(form, job);
}

}  // namespace golden::fast
#endif
