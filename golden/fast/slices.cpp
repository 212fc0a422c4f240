/// Bit planes as slices: a byte holds all planes of one weight, and rows are added up bit by bit,
/// in as many columns at once as a vector has bits.
#include <algorithm>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/slices.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"
#include "golden/fast/slices.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

using DU16 = hn::ScalableTag<std::uint16_t>;
using VU16 = hn::Vec<DU16>;

constexpr int kCounters = 8;  ///< bits of v

/// a + b + sum, bit by bit: the sum stays, the carry is returned.
HWY_INLINE V8 full_add(V8& sum, V8 a, V8 b) {
    const V8 differ = hn::Xor(a, b);
#if HWY_TARGET == HWY_AVX3_DL
    const V8 carry = hn::IfVecThenElse(differ, sum, a);  // bit by bit here; by bytes on AVX2
#else
    const V8 carry = hn::Or(hn::And(a, b), hn::And(differ, sum));
#endif
    sum = hn::Xor(sum, differ);
    return carry;
}

/// Adds kSliceRows rows to counters 0 to 2; `offsets` says where they lie. Returns the carry.
HWY_INLINE V8 add_rows(V8 (&counters)[kCounters], const std::uint8_t* weights,
                       const std::uint16_t* offsets) {
    const D8 d;
    const auto row = [&](int i) HWY_ATTR { return hn::Load(d, weights + offsets[i]); };
    V8 twos[2], fours[2];
    for (int half = 0; half < 2; ++half) {
        for (int pair = 0; pair < 2; ++pair) {
            const int i = 4 * half + 2 * pair;
            twos[pair] = full_add(counters[0], row(i), row(i + 1));
        }
        fours[half] = full_add(counters[1], twos[0], twos[1]);
    }
    return full_add(counters[2], fours[0], fours[1]);
}

/// Adds `carry` to counter `first` and the ones above.
template <int first>
HWY_INLINE void add_carry(V8 (&counters)[kCounters], V8 carry) {
    for (int i = first; i < kCounters; ++i) {
        const V8 next = hn::And(counters[i], carry);
        counters[i] = hn::Xor(counters[i], carry);
        carry = next;
    }
}

/// Exchanges the bits above kMask of `low` with those below it of `high`, kShift apart.
template <int kShift, int kMask>
HWY_INLINE void exchange(V8& low, V8& high) {
    const D8 d;
    const DU16 d16;
    const V8 down = hn::BitCast(d, hn::ShiftRight<kShift>(hn::BitCast(d16, low)));
    const V8 moved = hn::And(hn::Xor(down, high), hn::Set(d, std::uint8_t{kMask}));
    high = hn::Xor(high, moved);
    low = hn::Xor(low, hn::BitCast(d, hn::ShiftLeft<kShift>(hn::BitCast(d16, moved))));
}

/// Bit j of vector i becomes bit i of vector j, in every byte.
HWY_INLINE void transpose(V8 (&v)[8]) {
    for (int i : {0, 1, 2, 3}) exchange<4, 0x0f>(v[i], v[i + 4]);
    for (int i : {0, 1, 4, 5}) exchange<2, 0x33>(v[i], v[i + 2]);
    for (int i : {0, 2, 4, 6}) exchange<1, 0x55>(v[i], v[i + 1]);
}

/// What a chunk's vector of outputs adds up to: codes of one step, then of one tile. In 16 bits,
/// half h holds the bytes 8h … 8h + 7 of every 16, in order.
struct SliceSums {
    V16 part[2];
    V32 sum[4];
    V64 clipped;
};

HWY_INLINE V16 widen(V8 v, int h) {
    const V8 none = hn::Zero(D8());
    return hn::BitCast(
        D16(), h == 0 ? hn::InterleaveLower(D8(), v, none) : hn::InterleaveUpper(D8(), v, none));
}

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
template <bool kClips>
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
    if constexpr (kClips) {
        const V8 code = hn::Min(u, hn::Set(d, static_cast<std::uint8_t>(law.hi)));
        clipped = count_bytes(clipped, hn::Ne(u, code));
        u = code;
    }
    return u;
}

