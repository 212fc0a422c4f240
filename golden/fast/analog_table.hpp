/// What stays the same for all vectors on an array that is not ideal: made once, before the first.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/fast/analog.hpp"

namespace golden::fast {

/// What one group of one column block holds; columns are [plane][output].
struct AnalogGroup {
    std::size_t rows = 0;
    std::vector<std::int16_t> cells;   ///< [strip][row][column]
    std::vector<std::uint8_t> bytes;   ///< the same, where law.bytes
    std::vector<std::int32_t> gained;  ///< the same, where cells have gains
    std::vector<std::int32_t> weights, alpha, center;
    std::vector<std::int64_t> constant, sign;  ///< of the outputs
};

/// What one column block has at every step.
struct AnalogBlock {
    std::size_t outputs = 0, columns = 0, stride = 0;
    std::vector<std::uint64_t> noise;
    std::vector<std::int32_t> offset, gain, correction;
    std::vector<const std::int64_t*> inl;
    std::vector<AnalogGroup> groups;
};

/// Chooses the narrowest arithmetic that the job's bounds allow.
AnalogLaw make_analog_law(const Job& job, const AnalogScheme& scheme);

/// One for each column block.
std::vector<AnalogBlock> make_analog_tables(const Job& job, const AnalogScheme& scheme,
                                            const AnalogLaw& law);

}  // namespace golden::fast
