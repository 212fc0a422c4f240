#include "src/array.hpp"

#include <algorithm>

namespace golden::detail {

std::int64_t Adc::unclipped(std::int64_t v) const {
    const std::int64_t dividend = step_den * v + step_num / 2;
    const std::int64_t quotient = dividend / step_num;  // toward zero
    return quotient - (dividend % step_num < 0 ? 1 : 0);
}

Sample convert(const Adc& adc, [[maybe_unused]] const Site& site,
               std::span<const std::int64_t> drive, std::span<const std::int64_t> cells) {
    Sample sample;
    for (std::size_t row = 0; row < drive.size(); ++row) sample.value += drive[row] * cells[row];
    const std::int64_t ideal = adc.unclipped(sample.value);
    sample.code = std::clamp(ideal, adc.lo, adc.hi);
    sample.clipped = sample.code != ideal;
    return sample;
}

std::int64_t Array::sample(const Site& site, std::span<const std::int64_t> drive,
                           std::span<const std::int64_t> cells) {
    const Sample sample = convert(adc_, site, drive, cells);
    ++conversions_;
    if (sample.clipped) ++clipped_;
    if (record_ != nullptr) {
        record_->push_back(
            {site.tile, site.group, site.step, site.column, sample.value, sample.code});
    }
    return sample.code;
}

}  // namespace golden::detail