/// The codes of half h of a plane, in 16 bits.
template <bool kClips>
HWY_INLINE V16 word_code(const NarrowLaw& law, V16 v, V8& clipped) {
    const DU16 du;
    const D16 d;
    const VU16 raised = hn::Add(hn::BitCast(du, v), hn::Set(du, law.offset));
    V16 code = hn::BitCast(d, hn::MulHigh(raised, hn::Set(du, law.factor)));
    if constexpr (kClips) {
        const V16 hi = hn::Set(d, static_cast<std::int16_t>(law.hi));
        // Two bytes of ones: counted twice.
        clipped = hn::Sub(clipped, hn::BitCast(D8(), hn::VecFromMask(d, hn::Gt(code, hi))));
        code = hn::Min(code, hi);
    }
    return code;
}

/// The codes of all planes, times the planes' factors.
template <NarrowLaw::Kind kKind, bool kClips>
HWY_INLINE void add_codes(const SliceForm& form, const V8 (&v)[kCounters], SliceSums& sums) {
    V8 clipped = hn::Zero(D8());
    for (V16& part : sums.part) part = hn::Zero(D16());
    if constexpr (kKind == NarrowLaw::Kind::bytes) {
        for (int j = 0; j < form.planes; j += 2) {
            const V8 even = byte_code<kClips>(form.law, v[j], clipped);
            const V8 odd = byte_code<kClips>(form.law, v[j + 1], clipped);
            const V16 factors = hn::Set(D16(), form.pair_factor[j / 2]);
            sums.part[0] =
                add_byte_products(sums.part[0], hn::InterleaveLower(D8(), even, odd), factors);
            sums.part[1] =
                add_byte_products(sums.part[1], hn::InterleaveUpper(D8(), even, odd), factors);
        }
    } else {
        for (int j = 0; j < form.planes; ++j) {
            const V16 factor = hn::Set(D16(), static_cast<std::int16_t>(form.plane_factor[j]));
            for (int h = 0; h < 2; ++h) {
                const V16 code = word_code<kClips>(form.law, widen(v[j], h), clipped);
                sums.part[h] = hn::Add(sums.part[h], hn::Mul(code, factor));
            }
        }
    }
    if constexpr (kClips)
        sums.clipped = hn::Add(sums.clipped, hn::BitCast(D64(), hn::SumsOf8(clipped)));
}

HWY_INLINE V32 promote(V16 part, int half) {
    const hn::Half<D16> d;
    return half == 0 ? hn::PromoteTo(D32(), hn::LowerHalf(d, part))
                     : hn::PromoteTo(D32(), hn::UpperHalf(d, part));
}

/// One step: v of all planes of the rows listed in `x`, their codes, and these times `factor`.
template <NarrowLaw::Kind kKind, bool kClips, bool kTrack>
HWY_INLINE void add_step(const SliceForm& form, std::int32_t factor, std::uint32_t blocks,
                         const std::uint16_t* x, const std::uint8_t* w, V8& greatest,
                         SliceSums& sums) {
    V8 v[kCounters];
    for (auto& counter : v) counter = hn::Zero(D8());
    std::uint32_t block = 0;
    for (; block + 2 <= blocks; block += 2) {
        const V8 eights = add_rows(v, w, x + block * kSliceRows);
        const V8 others = add_rows(v, w, x + (block + 1) * kSliceRows);
        add_carry<4>(v, full_add(v[3], eights, others));
    }
    if (block < blocks) add_carry<3>(v, add_rows(v, w, x + block * kSliceRows));
    transpose(v);
    if constexpr (kTrack) {
        for (int j = 0; j < form.planes; ++j) greatest = hn::Max(greatest, v[j]);
    }
    add_codes<kKind, kClips>(form, v, sums);
    for (int i = 0; i < 4; ++i) {
        const V32 part = promote(sums.part[i / 2], i % 2);
        sums.sum[i] = hn::Add(sums.sum[i], hn::Mul(part, splat(factor)));
    }
}

/// The accumulators of a chunk, in the order of the outputs.
struct SliceAccumulators {
    HWY_ALIGN std::int64_t acc[kByteLanes];
    HWY_ALIGN std::int64_t changed[kByteLanes];

