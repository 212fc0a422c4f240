// SPDX-License-Identifier: Apache-2.0
/// The steps of the sliced form: which rows are driven.
#include <bit>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/slice_steps.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/slices-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

std::size_t byte_lanes() { return byte_lane_count; }

void fill_block(std::size_t rows, std::uint16_t* out) {
    const auto none = static_cast<std::uint16_t>(rows * byte_lane_count);
    for (std::size_t i = 0; i < slice_rows; ++i) out[i] = none;
}

#if HWY_TARGET == HWY_AVX3_DL
/// Offsets of the rows whose bit is 1, and a block of offsets of the row of zeros behind them.
std::size_t list_rows(const std::uint32_t* words, std::size_t rows, std::uint16_t* out) {
    const DU16 d;
    constexpr std::size_t step_lanes = hn::MaxLanes(DU16());
    const auto* bits = reinterpret_cast<const std::uint8_t*>(words);
    VU16 offset = hn::ShiftLeftSame(hn::Iota(d, 0), std::countr_zero(unsigned{byte_lane_count}));
    const VU16 step = hn::Set(d, static_cast<std::uint16_t>(step_lanes * byte_lane_count));
    std::size_t count = 0;
    for (std::size_t first = 0; first < rows; first += step_lanes) {
        std::uint8_t some[8] = {};
        std::memcpy(some, bits + first / 8, step_lanes / 8);
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
    static constexpr Positions all_positions;
    const hn::FixedTag<std::uint16_t, 8> d;
    const hn::FixedTag<std::uint8_t, 8> d8;
    const auto* bits = reinterpret_cast<const std::uint8_t*>(words);
    std::size_t count = 0;
    for (std::size_t first = 0; first < rows; first += 8) {
        const std::uint8_t byte = bits[first / 8];
        const auto row = hn::PromoteTo(d, hn::LoadU(d8, all_positions.of[byte]));
        const auto offset = hn::ShiftLeft<std::countr_zero(unsigned{byte_lane_count})>(row);
        const auto base = hn::Set(d, static_cast<std::uint16_t>(first * byte_lane_count));
        hn::StoreU(hn::Add(offset, base), d, out + count);
        count += static_cast<std::size_t>(std::popcount(byte));
    }
    fill_block(rows, out + count);
    return count;
}
#endif

/// Writes the steps of `count` planes, [plane][word], and how many they are to *steps. Returns
/// where the next word belongs.
std::uint32_t* list_steps(const SliceSteps::Planes& planes, std::size_t rows, bool keep_empty,
                          std::uint32_t* steps, std::uint32_t* out) {
    for (std::size_t t = 0; t < planes.count; ++t) {
        const std::size_t driven = list_rows(planes.bits + t * planes.words, rows,
                                             reinterpret_cast<std::uint16_t*>(out + 2));
        if (driven == 0 && !keep_empty) continue;
        const std::size_t blocks = (driven + slice_rows - 1) / slice_rows;
        ++*steps;
        out[0] = static_cast<std::uint32_t>(planes.factors[t]);
        out[1] = static_cast<std::uint32_t>(blocks);
        out += 2 + blocks * slice_rows / 2;
    }
    return out;
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(byte_lanes);
HWY_EXPORT(list_steps);

std::size_t slice_lanes() { return HWY_DYNAMIC_DISPATCH(byte_lanes)(); }

std::size_t SliceSteps::words(std::size_t rows, std::size_t steps) {
    const std::size_t blocks = (rows + slice_rows - 1) / slice_rows;
    return 1 + steps * (2 + blocks * slice_rows / 2);
}

void SliceSteps::add(const Planes& planes) {
    out_ = HWY_DYNAMIC_DISPATCH(list_steps)(planes, rows_, keep_empty_, steps_, out_);
}

}  // namespace golden::fast
#endif
