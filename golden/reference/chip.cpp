// SPDX-License-Identifier: Apache-2.0
#include "golden/chip.hpp"

#include <algorithm>
#include <cmath>

namespace golden {
namespace {

enum Stream : std::uint32_t { gain_stream = 1, offset_stream = 2, adc_gain_stream = 3 };

std::int64_t clamped(std::int64_t value, Range range) {
    return std::clamp(value, range.min, range.max);
}

std::int64_t draw_gain(const Analog& analog, std::uint64_t index) {
    const std::int64_t z = draw_z(analog.seed, gain_stream, index);
    if (!analog.lognormal) return std::max<std::int64_t>(0, gain_one + gauss(analog.mismatch, z));
    const auto exponent = static_cast<double>(analog.mismatch * z * 20547966);
    const double gain = std::floor(65536 * std::exp(exponent / 0x1p48) + 0.5);
    return std::min(static_cast<std::int64_t>(gain), cell_gains.max);
}

std::vector<std::int64_t> draw_gains(const ArrayForm& form, const Analog& analog) {
    std::vector<std::int64_t> gains;
    for (std::size_t bank = 0; bank < (analog.per_unit ? 1 : form.banks); ++bank)
        for (std::size_t row = 0; row < form.rows; ++row)
            for (std::size_t column = 0; column < form.columns; ++column)
                gains.push_back(draw_gain(analog, cell_index(bank, row, column)));
    return gains;
}

/// One number an ADC.
std::vector<std::int64_t> draw_adcs(const ArrayForm& form, std::uint32_t seed, Stream stream,
                                    std::int64_t sigma, Range range) {
    std::vector<std::int64_t> numbers;
    for (std::size_t a = 0; a < form.adcs(); ++a)
        numbers.push_back(clamped(gauss(sigma, draw_z(seed, stream, a)), range));
    return numbers;
}

}  // namespace

ArrayForm array_form(const Macro& macro, int planes) {
    ArrayForm form;
    form.rows = static_cast<std::size_t>(macro.rows);
    form.active_rows = static_cast<std::size_t>(macro.active_rows);
    form.banks = static_cast<std::size_t>(macro.banks);
    form.columns = static_cast<std::size_t>(macro.outputs) * static_cast<std::size_t>(planes);
    form.share = static_cast<std::size_t>(macro.adc_share == 0 ? planes : macro.adc_share);
    return form;
}

std::int64_t Chip::gain(std::size_t bank, std::size_t row, std::size_t column) const {
    if (cell_gain.empty()) return gain_one;
    return cell_gain[((gain_of_bank ? bank : 0) * form.rows + row) * form.columns + column];
}

std::int64_t Chip::inl(std::size_t a, std::size_t entry) const {
    if (adc_inl.empty()) return 0;
    return adc_inl[a * (adc_inl.size() / form.adcs()) + entry];
}

bool Chip::ideal() const {
    return cell_gain.empty() && adc_offset.empty() && adc_gain.empty() && adc_inl.empty() &&
           analog.noise == 0 && analog.ir_drop == 0;
}

Chip make_chip(const Macro& macro, const Resolved& resolved, const Operands& operands,
               bool complete) {
    const Analog& analog = macro.analog;
    Chip chip{.form = array_form(macro, resolved.planes),
              .analog = analog,
              .cell_gain = operands.cell_gain,
              .adc_offset = operands.adc_offset,
              .adc_gain = operands.adc_gain,
              .adc_inl = operands.adc_inl,
              .correction = operands.correction};
    if (operands.noise_stream) chip.analog.noise_stream = *operands.noise_stream;
    const ArrayForm& form = chip.form;
    if (chip.cell_gain.empty() && (analog.mismatch != 0 || complete))
        chip.cell_gain = draw_gains(form, analog);
    chip.gain_of_bank = chip.cell_gain.size() > form.rows * form.columns;
    if (chip.adc_offset.empty() && (analog.adc_offset != 0 || complete))
        chip.adc_offset =
            draw_adcs(form, analog.seed, offset_stream, analog.adc_offset, adc_offsets);
    if (chip.adc_gain.empty() && (analog.adc_gain != 0 || complete))
        chip.adc_gain = draw_adcs(form, analog.seed, adc_gain_stream, analog.adc_gain, adc_gains);
    if (chip.adc_inl.empty() && complete) chip.adc_inl.resize(form.adcs() << resolved.adc_bits);
    return chip;
}

}  // namespace golden