    void begin(const std::int64_t* start) {
        std::memcpy(acc, start, sizeof acc);
        std::memset(changed, 0, sizeof changed);
    }
    /// acc = sat(acc + sum), sum = 0
    HWY_INLINE void end_tile(const ChunkJob& job, SliceSums& sums) {
        HWY_ALIGN std::int32_t halves[2][kByteLanes / 2];
        for (int i = 0; i < 4; ++i) {
            hn::Store(sums.sum[i], D32(), halves[i / 2] + i % 2 * kLanes);
            sums.sum[i] = zero();
        }
        std::int32_t sum[kByteLanes];
        for (int o = 0; o < kByteLanes; o += 8)
            std::memcpy(sum + o, halves[o / 8 % 2] + o / 16 * 8, 8 * sizeof *sum);
        const std::int64_t min = job.acc_min, max = job.acc_max;
        for (int o = 0; o < kByteLanes; ++o) {
            const std::int64_t exact = acc[o] + sum[o];
            const std::int64_t capped = exact > max ? max : exact;
            acc[o] = capped < min ? min : capped;
            changed[o] |= exact ^ acc[o];
        }
    }
    void store(const ChunkJob& job, std::size_t vector) const {
        std::memcpy(job.outputs + vector * job.output_stride, acc, sizeof acc);
        if (job.used == nullptr) return;
        std::int64_t any = 0;
        for (int o = 0; o < kByteLanes; ++o) any |= changed[o] & job.used[o];
        if (any != 0) job.saturated[vector] = 1;
    }
};

template <NarrowLaw::Kind kKind, bool kClips, bool kTrack>
void slice_kernel(const SliceForm& form, const ChunkJob& job) {
    const std::size_t group_bytes = (form.rows + 1) * kByteLanes;
    const std::uint32_t* x = job.inputs;
    V8 greatest = hn::Zero(D8());
    SliceSums sums;
    sums.clipped = hn::Zero(D64());
    for (V32& sum : sums.sum) sum = zero();
    SliceAccumulators accumulators;
    for (std::size_t vector = 0; vector < job.vectors; ++vector) {
        const auto* w = reinterpret_cast<const std::uint8_t*>(job.weights);
        accumulators.begin(job.start);
        std::size_t group_in_tile = 0;
        for (std::size_t group = 0; group < form.groups; ++group, w += group_bytes) {
            for (std::uint32_t left = *x++; left > 0; --left) {
                const auto factor = static_cast<std::int32_t>(x[0]);
                const std::uint32_t blocks = x[1];
                add_step<kKind, kClips, kTrack>(form, factor, blocks,
                                                reinterpret_cast<const std::uint16_t*>(x + 2), w,
                                                greatest, sums);
                x += 2 + blocks * (kSliceRows / 2);
            }
            if (++group_in_tile == form.groups_per_tile || group + 1 == form.groups) {
                accumulators.end_tile(job, sums);
                group_in_tile = 0;
            }
        }
        accumulators.store(job, vector);
    }
    std::uint64_t clipped = 0;
    for_lanes(D64(), sums.clipped,
              [&](std::int64_t n) { clipped += static_cast<std::uint64_t>(n); });
    job.counts->clipped += kKind == NarrowLaw::Kind::bytes ? clipped : clipped / 2;
    for_lanes(D8(), greatest,
              [&](std::int64_t v) { job.counts->value_max = std::max(job.counts->value_max, v); });
}

template <NarrowLaw::Kind kKind, bool kClips>
void slice_kernel_of_track(const SliceForm& form, const ChunkJob& job) {
    if (form.track_max) return slice_kernel<kKind, kClips, true>(form, job);
    slice_kernel<kKind, kClips, false>(form, job);
}

void slices(const SliceForm& form, const ChunkJob& job) {
    using Kind = NarrowLaw::Kind;
    const NarrowLaw& law = form.law;
    if (law.kind == Kind::bytes) {
        if (law.clips) return slice_kernel_of_track<Kind::bytes, true>(form, job);
        return slice_kernel_of_track<Kind::bytes, false>(form, job);
    }
    if (law.clips) return slice_kernel_of_track<Kind::words, true>(form, job);
    slice_kernel_of_track<Kind::words, false>(form, job);
}

std::size_t byte_lanes() { return kByteLanes; }

