#include "operands/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/error.hpp"
#include "generator/scheme.hpp"
#include "golden/chip.hpp"
#include "golden/steps.hpp"
#include "operands/operands.hpp"

namespace operands {

namespace {

constexpr std::uint64_t seed = 1;
constexpr std::size_t most_tiles = 4;
constexpr std::size_t wanted_conversions = 4096;  ///< of each ADC
constexpr std::size_t least_vectors = 16, most_vectors = 4096;

/// Count, sum and squares of integers.
struct Sums {
    std::int64_t count = 0, sum = 0, squares = 0;
    void add(std::int64_t x) {
        ++count;
        sum += x;
        squares += x * x;
    }
    CodeError error() const {
        const auto n = static_cast<double>(count);
        const double mean = static_cast<double>(sum) / n;
        return {mean, std::sqrt(std::max(0.0, static_cast<double>(squares) / n - mean * mean))};
    }
    /// The mean, half up.
    std::int64_t rounded() const {
        const std::int64_t dividend = 2 * sum + count, divisor = 2 * count;
        return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
    }
};

/// Every vector and every output's weights have a density of their own, so that all codes occur.
void fill(golden::Matrix& m, const generator::ValueRange& range, bool by_row,
          std::mt19937_64& random) {
    const auto span = static_cast<std::uint64_t>((range.max - range.min) / range.stride) + 1;
    std::vector<std::uint64_t> density(by_row ? m.rows : m.cols);
    for (std::uint64_t& d : density) d = 1 + random() % 8;
    const std::int64_t low = range.holds(0) ? 0 : range.min;
    for (std::size_t r = 0; r < m.rows; ++r) {
        for (std::size_t c = 0; c < m.cols; ++c) {
            const bool driven = random() % 8 < density[by_row ? r : c];
            const auto value = range.min + static_cast<std::int64_t>(random() % span) * range.stride;
            m(r, c) = driven ? value : low;
        }
    }
}

golden::Operands stimulus(const generator::Design& d, const golden::Operands& given,
                          const StimulusSize& size) {
    const generator::Scheme& scheme = generator::scheme_of(d.config);
    const std::size_t features = size.tiles * static_cast<std::size_t>(d.config.array.rows);
    const std::size_t each = size.tiles * static_cast<std::size_t>(d.groups) *
                             static_cast<std::size_t>(d.steps * d.config.adc.share);
    const std::size_t vectors =
        std::clamp((wanted_conversions + each - 1) / each, least_vectors, most_vectors);
    std::mt19937_64 random(seed);
    golden::Operands o = given;
    o.inputs = {vectors, features, std::vector<std::int64_t>(vectors * features)};
    o.weights = {features, size.outputs, std::vector<std::int64_t>(features * size.outputs)};
    fill(o.inputs, scheme.input_range(d.config), true, random);
    fill(o.weights, scheme.weight_range(d.config), false, random);
    for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
        auto& tensor = *find_operand(o, spec->name);
        const generator::OperandRule rule = spec->rule(d);
        if (!tensor.empty() || !rule.required) continue;
        if (spec->name == "alpha")
            throw base::Error("error: --alpha: missing; expected the factors with which this "
                              "scheme's ADCs make codes");
        std::size_t count = 1;
        for (std::size_t n : operand_shape(d, spec->shape, size.tiles, size.outputs)) count *= n;
        tensor.assign(count, std::clamp<std::int64_t>(0, rule.min, rule.max));
    }
    o.correction.clear();
    return o;
}

/// Errors by ADC, of the conversions that count.
std::vector<std::vector<std::int64_t>> code_errors(const generator::Design& d,
                                                   const golden::Operands& real,
                                                   const Settings& settings) {
    golden::Spec spec = to_spec(d.config, settings), ideal_spec = spec;
    ideal_spec.analog = {};
    golden::Operands ideal = real;
    ideal.cell_gain = ideal.adc_offset = ideal.adc_gain = ideal.adc_inl = {};
    // The chip and n once, not for every trace.
    const golden::Chip chip = golden::make_chip(spec, golden::resolve(spec), real);
    golden::Operands numbered = real;
    numbered.cell_gain = chip.cell_gain;
    numbered.adc_offset = chip.adc_offset;
    numbered.adc_gain = chip.adc_gain;
    numbered.first_steps = golden::first_steps(spec, real);
    std::vector<std::vector<std::int64_t>> errors(static_cast<std::size_t>(d.adcs));
    for (std::size_t v = 0; v < real.inputs.rows; ++v) {
        const auto want = golden::trace(ideal_spec, ideal, v, 0);
        const auto got = golden::trace(spec, numbered, v, 0);
        for (std::size_t i = 0; i < want.size(); ++i) {
            if (want[i].code == d.adc.code_min || want[i].code == d.adc.code_max) continue;
            const std::size_t adc = want[i].column / static_cast<std::size_t>(d.config.adc.share);
            errors[adc].push_back(got[i].code - want[i].code);
        }
    }
    return errors;
}

}  // namespace

StimulusSize stimulus_size(const generator::Design& d) {
    const auto tiles = static_cast<std::size_t>(
        std::min(d.config.array.banks, d.config.accumulator.max_tiles));
    return {std::min(tiles, most_tiles), static_cast<std::size_t>(d.config.array.outputs)};
}

Calibration calibrate(const generator::Design& d, const golden::Operands& given,
                      const StimulusSize& size, const Settings& settings) {
    const int bits = d.config.adc.correction_bits;
    if (bits == 0)
        throw base::Error("error: adc.correction_bits: found 0; expected 1 to 8 bits to hold "
                          "corrections");
    const auto errors = code_errors(d, stimulus(d, given, size), settings);
    const std::int64_t half = std::int64_t{1} << (bits - 1);
    Calibration result;
    Sums before, after;
    for (std::size_t a = 0; a < errors.size(); ++a) {
        if (errors[a].empty())
            throw base::Error(fmt::format(
                "error: ADC {}: each conversion has its ideal code at an end of the range {} to "
                "{}; expected codes in between: more adc.bits, or another adc.step or --alpha",
                a, d.adc.code_min, d.adc.code_max));
        Sums own;
        for (const std::int64_t e : errors[a]) own.add(e);
        result.correction.push_back(std::clamp(own.rounded(), -half, half - 1));
        for (const std::int64_t e : errors[a]) {
            before.add(e);
            after.add(e - result.correction[a]);
        }
    }
    result.before = before.error();
    result.after = after.error();
    return result;
}

}  // namespace operands
