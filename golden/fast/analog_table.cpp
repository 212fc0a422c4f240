// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/analog_table.hpp"

#include <algorithm>
#include <bit>

#include "golden/reference/check.hpp"
#include "golden/wide.hpp"

namespace golden::fast {
namespace {

std::size_t padded(std::size_t columns) {
    return (columns + strip_length - 1) / strip_length * strip_length;
}

/// Greatest magnitudes decide which width the law needs.
class Bounds {
  public:
    Bounds(const Job& job, const Chip& chip)
        : value_(std::max(job.resolved.v_max, -job.resolved.v_min)) {
        std::int64_t gain = gain_one;
        for (const std::int64_t g : chip.cell_gain) gain = std::max(gain, g);
        sum_ = value_ * gain * (chip.adc_gain.empty() ? 1 : 2);
        noise_ = (chip.analog.noise * 20547966 * 1020 >> 32) + 2;
        if (chip.analog.noise_in_v) sum_ += noise_;
        const std::int64_t kappa = chip.analog.ir_drop;
        squares_ = job.spec.rows * value_ * value_;
        wire_ = (static_cast<Wide>(5 * value_) << 16) + 6 * ((Wide{kappa} * squares_) >> 16);
    }
    std::int64_t value() const { return value_; }
    /// e, q·e and what an ADC adds to them, all below 2^31.
    bool law_fits_32(const Job& job, const Chip& chip) const {
        if (chip.analog.ir_drop != 0) return false;
        constexpr std::int64_t max_added = 2 * adc_offsets.max + fixed_one;
        return sum_ <= (std::int64_t{1} << 30) / job.spec.step_den && noise_ + max_added < 1 << 30;
    }
    bool squares_fit_32() const { return squares_ < std::int64_t{1} << 31; }
    bool wire_fits_doubles() const { return wire_ < std::int64_t{1} << 36; }

  private:
    std::int64_t value_, sum_, noise_, squares_;
    Wide wire_;
};

/// Fills the tables of a job.
class TableMaker {
  public:
    TableMaker(const Job& job, const AnalogScheme& scheme, const AnalogLaw& law)
        : job_(job), scheme_(scheme), law_(law) {}

    AnalogBlock make_block(std::size_t block) const {
        const Layout& layout = job_.layout;
        const Chip& chip = job_.chip;
        AnalogBlock table;
        table.outputs =
            std::min(layout.macro_outputs, layout.outputs - block * layout.macro_outputs);
        table.columns = table.outputs * static_cast<std::size_t>(job_.resolved.planes);
        table.stride = padded(table.columns);
        const auto by_adc = [&](const std::vector<std::int64_t>& numbers) {
            std::vector<std::int32_t> of(numbers.empty() ? 0 : table.stride);
            if (numbers.empty()) return of;
            for_columns(table.outputs, [&](std::size_t c, std::size_t column) {
                of[c] = static_cast<std::int32_t>(numbers[chip.adc(column)]);
            });
            return of;
        };
        table.offset = by_adc(chip.adc_offset);
        table.gain = by_adc(chip.adc_gain);
        table.correction = by_adc(chip.correction);
        table.noise.resize(table.stride);
        if (!chip.adc_inl.empty()) table.inl.resize(table.stride);
        for_columns(table.outputs, [&](std::size_t c, std::size_t column) {
            table.noise[c] = (column + 1) * golden_gamma;
            const std::size_t codes = chip.adc_inl.size() / chip.form.adcs();
            if (!table.inl.empty()) table.inl[c] = &chip.adc_inl[chip.adc(column) * codes];
        });
        for (std::size_t group = 0; group < layout.driven_groups; ++group)
            table.groups.push_back(make_group(table, block, group));
        return table;
    }

  private:
    /// Calls use(column of the block's arrays, physical column).
    template <class Use>
    void for_columns(std::size_t outputs, const Use& use) const {
        const auto planes = static_cast<std::size_t>(job_.resolved.planes);
        for (std::size_t plane = 0; plane < planes; ++plane) {
            for (std::size_t o = 0; o < outputs; ++o) use(plane * outputs + o, o * planes + plane);
        }
    }