void fill_block(std::size_t rows, std::uint16_t* out) {
    const auto none = static_cast<std::uint16_t>(rows * kByteLanes);
    for (std::size_t i = 0; i < kSliceRows; ++i) out[i] = none;
}

#if HWY_TARGET == HWY_AVX3_DL
/// Offsets of the rows whose bit is 1, and a block of offsets of the row of zeros behind them.
std::size_t list_rows(const std::uint32_t* words, std::size_t rows, std::uint16_t* out) {
    const DU16 d;
    constexpr std::size_t kStep = hn::MaxLanes(DU16());
    const auto* bits = reinterpret_cast<const std::uint8_t*>(words);
    VU16 offset = hn::ShiftLeftSame(hn::Iota(d, 0), std::countr_zero(unsigned{kByteLanes}));
    const VU16 step = hn::Set(d, static_cast<std::uint16_t>(kStep * kByteLanes));
    std::size_t count = 0;
    for (std::size_t first = 0; first < rows; first += kStep) {
        std::uint8_t some[8] = {};
        std::memcpy(some, bits + first / 8, kStep / 8);
        std::uint64_t mask;
        std::memcpy(&mask, some, sizeof mask);
        hn::StoreU(hn::Compress(offset, hn::LoadMaskBits(d, some)), d, out + count);
        count += static_cast<std::size_t>(std::popcount(mask));
        offset = hn::Add(offset, step);
    }
    fill_block(rows, out + count);
    return count;
}
#else
/// The positions of the ones of every byte, in order.
struct Positions {
    std::uint8_t of[256][8] = {};
    constexpr Positions() {
        for (int byte = 0; byte < 256; ++byte) {
            int count = 0;
            for (int bit = 0; bit < 8; ++bit) {
                if ((byte >> bit & 1) != 0) of[byte][count++] = static_cast<std::uint8_t>(bit);
            }
        }
    }
};

/// The same, eight rows at a time.
std::size_t list_rows(const std::uint32_t* words, std::size_t rows, std::uint16_t* out) {
    static constexpr Positions kPositions;
    const hn::FixedTag<std::uint16_t, 8> d;
    const hn::FixedTag<std::uint8_t, 8> d8;
    const auto* bits = reinterpret_cast<const std::uint8_t*>(words);
    std::size_t count = 0;
    for (std::size_t first = 0; first < rows; first += 8) {
        const std::uint8_t byte = bits[first / 8];
        const auto row = hn::PromoteTo(d, hn::LoadU(d8, kPositions.of[byte]));
        const auto offset = hn::ShiftLeft<std::countr_zero(unsigned{kByteLanes})>(row);
        const auto base = hn::Set(d, static_cast<std::uint16_t>(first * kByteLanes));
        hn::StoreU(hn::Add(offset, base), d, out + count);
        count += static_cast<std::size_t>(std::popcount(byte));
    }
    fill_block(rows, out + count);
    return count;
}
#endif

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(slices);
HWY_EXPORT(byte_lanes);
HWY_EXPORT(list_rows);

void run_slices(const SliceForm& form, const ChunkJob& job) {
    HWY_DYNAMIC_DISPATCH(slices)(form, job);
}

std::optional<NarrowLaw> make_narrow_law(const Adc& adc, std::int64_t greatest_v) {
    constexpr std::int64_t kOne = 65536;
    NarrowLaw law;
    if (adc.lo != 0 || adc.hi > 32766) return std::nullopt;
    law.hi = static_cast<std::int32_t>(adc.hi);
    law.clips = adc.unclipped(greatest_v) > adc.hi;
    law.greatest = static_cast<std::int32_t>(std::min(adc.unclipped(greatest_v), adc.hi));
    const auto step = static_cast<std::uint64_t>(adc.step_num);
    if (adc.step_den == 1 && std::has_single_bit(step) && adc.step_num / 2 + greatest_v <= 255 &&
        law.greatest <= 255) {
        law.kind = NarrowLaw::Kind::bytes;
        law.shift = std::countr_zero(step);
        law.offset = static_cast<std::uint16_t>(adc.step_num / 2);
        law.hi = std::min(law.hi, 255);
        return law;
    }
    const std::int64_t below = kOne * adc.step_den / adc.step_num;
    for (std::int64_t factor = std::max<std::int64_t>(below, 1); factor <= below + 1; ++factor) {
        if (factor >= kOne) break;
        // (v + offset) · factor must reach code · 2^16 and stay below (code + 1) · 2^16.
        Range offset{0, kOne - 1 - greatest_v};
        for (std::int64_t v = 0; v <= greatest_v; ++v) {
            const std::int64_t code = std::min(adc.unclipped(v), adc.hi + 1);
            offset.min = std::max(offset.min, (code * kOne + factor - 1) / factor - v);
            if (code <= adc.hi)
                offset.max = std::min(offset.max, ((code + 1) * kOne - 1) / factor - v);
        }
        const std::int64_t most = (greatest_v + offset.min) * factor / kOne;
        if (offset.min > offset.max || most > 32767) continue;
        law.offset = static_cast<std::uint16_t>(offset.min);
        law.factor = static_cast<std::uint16_t>(factor);
        return law;
    }
    return std::nullopt;
}

