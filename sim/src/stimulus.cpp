// SPDX-License-Identifier: Apache-2.0
#include "stimulus.hpp"

#include <algorithm>
#include <bit>

#include "generator/scheme.hpp"
#include "operands/operands.hpp"

namespace sim {

namespace {

using Range = generator::ValueRange;
constexpr std::size_t patterns = 8;

std::int64_t draw(std::mt19937_64& random, const Range& range) {
    const auto span = static_cast<std::uint64_t>(range.max - range.min) + 1;
    if (span == 0) return static_cast<std::int64_t>(random());
    const auto stride = static_cast<std::uint64_t>(range.stride);
    return range.min +
           static_cast<std::int64_t>(random() % ((span + stride - 1) / stride) * stride);
}

/// The value of the range next to v (the greater of two as near).
std::int64_t nearest(std::int64_t v, const Range& range) {
    const std::int64_t inside = std::clamp(v, range.min, range.max);
    return range.holds(inside) ? inside : range.max;
}

/// Element k of a line with this pattern; `lone` is where the single one stands.
std::int64_t element(std::size_t pattern, std::size_t k, std::size_t lone, const Range& range,
                     std::mt19937_64& random) {
    switch (pattern) {
        case 0:
            return range.max;
        case 1:
            return range.min;
        case 2:
            return k % 2 == 0 ? range.max : range.min;
        case 3:
            return k == lone ? nearest(1, range)
                             : nearest(range.stride == 1 ? 0 : range.min, range);
        case 4:
            return nearest(0, range);
        case 5:
            return k % 2 == 0 ? range.min : range.max;
        case 6:
            return random() % 8 == 0 ? draw(random, range) : nearest(0, range);
        default:
            return draw(random, range);
    }
}

std::size_t choose(std::size_t index, bool corners, std::mt19937_64& random) {
    if (corners) return index % patterns;
    return random() % 4 == 0 ? random() % patterns : patterns - 1;
}

/// Of any magnitude with equal chance: thresholds and biases as wide as an accumulator matter near
/// 0, where its sums are.
std::int64_t any_magnitude(std::int64_t value, const Range& range, std::mt19937_64& random) {
    const auto bits = std::bit_width(static_cast<std::uint64_t>(range.max - range.min));
    return nearest(value >> (random() % static_cast<std::uint64_t>(bits + 1)), range);
}

/// One value for a whole operand: seldom 0, beside which nothing else would show.
std::int64_t value_for_all(const Range& range, std::mt19937_64& random) {
    const std::uint64_t kind = random() % 4;
    const std::int64_t value = kind == 0 ? range.max : draw(random, range);
    return kind < 2 ? value : any_magnitude(value, range, random);
}

/// Extremes and random values of an operand; one that may be left out is left out now and then.
std::vector<std::int64_t> further(const generator::Design& d, const generator::OperandSpec& spec,
                                  std::size_t tiles, std::size_t outputs, std::mt19937_64& random) {
    const generator::OperandRule rule = spec.rule(d);
    if (!rule.taken || spec.measured || (!rule.required && random() % 4 == 0)) return {};
    // As (T, planes, M), with extents of 1 for axes that the operand has not.
    const auto shape = operands::operand_shape(d, spec.shape, tiles, outputs);
    const std::size_t by_tile = shape.size() > 1 ? shape[0] : 1;
    const std::size_t by_plane = shape.size() > 1 ? shape[1] : 1;
    const std::size_t by_output = shape.size() == 2 ? 1 : shape.back();
    const Range range{rule.min, rule.max, 1};
    if (!rule.by_tile && !rule.by_plane && !rule.by_output) {
        const std::int64_t value = value_for_all(range, random);
        return std::vector<std::int64_t>(by_tile * by_plane * by_output, value);
    }
    std::vector<std::int64_t> values;
    for (std::size_t k = 0; k < by_tile; ++k) {
        for (std::size_t j = 0; j < by_plane; ++j) {
            for (std::size_t m = 0; m < by_output; ++m) {
                // The first of those that have to agree, if this is not it.
                const std::size_t k0 = rule.by_tile ? k : 0, j0 = rule.by_plane ? j : 0;
                const std::size_t first =
                    (k0 * by_plane + j0) * by_output + (rule.by_output ? m : 0);
                const bool is_first = first == values.size();
                const std::size_t pattern = random() % (2 * patterns);
                const std::int64_t value = pattern < patterns
                                               ? element(pattern, m, 0, range, random)
                                               : any_magnitude(draw(random, range), range, random);
                values.push_back(is_first ? value : values[first]);
            }
        }
    }
    return values;
}

/// Ratios that bring results of any magnitude into the output's range, and now and then past it;
/// the zero point and a clamp inside the type.
void make_requantization(const generator::Design& d, std::size_t outputs, std::mt19937_64& random,
                         golden::Operands& o) {
    const auto& config = d.config.output;
    const auto below = [&random](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const std::int64_t top = std::int64_t{1} << config.multiplier_bits;
    for (std::size_t m = 0; m < outputs; ++m) {
        const bool small = random() % 8 == 0;
        o.multiplier[m] = small ? below(top) : top / 2 + below(std::max<std::int64_t>(top / 2, 1));
        o.shift[m] =
            1 + below(random() % 8 == 0
                          ? 63
                          : std::min(63, d.accumulator.value_bits + config.multiplier_bits));
    }
    const std::int64_t values = std::int64_t{1} << config.bits;
    const std::int64_t low = config.is_signed ? -values / 2 : 0;
    if (random() % 2 == 0) o.output.zero_point = below(2 * values) - values;
    if (random() % 4 == 0) {
        const std::int64_t a = low + below(values), b = low + below(values);
        o.output.clamp = std::minmax(a, b);
    }
}

}  // namespace

golden::Operands make_operands(const generator::Design& d, const Shape& shape, bool corners,
                               std::mt19937_64& random) {
    const generator::SchemeData& scheme = generator::scheme_of(d.config);
    const Range inputs = scheme.input_range(d.config), weights = scheme.weight_range(d.config);
    golden::Operands o;
    o.inputs = {shape.vectors, shape.features, {}};
    for (std::size_t v = 0; v < shape.vectors; ++v) {
        const std::size_t pattern = choose(v, corners, random);
        const std::size_t lone = random() % shape.features;
        for (std::size_t k = 0; k < shape.features; ++k) {
            o.inputs.data.push_back(element(pattern, k, lone, inputs, random));
        }
    }
    o.weights = {shape.features, shape.outputs,
                 std::vector<std::int64_t>(shape.features * shape.outputs)};
    for (std::size_t m = 0; m < shape.outputs; ++m) {
        const std::size_t pattern = choose(m + 1 + random() % patterns * !corners, corners, random);
        const std::size_t lone = random() % shape.features;
        for (std::size_t k = 0; k < shape.features; ++k) {
            o.weights(k, m) = element(pattern, k, lone, weights, random);
        }
    }
    const auto rows = static_cast<std::size_t>(d.config.array.rows);
    const std::size_t tiles = (shape.features + rows - 1) / rows;
    for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
        *operands::find_operand(o, spec->name) = further(d, *spec, tiles, shape.outputs, random);
    }
    if (d.config.output.requant) make_requantization(d, shape.outputs, random, o);
    return o;
}

}  // namespace sim
