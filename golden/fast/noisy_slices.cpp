// SPDX-License-Identifier: Apache-2.0
/// Slices whose every conversion has noise of its own.
#include <algorithm>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/noisy_slices.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/analog.hpp"
#include "golden/fast/noise-inl.hpp"
#include "golden/fast/slices-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

constexpr std::size_t part_offsets =
    2 * byte_lane_count / 4;  ///< of the draws of one half of a plane

/// 32-bit numbers of a chunk's outputs: [half of widen()][half of each 16 bytes of that].
struct OutputLanes {
    V32 of[2][2];

    HWY_INLINE void clear() {
        for (auto& half : of) half[0] = half[1] = zero();
    }
    /// In the order of the outputs.
    HWY_INLINE void store(std::int32_t (&out)[byte_lane_count]) const {
        HWY_ALIGN std::int32_t lanes[2][2][lane_count];
        for (int h = 0; h < 2; ++h) {
            for (int i = 0; i < 2; ++i) hn::Store(of[h][i], D32(), lanes[h][i]);
        }
        for (int o = 0; o < byte_lane_count; o += 4)
            // An offset of few words.
            // NOLINTNEXTLINE(bugprone-implicit-widening-of-multiplication-result)
            std::memcpy(out + o, lanes[o / 8 % 2][o / 4 % 2] + o / 16 * 4, 4 * sizeof *out);
    }
};

/// Where the units of v come from, and where the noise is added.
enum class Units { shifted, shifted_after, table };

template <Units unit_kind>
class NoisyKernel {
  public:
    NoisyKernel(const SliceForm& form, const NoisyChunk& chunk)
        : form_(form), law_(form.noise), chunk_(chunk), digits_(form.noise.factor) {
        for (int j = 0; j < form.planes; ++j) {
            const std::int32_t factor = form.plane_factor[j] & 0xffff;
            factors_[j / 2] |= j % 2 == 0 ? factor : factor << 16;
        }
        totals_.clear();
    }

    void run() {
        const ChunkJob& job = *chunk_.job;
        const std::size_t group_bytes = (form_.rows + 1) * byte_lane_count;
        const std::uint32_t* x = job.inputs;
        SliceAccumulators accumulators;
        for (std::size_t vector = 0; vector < job.vectors; ++vector) {
            const auto* w = reinterpret_cast<const std::uint8_t*>(job.weights);
            const std::uint64_t* n = chunk_.numbers + vector * chunk_.sets;
            accumulators.begin(job.start);
            OutputLanes sums;
            sums.clear();
            std::size_t group_in_tile = 0, tile = 0;
            std::uint64_t key = 0;
            for (std::size_t group = 0; group < form_.groups; ++group, w += group_bytes) {
                if (group_in_tile == 0 && tile++ % chunk_.tiles_per_set == 0)
                    key = chunk_.key + (*n++ << 14) * golden_gamma;
                x = run_group(x, w, key, sums);
                if (++group_in_tile == form_.groups_per_tile || group + 1 == form_.groups) {
                    HWY_ALIGN std::int32_t of_tile[byte_lane_count];
                    sums.store(of_tile);
                    sums.clear();
                    accumulators.end_tile(job, of_tile);
                    group_in_tile = 0;
                }
            }
            accumulators.store(job, vector);
        }
        count();
    }

  private:
    /// Moves `key` behind the group's steps.
    HWY_INLINE const std::uint32_t* run_group(const std::uint32_t* x, const std::uint8_t* w,
                                              std::uint64_t& key, OutputLanes& sums) {
        V16 clipped[2] = {hn::Zero(D16()), hn::Zero(D16())};
        const auto add_step = [&](std::int32_t factor, std::uint32_t blocks,
                                  const std::uint16_t* rows) GOLDEN_FAST_INLINE_LAMBDA {
            V8 v[counter_bits];
            count_rows(v, blocks, rows, w);
            if (form_.track_max) {
                for (int j = 0; j < form_.planes; ++j) greatest_ = hn::Max(greatest_, v[j]);
            }
            for (int h = 0; h < 2; ++h)
                add_half(v, h, hn::Set(DU64(), key), splat(factor), clipped[h], sums);
            key += (std::uint64_t{1} << 14) * golden_gamma;
        };
        for_steps(x, add_step);
        for (int h = 0; h < 2; ++h) {
            const V16 none = hn::Zero(D16());
            const V16 halves[2] = {hn::InterleaveLower(D16(), clipped[h], none),
                                   hn::InterleaveUpper(D16(), clipped[h], none)};
            for (int i = 0; i < 2; ++i)
                totals_.of[h][i] = hn::Add(totals_.of[h][i], hn::BitCast(D32(), halves[i]));
        }
        return x;
    }

