// SPDX-License-Identifier: Apache-2.0
#include "job_chip.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include "golden/chip.hpp"
#include "operands/operands.hpp"

namespace sim {

namespace {

std::uint64_t table(JobWriter& writer, const std::vector<std::int64_t>& numbers) {
    if (numbers.empty()) return 0;
    std::string bytes(numbers.size() * sizeof(std::int32_t), '\0');
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto number = static_cast<std::int32_t>(numbers[i]);
        std::memcpy(&bytes[i * sizeof number], &number, sizeof number);
    }
    return writer.cells(bytes);
}

}  // namespace

void write_chip(JobWriter& writer, const generator::Design& d, const golden::Operands& operands) {
    const golden::Spec spec = operands::to_spec(d.config);
    const golden::Chip chip = golden::make_chip(spec, golden::resolve(spec), operands);
    const golden::Analog& a = chip.analog;
    job::Chip numbers = {};
    const std::array<std::int64_t, 5> analog = {a.seed, a.noise, a.noise_in_v, a.ir_drop,
                                                a.noise_stream};
    std::copy(std::begin(analog), std::end(analog), numbers.analog);
    numbers.banks = chip.gain_of_bank ? static_cast<std::uint64_t>(d.config.array.banks) : 1;
    numbers.rows = static_cast<std::uint64_t>(d.config.array.rows);
    numbers.codes = std::uint64_t{1} << d.adc.bits;
    numbers.cell_gain = table(writer, chip.cell_gain);
    numbers.adc_gain = table(writer, chip.adc_gain);
    numbers.adc_offset = table(writer, chip.adc_offset);
    numbers.adc_inl = table(writer, chip.adc_inl);
    writer.chip(numbers);
}

}  // namespace sim