    AnalogGroup make_group(const AnalogBlock& block, std::size_t number, std::size_t group) const {
        const Layout& layout = job_.layout;
        const Chip& chip = job_.chip;
        const std::size_t tile = group / layout.groups;
        const std::size_t first_row = group % layout.groups * layout.active_rows;
        const std::size_t first = group * layout.active_rows;  // K is cut into whole tiles
        const auto planes = static_cast<std::size_t>(job_.resolved.planes);
        AnalogGroup table;
        table.rows = std::min(layout.active_rows, layout.features - first);
        table.cells.resize(table.rows * block.stride);
        if (law_.gains) table.gained.resize(table.rows * block.stride);
        if (law_.bytes) table.bytes.resize(table.rows * block.stride);
        table.weights.resize(block.stride);
        if (law_.alpha_frac >= 0) {
            table.alpha.resize(block.stride);
            table.center.resize(block.stride);
        }
        std::vector<std::int64_t> weights(table.rows);
        AnalogOutput out;
        for (std::size_t o = 0; o < block.outputs; ++o) {
            const std::size_t output = number * layout.macro_outputs + o;
            for (std::size_t row = 0; row < table.rows; ++row)
                weights[row] = job_.operands.weights(first + row, output);
            scheme_.describe(weights, tile, output, out);
            table.constant.push_back(out.constant);
            table.sign.push_back(out.sign);
            for (std::size_t plane = 0; plane < planes; ++plane) {
                const std::size_t c = plane * block.outputs + o;
                table.weights[c] = static_cast<std::int32_t>(out.weights[plane]);
                if (law_.alpha_frac >= 0) {
                    table.alpha[c] = static_cast<std::int32_t>(out.alpha[plane]);
                    table.center[c] = static_cast<std::int32_t>(out.center[plane]);
                }
                for (std::size_t row = 0; row < table.rows; ++row) {
                    const std::int16_t cell = out.cells[plane * table.rows + row];
                    const std::size_t at =
                        (c / strip_length * table.rows + row) * strip_length + c % strip_length;
                    table.cells[at] = cell;
                    if (law_.bytes) table.bytes[at] = static_cast<std::uint8_t>(cell);
                    if (law_.gains)
                        table.gained[at] = static_cast<std::int32_t>(
                            cell *
                            chip.gain(tile % chip.form.banks, first_row + row, o * planes + plane));
                }
            }
        }
        return table;
    }

    const Job& job_;
    const AnalogScheme& scheme_;
    const AnalogLaw& law_;
};

}  // namespace

AnalogLaw make_analog_law(const Job& job, const AnalogScheme& scheme) {
    const Chip& chip = job.chip;
    const Bounds bounds(job, chip);
    AnalogLaw law;
    law.step_num = job.adc.step_num;
    law.step_den = job.adc.step_den;
    law.alpha_frac = scheme.alpha_frac();
    law.lo = job.adc.lo;
    law.hi = job.adc.hi;
    law.noise_factor = chip.analog.noise * 20547966;
    law.noise_in_v = chip.analog.noise_in_v;
    law.ir_drop = chip.analog.ir_drop;
    law.gains = !chip.cell_gain.empty();
    law.unit_drives = scheme.drives_bits();
    law.track_values = job.statistics;
    law.narrow_values = bounds.value() <= 32767;
    law.narrow = bounds.law_fits_32(job, chip);
    law.bytes =
        law.unit_drives && !law.gains && job.resolved.v_min >= 0 && job.resolved.v_max <= 255;
    law.plain = law.narrow && law.alpha_frac < 0 && chip.adc_gain.empty() && chip.adc_inl.empty() &&
                chip.correction.empty() && !law.track_values && law.narrow_values &&
                std::has_single_bit(static_cast<std::uint64_t>(law.step_num));
    law.narrow_squares = bounds.squares_fit_32();
    law.narrow_wire = bounds.wire_fits_doubles();
    return law;
}

std::vector<AnalogBlock> make_analog_tables(const Job& job, const AnalogScheme& scheme,
                                            const AnalogLaw& law) {
    TableMaker maker(job, scheme, law);
    std::vector<AnalogBlock> blocks;
    for (std::size_t block = 0; block < job.layout.blocks; ++block)
        blocks.push_back(maker.make_block(block));
    return blocks;
}

}  // namespace golden::fast