    /// The codes of one half of the outputs, of all planes, times the factors of planes and step.
    HWY_INLINE void add_half(const V8 (&v)[counter_bits], int h, VU64 base, V32 factor,
                             V16& clipped, OutputLanes& sums) const {
        V32 part[2] = {zero(), zero()};
        for (int j = 0; j < form_.planes; j += 2) {
            const V16 even = code(v[j], j, h, base, clipped);
            const V16 odd =
                j + 1 < form_.planes ? code(v[j + 1], j + 1, h, base, clipped) : hn::Zero(D16());
            const V32 factors = splat(factors_[j / 2]);
            part[0] = add_products(
                part[0], hn::BitCast(D32(), hn::InterleaveLower(D16(), even, odd)), factors);
            part[1] = add_products(
                part[1], hn::BitCast(D32(), hn::InterleaveUpper(D16(), even, odd)), factors);
        }
        for (int i = 0; i < 2; ++i)
            sums.of[h][i] = hn::Add(sums.of[h][i], hn::Mul(part[i], factor));
    }

    HWY_INLINE V16 code(V8 v, int j, int h, VU64 base, V16& clipped) const {
        const V16 z =
            draw_lanes(base, chunk_.offsets + static_cast<std::size_t>(2 * j + h) * part_offsets);
        V32 noise[2];
        digits_.scale(z, noise);
        const V16 none = hn::Zero(D16()), values = widen(v, h);
        const V32 half = splat(1 << 15);
        V32 exact[2];
        for (int i = 0; i < 2; ++i) {
            if constexpr (unit_kind == Units::table) {
                const V32 at =
                    hn::BitCast(D32(), i == 0 ? hn::InterleaveLower(D16(), values, none)
                                              : hn::InterleaveUpper(D16(), values, none));
                exact[i] = hn::Add(hn::GatherIndex(D32(), law_.units.data(), at), noise[i]);
            } else {
                const V32 units =
                    hn::BitCast(D32(), i == 0 ? hn::InterleaveLower(D16(), none, values)
                                              : hn::InterleaveUpper(D16(), none, values));
                if constexpr (unit_kind == Units::shifted) {
                    exact[i] =
                        hn::Add(hn::Add(hn::ShiftRightSame(units, law_.shift), half), noise[i]);
                } else {
                    exact[i] =
                        hn::Add(hn::ShiftRightSame(hn::Add(units, noise[i]), law_.shift), half);
                }
            }
            exact[i] = hn::ShiftRight<16>(exact[i]);
        }
        const V16 found = hn::ReorderDemote2To(D16(), exact[0], exact[1]);
        const V16 kept =
            hn::Min(hn::Max(found, none), hn::Set(D16(), static_cast<std::int16_t>(law_.hi)));
        clipped = hn::Sub(clipped, hn::VecFromMask(D16(), hn::Ne(found, kept)));
        return kept;
    }

    void count() const {
        KernelCounts& counts = *chunk_.job->counts;
        std::int32_t clipped[byte_lane_count];
        totals_.store(clipped);
        for (std::size_t o = 0; o < chunk_.outputs; ++o)
            counts.clipped += static_cast<std::uint32_t>(clipped[o]);
        for_lanes(D8(), greatest_,
                  [&](std::int64_t v) { counts.value_max = std::max(counts.value_max, v); });
    }

    const SliceForm& form_;
    const NoiseLaw& law_;
    const NoisyChunk& chunk_;
    NoiseDigits digits_;
    std::int32_t factors_[4] = {};  ///< of two planes each
    V8 greatest_ = hn::Zero(D8());
    OutputLanes totals_;  ///< clipped codes
};

void noisy_slices(const SliceForm& form, const NoisyChunk& chunk) {
    if (form.noise.shift < 0) return NoisyKernel<Units::table>(form, chunk).run();
    if (form.noise.in_v) return NoisyKernel<Units::shifted_after>(form, chunk).run();
    NoisyKernel<Units::shifted>(form, chunk).run();
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(noisy_slices);
void run_noisy_slices(const SliceForm& form, const NoisyChunk& chunk) {
    HWY_DYNAMIC_DISPATCH(noisy_slices)(form, chunk);
}

}  // namespace golden::fast
#endif
