// SPDX-License-Identifier: Apache-2.0
#include "golden/array.hpp"

#include <algorithm>
#include <utility>

#include "golden/wide.hpp"

namespace golden {

std::int64_t Adc::unclipped(std::int64_t v) const {
    return floor_div(step_den * v + step_num / 2, step_num);
}

std::int64_t Transfer::code(const Site& site, std::int64_t e, std::int64_t x) const {
    return std::clamp(unclipped(site, e, x), codes_.min, codes_.max);
}

std::int64_t StepTransfer::unclipped(const Site&, std::int64_t e, std::int64_t x) const {
    const std::int64_t p = adc_.step_num, q = adc_.step_den;
    return floor_div(q * e + p * x + p * fixed_half, p * fixed_one);
}

std::int64_t kept_by_wire(std::int64_t ir_drop, std::span<const std::int64_t> products,
                          std::size_t first_row) {
    std::int64_t current = 0, squares = 0;  // S_k from the far end on, and D
    for (std::size_t row = products.size(); row-- > 0;) {
        current += products[row];
        squares += current * current;
    }
    const std::int64_t v = current;
    squares += static_cast<std::int64_t>(first_row) * v * v;
    const Wide lost = (Wide{ir_drop} * squares) >> 16;  // b
    const Wide whole = static_cast<Wide>(5 * v) << 16;
    return static_cast<std::int64_t>(((whole + lost) << 16) / (whole + 6 * lost));
}

Sample convert(const Transfer& transfer, const Chip& chip, const Site& site,
               std::span<const std::int64_t> drive, std::span<const std::int64_t> cells) {
    const std::size_t bank = site.tile % chip.form.banks, adc = chip.adc(site.column);
    const std::size_t first_row = site.group * chip.form.active_rows;
    const Analog& analog = chip.analog;
    const Range& codes = transfer.codes();

    std::vector<std::int64_t> products(drive.size());
    std::int64_t v = 0, e = 0;
    for (std::size_t i = 0; i < products.size(); ++i) {
        products[i] = drive[i] * cells[i];
        v += products[i];
        e += products[i] * chip.gain(bank, first_row + i, site.column);
    }
    Sample sample{.value = v};
    if (analog.ir_drop > 0 && v > 0) {
        const std::int64_t kept = kept_by_wire(analog.ir_drop, products, first_row);
        sample.lost_half = 2 * kept < fixed_one;
        e = (e * kept) >> 16;
    }
    if (!chip.adc_gain.empty()) e += (e * chip.adc_gain[adc]) >> 16;

    std::int64_t noise = 0;
    if (analog.noise != 0) {
        const std::uint64_t index = noise_index(site.n, site.column);
        noise = gauss(analog.noise, draw_z(analog.seed, analog.noise_stream, index));
    }
    if (analog.noise_in_v) e += std::exchange(noise, 0);
    const std::int64_t offset = chip.adc_offset.empty() ? 0 : chip.adc_offset[adc];
    std::int64_t inl = 0;
    if (!chip.adc_inl.empty())
        inl = chip.inl(adc, static_cast<std::size_t>(transfer.code(site, e, offset) - codes.min));

    const std::int64_t unclipped = transfer.unclipped(site, e, offset + inl + noise);
    sample.code = std::clamp(unclipped, codes.min, codes.max);
    sample.clipped = sample.code != unclipped;
    return sample;
}

std::int64_t Array::sample(Site site, std::span<const std::int64_t> drive,
                           std::span<const std::int64_t> cells) {
    site.n = n_;
    const Sample sample = convert(transfer_, chip_, site, drive, cells);
    ++tally_.conversions;
    if (site.output < outputs_) {
        tally_.clipped += sample.clipped;
        tally_.lost_half += sample.lost_half;
    }
    tally_.value_max = std::max(tally_.value_max, sample.value);
    if (record_ != nullptr) {
        record_->push_back(
            {site.tile, site.group, site.step, site.column, sample.value, sample.code, site.pass});
    }
    return sample.code - (chip_.correction.empty() ? 0 : chip_.correction[chip_.adc(site.column)]);
}

}  // namespace golden
