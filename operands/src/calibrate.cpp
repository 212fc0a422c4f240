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

/// Inputs of one vector: so many eighths of them anywhere in the range, or at its upper end, the
/// others 0 (or the least, where there is no 0).
struct InputKind {
    std::uint64_t eighths = 8;
    bool greatest = false;
};

std::int64_t draw(const generator::ValueRange& range, std::mt19937_64& random) {
    const auto span = static_cast<std::uint64_t>((range.max - range.min) / range.stride) + 1;
    return range.min + static_cast<std::int64_t>(random() % span) * range.stride;
}

void fill_vector(golden::Matrix& m, std::size_t v, const InputKind& kind,
                 const generator::ValueRange& range, std::mt19937_64& random) {
    const std::int64_t low = range.holds(0) ? 0 : range.min;
    for (std::size_t k = 0; k < m.cols; ++k) {
        const bool driven = random() % 8 < kind.eighths;
        const std::int64_t value = draw(range, random);
        m(v, k) = !driven ? low : kind.greatest ? range.max : value;
    }
}

/// The kinds whose ideal codes lie farthest from the ends of the range: what an ADC clips has an
/// error of its own.
std::vector<InputKind> best_kinds(const generator::Design& d, golden::Operands o,
                                  const Settings& settings, std::mt19937_64& random) {
    constexpr std::size_t tries = 3, kept = 3;
    std::vector<InputKind> kinds;
    for (std::uint64_t eighths = 1; eighths <= 8; ++eighths) {
        kinds.push_back({eighths, false});
        kinds.push_back({eighths, true});
    }
    golden::Spec ideal = to_spec(d.config, settings);
    ideal.analog = {};
    o.cell_gain = o.adc_offset = o.adc_gain = o.adc_inl = {};
    const std::size_t features = o.inputs.cols;
    o.inputs = {tries * kinds.size(), features,
                std::vector<std::int64_t>(tries * kinds.size() * features)};
    const generator::ValueRange range = generator::scheme_of(d.config).input_range(d.config);
    std::vector<std::pair<double, std::size_t>> room;  // mean distance from the nearer end
    for (std::size_t v = 0; v < o.inputs.rows; ++v)
        fill_vector(o.inputs, v, kinds[v % kinds.size()], range, random);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        double sum = 0, count = 0;
        for (std::size_t v = i; v < o.inputs.rows; v += kinds.size()) {
            for (const golden::Conversion& c : golden::trace(ideal, o, v, 0)) {
                sum +=
                    static_cast<double>(std::min(c.code - d.adc.code_min, d.adc.code_max - c.code));
                ++count;
            }
        }
        room.emplace_back(count == 0 ? 0 : -sum / count, i);
    }
    std::sort(room.begin(), room.end());
    std::vector<InputKind> best;
    for (std::size_t i = 0; i < kept; ++i) best.push_back(kinds[room[i].second]);
    return best;
}

golden::Operands stimulus(const generator::Design& d, const golden::Operands& given,
                          const StimulusSize& size, const Settings& settings) {
    const generator::Scheme& scheme = generator::scheme_of(d.config);
    const std::size_t features = size.tiles * static_cast<std::size_t>(d.config.array.rows);
    const std::size_t each = size.tiles * static_cast<std::size_t>(d.groups) *
                             static_cast<std::size_t>(d.steps * d.config.adc.share);
    const std::size_t vectors =
        std::clamp((wanted_conversions + each - 1) / each, least_vectors, most_vectors);
    std::mt19937_64 random(seed);
    golden::Operands o = given;
    o.inputs = {0, features, {}};
    o.weights = {features, size.outputs, {}};
    for (std::size_t i = 0; i < features * size.outputs; ++i)
        o.weights.data.push_back(draw(scheme.weight_range(d.config), random));
    for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
        auto& tensor = *find_operand(o, spec->name);
        const generator::OperandRule rule = spec->rule(d);
        if (!tensor.empty() || !rule.required) continue;
        if (spec->name == "alpha")
            throw base::Error(
                "error: --alpha: missing; expected the factors with which this "
                "scheme's ADCs make codes");
        std::size_t count = 1;
        for (std::size_t n : operand_shape(d, spec->shape, size.tiles, size.outputs)) count *= n;
        tensor.assign(count, std::clamp<std::int64_t>(0, rule.min, rule.max));
    }
    o.correction.clear();
    const std::vector<InputKind> kinds = best_kinds(d, o, settings, random);
    o.inputs = {vectors, features, std::vector<std::int64_t>(vectors * features)};
    for (std::size_t v = 0; v < vectors; ++v)
        fill_vector(o.inputs, v, kinds[v % kinds.size()], scheme.input_range(d.config), random);
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
    const auto tiles =
        static_cast<std::size_t>(std::min(d.config.array.banks, d.config.accumulator.max_tiles));
    return {std::min(tiles, most_tiles), static_cast<std::size_t>(d.config.array.outputs)};
}

Calibration calibrate(const generator::Design& d, const golden::Operands& given,
                      const StimulusSize& size, const Settings& settings) {
    const int bits = d.config.adc.correction_bits;
    if (bits == 0)
        throw base::Error(
            "error: adc.correction_bits: found 0; expected 1 to 8 bits to hold "
            "corrections");
    const auto errors = code_errors(d, stimulus(d, given, size, settings), settings);
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
