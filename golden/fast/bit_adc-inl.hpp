// SPDX-License-Identifier: Apache-2.0
/// The ADCs of a vector of columns bit by bit, for one instruction set. Included through Highway's
/// foreach_target.h, once for each.
#include <bit>

#include "golden/fast/slices-inl.hpp"

#if defined(GOLDEN_FAST_BIT_ADC_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOLDEN_FAST_BIT_ADC_INL
#undef GOLDEN_FAST_BIT_ADC_INL
#else
#define GOLDEN_FAST_BIT_ADC_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {

/// Digitizes bit by bit, all columns of a vector at once, and adds the steps up so: only the sums
/// of a group become bytes. For laws of code_bits > 0 and forms whose steps ascend.
template <int code_bits>
class BitAdc {
  public:
    explicit BitAdc(const SliceForm& form) : form_(form) {
        for (V32& sum : sum_) sum = zero();
    }
    /// As ByteAdc's.
    HWY_INLINE void add_group(const std::uint32_t*& x, const std::uint8_t* w) {
        HWY_ALIGN std::uint8_t low[16][byte_lane_count];  // bits of the sum that are final
        int low_bits = 0;
        V8 window[code_bits];  // the bits above
        for (V8& bit : window) bit = hn::Zero(D8());
        const auto shift = [&](V8 top) GOLDEN_FAST_INLINE_LAMBDA {
            hn::Store(window[0], D8(), low[low_bits++]);
            for (int i = 1; i < code_bits; ++i) window[i - 1] = window[i];
            window[code_bits - 1] = top;
        };
        const auto add_step = [&](std::int32_t factor, std::uint32_t blocks,
                                  const std::uint16_t* rows) GOLDEN_FAST_INLINE_LAMBDA {
            V8 code[code_bits];
            V8 v[counter_bits];
            count_rows_by_bits(v, blocks, rows, w);
            digitize_bits(code, v);
            // shift() raises low_bits.
            // NOLINTNEXTLINE(bugprone-infinite-loop)
            while ((std::int32_t{1} << low_bits) < factor) shift(hn::Zero(D8()));
            V8 carry = hn::And(window[0], code[0]);
            window[0] = hn::Xor(window[0], code[0]);
            for (int i = 1; i < code_bits; ++i) carry = full_add(window[i], code[i], carry);
            shift(carry);
        };
        for_steps(x, add_step);
        for (int i = 0; i < code_bits; ++i) shift(hn::Zero(D8()));
        V8 bytes[2][8];
        for (int i = 0; i < 16; ++i)
            bytes[i / 8][i % 8] = i < low_bits ? hn::Load(D8(), low[i]) : hn::Zero(D8());
        for (auto& half : bytes) transpose(half);
        for (int j = 0; j < form_.planes; j += 2) {
            const std::int32_t even_factor = form_.plane_factor[j] & 0xffff;
            const V32 factors = splat(even_factor | form_.plane_factor[j + 1] * 65536);
            for (std::size_t h = 0; h < 2; ++h) {
                const V16 even = words(bytes[0][j], bytes[1][j], h);
                const V16 odd = words(bytes[0][j + 1], bytes[1][j + 1], h);
                const V16 lower = hn::InterleaveLower(D16(), even, odd);
                const V16 upper = hn::InterleaveUpper(D16(), even, odd);
                sum_[2 * h] = add_products(sum_[2 * h], hn::BitCast(D32(), lower), factors);
                sum_[2 * h + 1] = add_products(sum_[2 * h + 1], hn::BitCast(D32(), upper), factors);
            }
        }
    }
    /// As ByteAdc's.
    HWY_INLINE void take(std::int32_t (&out)[byte_lane_count]) { take_sums<4>(sum_, out); }
    void count(KernelCounts& counts) const { counts.clipped += clipped_; }

  private:
    /// The codes of v without its `dropped` lowest bits: rounded half up, and all ones where a
    /// higher bit is 1. The compiler is to know what is dropped: the bits then stay in registers.
    template <int dropped = 0>
    HWY_INLINE void digitize_bits(V8 (&code)[code_bits], const V8 (&v)[counter_bits]) {
        if constexpr (dropped + 1 < counter_bits) {
            if (form_.law.shift > dropped) return digitize_bits<dropped + 1>(code, v);
        }
        V8 carry = hn::Zero(D8());
        if constexpr (dropped > 0) carry = v[dropped - 1];
        for (int i = 0; i < code_bits; ++i) {
            const V8 own = dropped + i < counter_bits ? v[dropped + i] : hn::Zero(D8());
            code[i] = hn::Xor(own, carry);
            carry = hn::And(own, carry);
        }
        V8 over = carry;
        for (int i = dropped + code_bits; i < counter_bits; ++i) over = hn::Or(over, v[i]);
        const V64 any = hn::BitCast(D64(), over);
        if (hn::AllTrue(D64(), hn::Eq(any, hn::Zero(D64())))) return;
        for (V8& own : code) own = hn::Or(own, over);
        for_lanes(D64(), any, [&](std::int64_t lane) {
            clipped_ += static_cast<std::uint64_t>(std::popcount(static_cast<std::uint64_t>(lane)));
        });
    }
    /// Bytes low and high of outputs 8h … 8h + 7 of every 16.
    static HWY_INLINE V16 words(V8 low, V8 high, std::size_t h) {
        return hn::BitCast(D16(), h == 0 ? hn::InterleaveLower(D8(), low, high)
                                         : hn::InterleaveUpper(D8(), low, high));
    }

    const SliceForm& form_;
    V32 sum_[4];  ///< of the tile: outputs 4i … 4i + 3 of every 16
    std::uint64_t clipped_ = 0;
};

}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
