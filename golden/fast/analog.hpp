// SPDX-License-Identifier: Apache-2.0
/// The fast form of an array that is not ideal. Source: docs/spec/analog.md.
///
/// Columns lie plane by plane, [plane][output], in strips of strip_length. For each driven step of
/// each vector a strip's products are added up row by row (driven rows only), then the law goes
/// over the whole strip, stage by stage, in 32 bits where the config's bounds allow it, else in 64,
/// and what may exceed these conversion by conversion in 128. n is known before the first step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "golden/fast/engine.hpp"

namespace golden::fast {

/// One output in one group: its cells, and what its codes count. With `code` less its ADC's
/// correction, a step adds factor · (Σ weight · code + constant + extra · sign) to the output's
/// sum.
struct AnalogOutput {
    std::vector<std::int16_t> cells;    ///< [plane][row], of the present rows
    std::vector<std::int64_t> weights;  ///< [plane], 32 bits
    std::int64_t constant = 0;
    std::int64_t sign = 1;
    std::vector<std::int64_t> alpha, center;  ///< [plane]: with a transfer of its own
};

/// The driven steps of vectors, group after group.
class AnalogSteps {
  public:
    struct Step {
        std::int64_t factor = 1, extra = 0;
        std::size_t first = 0, count = 0;  ///< of its driven rows
    };

    void begin_step(std::int64_t factor, std::int64_t extra = 0) {
        steps_.push_back({factor, extra, rows_.size(), 0});
    }
    /// Row of the group, ascending, and what it is driven with, not 0.
    void drive(std::size_t row, std::int64_t value) {
        rows_.push_back(static_cast<std::uint16_t>(row));
        drives_.push_back(static_cast<std::int16_t>(value));
        ++steps_.back().count;
    }
    /// A step of which drive(row) gives what each of `rows` rows is driven with.
    template <class Drive>
    void add_step(std::int64_t factor, std::size_t rows, const Drive& drive) {
        begin_step(factor);
        const std::size_t first = rows_.size();
        rows_.resize(first + rows);
        drives_.resize(first + rows);
        std::size_t end = first;  // no branch: half of the drives are 0
        for (std::size_t row = 0; row < rows; ++row) {
            const std::int16_t value = drive(row);
            rows_[end] = static_cast<std::uint16_t>(row);
            drives_[end] = value;
            end += value != 0;
        }
        rows_.resize(end);
        drives_.resize(end);
        steps_.back().count = end - first;
    }
    void end_group() { ends_.push_back(steps_.size()); }

    std::size_t group_begin(std::size_t group) const { return group == 0 ? 0 : ends_[group - 1]; }
    std::size_t group_end(std::size_t group) const { return ends_[group]; }
    const Step& operator[](std::size_t step) const { return steps_[step]; }
    const std::uint16_t* rows(const Step& step) const { return rows_.data() + step.first; }
    const std::int16_t* drives(const Step& step) const { return drives_.data() + step.first; }

  private:
    std::vector<Step> steps_;
    std::vector<std::size_t> ends_;  ///< step behind each group
    std::vector<std::uint16_t> rows_;
    std::vector<std::int16_t> drives_;
};

/// What the engine asks of a scheme.
class AnalogScheme {
  public:
    virtual ~AnalogScheme() = default;
    /// `weights`: of the present rows of a group of `tile`; `output` is below M.
    virtual void describe(std::span<const std::int64_t> weights, std::size_t tile,
                          std::size_t output, AnalogOutput& out) const = 0;
    /// Every driven step of a group, in order.
    virtual void add_steps(std::span<const std::int64_t> inputs, AnalogSteps& steps) const = 0;
    /// alpha's binary places; −1: one step for all columns.
    virtual int alpha_frac() const { return -1; }
    /// All rows are driven with 0 or 1.
    virtual bool drives_bits() const { return false; }
};

std::unique_ptr<Engine> make_analog_engine(const Job& job, std::unique_ptr<AnalogScheme> scheme);

/// Of schemes with bit planes.
std::unique_ptr<Engine> make_analog_planes(const Job& job);

// ---- The kernel ----

constexpr std::size_t strip_length = 64;

/// What a run fixes for all columns.
struct AnalogLaw {
    std::int64_t step_num = 1, step_den = 1;
    int alpha_frac = -1;
    std::int64_t lo = 0, hi = 0;
    std::int64_t noise_factor = 0;  ///< σ · 20547966; 0: no noise
    bool noise_in_v = false;
    std::int64_t ir_drop = 0;
    bool gains = false;  ///< cells have gains of their own
    bool unit_drives = false;
    bool track_values = false;
    bool narrow_values = false;  ///< v fits 16 bits
    bool narrow = false;         ///< the law fits 32 bits
    bool bytes = false;          ///< sums of cells without gains fit eight bits, drives are bits
    bool plain = false;  ///< narrow, and no more than gains, noise and offsets at a step of 2^k
    bool narrow_squares = false;  ///< D fits 32 bits
    bool narrow_wire = false;     ///< the wire's quotient is exact in doubles
};

/// A strip of one group of one column block; arrays of its columns, null where without effect.
struct AnalogStrip {
    std::size_t columns = 0;               ///< that count; the others behind them are padding
    const std::int16_t* cells = nullptr;   ///< [row][column]
    const std::int32_t* gained = nullptr;  ///< cell · gain, [row][column]
    std::size_t first_row = 0;             ///< of the group in its column
    const std::uint8_t* bytes = nullptr;   ///< cells again, where law.bytes
    const std::uint64_t* noise = nullptr;  ///< (column + 1) · γ
    const std::int32_t* offset = nullptr;
    const std::int32_t* gain = nullptr;
    const std::int64_t* const* inl = nullptr;  ///< row of the column's ADC
    const std::int32_t* correction = nullptr;
    const std::int32_t* alpha = nullptr;
    const std::int32_t* center = nullptr;
};

struct AnalogCounts {
    std::uint64_t clipped = 0, lost_half = 0;
    std::int64_t value_max = 0;
};

/// All steps of a group of some vectors, of one strip: adds the code of each column times the
/// step's factor to `sums` (vectors, strip_length), rows `stride` apart; of one group they fit 32
/// bits. `n`: of each vector's first step; `key`: of the noise's stream.
void run_analog(const AnalogLaw& law, const AnalogStrip& strip,
                std::span<const AnalogSteps> vectors, std::size_t group,
                std::span<const std::uint64_t> n, std::uint64_t key, std::int32_t* sums,
                std::size_t stride, AnalogCounts& counts);

constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15;  ///< of the random numbers

}  // namespace golden::fast