std::size_t SliceSteps::words(std::size_t rows, std::size_t steps) {
    const std::size_t blocks = (rows + kSliceRows - 1) / kSliceRows;
    return 1 + steps * (2 + blocks * kSliceRows / 2);
}

void SliceSteps::add(std::int32_t factor, const std::uint32_t* bits) {
    auto* offsets = reinterpret_cast<std::uint16_t*>(out_ + 2);
    const std::size_t count = HWY_DYNAMIC_DISPATCH(list_rows)(bits, rows_, offsets);
    if (count == 0) return;
    const std::size_t blocks = (count + kSliceRows - 1) / kSliceRows;
    ++*steps_;
    out_[0] = static_cast<std::uint32_t>(factor);
    out_[1] = static_cast<std::uint32_t>(blocks);
    out_ += 2 + blocks * kSliceRows / 2;
}

std::optional<NarrowLaw> SliceEngine::law_of(const Job& job, int planes, std::int64_t plane_sum,
                                             std::int64_t step_sum) {
    const std::size_t rows = job.layout.active_rows;
    if (planes < 4 || rows > kMaxSliceRows) return std::nullopt;
    if (2 * job.layout.outputs < HWY_DYNAMIC_DISPATCH(byte_lanes)()) return std::nullopt;
    const auto law = make_narrow_law(job.adc, static_cast<std::int64_t>(rows));
    if (!law) return std::nullopt;
    const std::int64_t part = law->greatest * plane_sum;
    const auto groups = static_cast<std::int64_t>(job.layout.groups);
    const bool fits = part <= 32767 && part * step_sum * groups <= 2147483647;
    return fits ? law : std::nullopt;
}

SliceEngine::SliceEngine(const Job& job, SliceForm form)
    : ChunkEngine(job, HWY_DYNAMIC_DISPATCH(byte_lanes)()), form_(form) {
    const Layout& layout = job.layout;
    form_.rows = layout.active_rows;
    form_.groups = layout.driven_groups;
    form_.groups_per_tile = layout.groups;
    for (int j = 0; j < form_.planes; ++j) {
        const int byte = (form_.plane_factor[j] & 255) << (j % 2 == 0 ? 0 : 8);
        form_.pair_factor[j / 2] = static_cast<std::int16_t>(form_.pair_factor[j / 2] | byte);
    }
    make_weights(((form_.rows + 1) * form_.groups + 3) / 4);
    const auto planes = static_cast<std::uint8_t>((1 << form_.planes) - 1);
    for (std::size_t k = 0; k < layout.features; ++k) {
        const std::size_t group = k / form_.rows, row = k % form_.rows;
        const std::size_t at = (group * (form_.rows + 1) + row) * lanes_;
        const std::int64_t* weights = &job.operands.weights.data[k * layout.outputs];
        for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
            const std::size_t first = chunk * lanes_;
            const std::size_t used = std::min(lanes_, layout.outputs - first);
            auto* bytes = reinterpret_cast<std::uint8_t*>(chunk_weights(chunk)) + at;
            low_bytes(weights + first, used, bytes);
            for (std::size_t o = 0; o < used; ++o) bytes[o] &= planes;
        }
    }
}

}  // namespace golden::fast
#endif
