#include "golden/array.hpp"

#include <algorithm>

namespace golden {

std::int64_t Adc::unclipped(std::int64_t v) const {
    const std::int64_t dividend = step_den * v + step_num / 2;
    const std::int64_t quotient = dividend / step_num;  // toward zero
    return quotient - (dividend % step_num < 0 ? 1 : 0);
}

Sample StepTransfer::digitize(const Site&, std::int64_t v) const {
    const std::int64_t ideal = adc_.unclipped(v);
    const std::int64_t code = std::clamp(ideal, adc_.lo, adc_.hi);
    return {v, code, code != ideal};
}

Sample convert(const Transfer& transfer, const Site& site, std::span<const std::int64_t> drive,
               std::span<const std::int64_t> cells) {
    std::int64_t value = 0;
    for (std::size_t row = 0; row < drive.size(); ++row) value += drive[row] * cells[row];
    return transfer.digitize(site, value);
}

std::int64_t Array::sample(const Site& site, std::span<const std::int64_t> drive,
                           std::span<const std::int64_t> cells) {
    const Sample sample = convert(transfer_, site, drive, cells);
    ++tally_.conversions;
    if (sample.clipped) ++tally_.clipped;
    tally_.value_max = std::max(tally_.value_max, sample.value);
    if (record_ != nullptr) {
        record_->push_back(
            {site.tile, site.group, site.step, site.column, sample.value, sample.code, site.pass});
    }
    return sample.code;
}

}  // namespace golden
