// SPDX-License-Identifier: Apache-2.0
/// Sums over the driven rows of a strip of columns, for one instruction set. Included through
/// Highway's foreach_target.h, once for each.
#include <algorithm>

#include "golden/fast/analog.hpp"
#include "golden/fast/lanes-inl.hpp"

#if defined(GOLDEN_FAST_ANALOG_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOLDEN_FAST_ANALOG_INL
#undef GOLDEN_FAST_ANALOG_INL
#else
#define GOLDEN_FAST_ANALOG_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {

using Step = AnalogSteps::Step;

/// Values of a strip.
template <class T>
struct alignas(64) Strip {
    T of[strip_length];

    HWY_INLINE void fill(T value) {
        for (T& each : of) each = value;
    }
    template <class Other>
    HWY_INLINE void copy(const Other* from) {
        for (std::size_t c = 0; c < strip_length; ++c) of[c] = static_cast<T>(from[c]);
    }
};

/// Cells as lanes of T.
template <class T, class Cell>
HWY_INLINE hn::Vec<hn::ScalableTag<T>> load_cells(const Cell* cells) {
    const hn::ScalableTag<T> d;
    if constexpr (sizeof(T) == sizeof(Cell)) {
        return hn::LoadU(d, cells);
    } else {
        return hn::PromoteTo(d, hn::LoadU(hn::Rebind<Cell, decltype(d)>(), cells));
    }
}

/// lanes · drive; lanes of 64 bits hold 32.
template <class T>
HWY_INLINE hn::Vec<hn::ScalableTag<T>> times(hn::Vec<hn::ScalableTag<T>> lanes,
                                             std::int16_t drive) {
    if constexpr (sizeof(T) == 8) {
        return hn::MulEven(hn::BitCast(D32(), lanes), splat(std::int32_t{drive}));
    } else {
        return hn::Mul(lanes, hn::Set(hn::ScalableTag<T>(), T{drive}));
    }
}

/// Σ drive · table[row] over the driven rows.
template <class T, bool unit_drives, class Cell>
HWY_INLINE void sum_rows(const AnalogSteps& steps, const Step& step, const Cell* table,
                         Strip<T>& sum) {
    const hn::ScalableTag<T> d;
    constexpr std::size_t lanes_of = hn::MaxLanes(hn::ScalableTag<T>());
    constexpr std::size_t vectors_at_once = std::min<std::size_t>(strip_length / lanes_of, 8);
    const std::uint16_t* rows = steps.rows(step);
    const std::int16_t* drives = steps.drives(step);
    for (std::size_t first = 0; first < strip_length; first += vectors_at_once * lanes_of) {
        hn::Vec<decltype(d)> lanes[vectors_at_once];
        for (auto& each : lanes) each = hn::Zero(d);
        for (std::size_t i = 0; i < step.count; ++i) {
            const Cell* cells = table + rows[i] * strip_length + first;
            for (std::size_t k = 0; k < vectors_at_once; ++k) {
                auto product = load_cells<T>(cells + k * lanes_of);
                if constexpr (!unit_drives) product = times<T>(product, drives[i]);
                lanes[k] = hn::Add(lanes[k], product);
            }
        }
        for (std::size_t k = 0; k < vectors_at_once; ++k)
            hn::Store(lanes[k], d, sum.of + first + k * lanes_of);
    }
}

template <class T, class Cell>
HWY_INLINE void add_rows(const AnalogSteps& steps, const Step& step, bool unit, const Cell* table,
                         Strip<T>& sum) {
    if (unit) return sum_rows<T, true>(steps, step, table, sum);
    sum_rows<T, false>(steps, step, table, sum);
}

/// Rows over which S stays the same: from driven row i down to the next, or to the ADC.
HWY_INLINE std::int32_t gap_below(const AnalogStrip& strip, const std::uint16_t* rows,
                                  std::size_t i) {
    return i > 0 ? rows[i] - rows[i - 1] : static_cast<std::int32_t>(strip.first_row) + rows[i] + 1;
}

/// D = Σ_k S_k² of every column, in 32 bits.
HWY_INLINE void sum_squares_narrow(const AnalogStrip& strip, const AnalogSteps& steps,
                                   const Step& step, Strip<std::int64_t>& squares) {
    const std::uint16_t* rows = steps.rows(step);
    const std::int16_t* drives = steps.drives(step);
    constexpr std::size_t vectors_at_once = 4;
    alignas(64) std::int32_t sums[strip_length];
    for (std::size_t first = 0; first < strip_length; first += vectors_at_once * lane_count) {
        V32 current[vectors_at_once], sum[vectors_at_once];
        for (std::size_t k = 0; k < vectors_at_once; ++k) current[k] = sum[k] = zero();
        for (std::size_t i = step.count; i-- > 0;) {
            const std::int16_t* cells = strip.cells + rows[i] * strip_length + first;
            const V32 gap = splat(gap_below(strip, rows, i));
            for (std::size_t k = 0; k < vectors_at_once; ++k) {
                const V32 cell = load_cells<std::int32_t>(cells + k * lane_count);
                current[k] = hn::Add(current[k], times<std::int32_t>(cell, drives[i]));
                const V32 weighted = hn::Mul(current[k], gap);
                sum[k] = hn::Add(sum[k], hn::Mul(current[k], weighted));
            }
        }
        for (std::size_t k = 0; k < vectors_at_once; ++k)
            hn::Store(sum[k], D32(), sums + first + k * lane_count);
    }
    squares.copy(sums);
}

/// The same in 64 bits.
HWY_INLINE void sum_squares(const AnalogStrip& strip, const AnalogSteps& steps, const Step& step,
                            Strip<std::int64_t>& squares) {
    const std::uint16_t* rows = steps.rows(step);
    const std::int16_t* drives = steps.drives(step);
    Strip<std::int32_t> current;
    current.fill(0);
    squares.fill(0);
    for (std::size_t i = step.count; i-- > 0;) {
        const std::int16_t* cells = strip.cells + rows[i] * strip_length;
        const std::int64_t gap = gap_below(strip, rows, i);
        for (std::size_t c = 0; c < strip_length; ++c) {
            current.of[c] += cells[c] * drives[i];
            squares.of[c] += gap * (std::int64_t{current.of[c]} * current.of[c]);
        }
    }
}

}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
